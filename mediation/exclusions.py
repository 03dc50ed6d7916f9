"""What a committee may not take on, or must mind when it does: the table E1–E8 of the dossier, §1.2, as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Participation
from casemgr.parties.models import Party
from mediation.models import Consent, MediationFacts
from mediation.terms import DisputeSubType, DisputeType, Exclusion, RiskFlag, Route, Source

Text = str | Promise


class Effect(StrEnum):
    """What a finding does to the acceptance."""

    STOPS = "stops"
    WARNS = "warns"


def _always(facts: MediationFacts) -> Effect:
    return Effect.STOPS


def _never(facts: MediationFacts) -> Effect:
    return Effect.WARNS


def _elsewhere(facts: MediationFacts) -> Effect:
    """Medical: not taken on, whoever comes (Regulation on medical disputes, art. 31); otherwise a warning."""
    return Effect.STOPS if facts.dispute_type == DisputeType.MEDICAL else Effect.WARNS


@dataclass(frozen=True)
class ExclusionRule:
    """One line of the table. `door`: where the matter belongs, for the refusal and its paper (D18).

    `must_report`: whoever learns of it reports it, before anything else; the acceptance waits for that report.
    """

    code: Exclusion
    article: str
    effect: Callable[[MediationFacts], Effect]
    explanation: Text
    door: Text
    routes: tuple[Route, ...]
    must_report: Text = ""
    report_article: str = ""


EXCLUSIONS: dict[str, ExclusionRule] = {
    rule.code: rule
    for rule in (
        ExclusionRule(
            Exclusion.REFUSED,
            "人民调解法17",
            _always,
            _("A party that clearly refuses may not be mediated with; a mediation under way is ended."),
            _("Suit at the court, arbitration where a law or a clause provides for it, or the competent organ."),
            (Route.COURT, Route.ARBITRATION, Route.ADMINISTRATIVE),
        ),
        ExclusionRule(
            Exclusion.RESERVED,
            "宁波市人民调解条例17；司法部令第75号22",
            _always,
            _(
                "Crimes, penalties as such, and the status of a marriage or an adoption are for the organ that the "
                "law names."
            ),
            _("The organ that the law names: court, public security organ or civil affairs department."),
            (Route.COURT, Route.ADMINISTRATIVE, Route.POLICE),
        ),
        ExclusionRule(
            Exclusion.ELSEWHERE,
            "医疗纠纷预防和处理条例31",
            _elsewhere,
            _(
                "Somebody else works on it already. A medical dispute is then not taken on; any other only when that "
                "organ referred it."
            ),
            _("The court, arbitration body or organ that has accepted it already."),
            (Route.COURT, Route.ARBITRATION, Route.ADMINISTRATIVE),
        ),
        ExclusionRule(
            Exclusion.ADMINISTRATIVE,
            "人民调解法2",
            _always,
            _(
                "A dispute with an organ about an administrative act is not one among equals. A committee only helps "
                "when the reconsideration office invites it."
            ),
            _("Administrative reconsideration, within 60 days as a rule, or an administrative suit."),
            (Route.RECONSIDERATION,),
        ),
        ExclusionRule(
            Exclusion.LAND_RIGHT,
            "土地管理法14；草原法16；森林法22",
            _never,
            _(
                "The committee may help the parties to negotiate. The agreement must not determine who owns or may "
                "use the land, and no court confirms such a determination."
            ),
            _("If negotiation fails: the people's government decides; against its decision reconsideration and suit."),
            (Route.BASE_GOVERNMENT, Route.RECONSIDERATION),
        ),
        ExclusionRule(
            Exclusion.CRIME,
            "人民调解法25",
            _never,
            _("Report to the police at once, and go on or stop as they answer."),
            _("The public security organ."),
            (Route.POLICE,),
            must_report=_("Report to the public security organ at once."),
            report_article="人民调解法25",
        ),
        ExclusionRule(
            Exclusion.VIOLENCE,
            "反家庭暴力法10、14；未成年人保护法11",
            _never,
            _(
                "Safety first: hear the parties apart, put no pressure on anybody. Harm to a minor is reported at "
                "once to police, civil affairs or education."
            ),
            _("Police (warning letter), court (protection order), women's federation, civil affairs."),
            (Route.POLICE, Route.COURT),
            must_report=_("Report to police, civil affairs or education at once."),
            report_article="未成年人保护法11；反家庭暴力法14",
        ),
        ExclusionRule(
            Exclusion.COMPENSATION,
            "农村土地承包经营纠纷调解仲裁法2",
            _always,
            _("Compensation for an expropriation, claimed from the government, is not for mediation or arbitration."),
            _("Administrative reconsideration or an administrative suit."),
            (Route.RECONSIDERATION,),
        ),
    )
}


def found_codes(facts: MediationFacts) -> list[str]:
    """The exclusions that the examination found."""
    return [code for code in EXCLUSIONS if facts.findings.get(code, {}).get("found")]


def refusals_of(case: Any) -> list[str]:
    """Names of the parties that clearly refuse (art. 17)."""
    refused = Participation.objects.filter(
        case_id=case.pk, left_on__isnull=True, mediation_consent__answer=Consent.Answer.REFUSED
    )
    return list(refused.order_by("pk").values_list("name", flat=True))


def stopping(case: Any) -> list[ExclusionRule]:
    """What forbids taking the dispute on as it stands, in the order of the table."""
    facts = case.facts
    found = set(found_codes(facts))
    if refusals_of(case):
        found.add(Exclusion.REFUSED)
    return [rule for code, rule in EXCLUSIONS.items() if code in found and rule.effect(facts) == Effect.STOPS]


def to_be_reported(facts: MediationFacts) -> list[ExclusionRule]:
    """What obliges to a report, by finding or by the risks noted at registration."""
    found = set(found_codes(facts))
    if {RiskFlag.VIOLENCE, RiskFlag.MINOR} & set(facts.risk_flags):
        found.add(Exclusion.VIOLENCE)
    return [rule for code, rule in EXCLUSIONS.items() if code in found and rule.must_report]


def proposed(case: Any) -> list[str]:
    """Exclusions the register itself points to, for the examiner to judge."""
    facts = case.facts
    parts = Participation.objects.filter(case_id=case.pk, left_on__isnull=True).select_related("party")
    has_agency = any(part.party.kind == Party.Kind.AGENCY for part in parts)
    signs = {
        Exclusion.REFUSED: bool(refusals_of(case)),
        Exclusion.ADMINISTRATIVE: has_agency and facts.dispute_type != DisputeType.EXPROPRIATION,
        Exclusion.LAND_RIGHT: facts.sub_type == DisputeSubType.LAND_OWNERSHIP,
        Exclusion.CRIME: RiskFlag.TO_CRIME in facts.risk_flags,
        Exclusion.VIOLENCE: bool({RiskFlag.VIOLENCE, RiskFlag.MINOR} & set(facts.risk_flags)),
        Exclusion.COMPENSATION: has_agency and facts.dispute_type == DisputeType.EXPROPRIATION,
    }
    return [code for code, points in signs.items() if points]


def is_of_own_motion_only(facts: MediationFacts) -> bool:
    """Medical: the committee may only lead both sides to apply (Regulation on medical disputes, art. 31(3))."""
    return facts.dispute_type == DisputeType.MEDICAL and facts.source == Source.OWN_MOTION
