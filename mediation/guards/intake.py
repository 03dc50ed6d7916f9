"""The conditions of taking a dispute on (dossier §1.2), in the order of the articles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.actions.errors import Refusal
from casemgr.cases import events
from casemgr.cases.models import Participation
from mediation.exclusions import is_of_own_motion_only, stopping, to_be_reported
from mediation.models import Consent, MediationCase
from mediation.registration.people import SIDES
from mediation.terms import DisputeType, Source

Data = Mapping[str, Any] | None
CONDITIONS: dict[str, Any] = {
    "civil": gettext_lazy("Civil rights and interests, between equals"),
    "parties": gettext_lazy("The parties are definite"),
    "claim": gettext_lazy("The claim is concrete"),
}
"""What must be there; what must not is the table of exclusions (People's Mediation Law, art. 2, 17)."""


def _examined(case: MediationCase, data: Data, today: date) -> bool:
    return bool(case.facts.findings.get("examined"))


is_examined = Guard(
    "not-examined",
    "17",
    gettext_lazy("The dispute is not examined yet. Go through the conditions and exclusions first: “Examine”."),
    _examined,
)


def _unmet(case: MediationCase) -> list[str]:
    found = case.facts.findings
    return [str(label) for code, label in CONDITIONS.items() if not found.get(code, {}).get("found")]


conditions_are_met = Guard(
    "conditions-missing",
    "2",
    gettext_lazy("A condition is not met. Complete what is missing and examine again, or do not take it on:"),
    lambda case, data, today: not _examined(case, data, today) or not _unmet(case),
    detail=lambda case, data, today: "、".join(_unmet(case)),
)

other_side_is_known = Guard(
    "other-side-unknown",
    "2",
    gettext_lazy("The other side is not known yet. Find out who it is and enter it: “Enter the other side”."),
    lambda case, data, today: not case.facts.other_side_unknown,
)


class NothingExcludes(Guard):
    """Each exclusion that stops is its own refusal, with its article and the right door."""

    def refusal(self, subject: MediationCase, data: Data, today: date) -> Refusal | None:
        if not (rules := stopping(subject)):
            return None
        told = [f"{rule.code}：{rule.explanation}{_('The right way:')}{rule.door}" for rule in rules]
        return Refusal(self.code, " ".join(told), rules[0].article, self.field)


nothing_excludes = NothingExcludes("excluded", "17", "", lambda case, data, today: not stopping(case))


def _own_motion_medical(case: MediationCase, data: Data, today: date) -> bool:
    return not is_of_own_motion_only(case.facts)


both_have_applied = Guard(
    "medical-of-own-motion",
    "医疗纠纷预防和处理条例31",
    gettext_lazy(
        "In a medical dispute the committee may only lead both sides to apply. Record their application by "
        "correcting the source, then take it on."
    ),
    _own_motion_medical,
)


def _answers(case: MediationCase) -> list[tuple[Participation, Consent | None]]:
    rows = Participation.objects.filter(case_id=case.pk, left_on__isnull=True, role__in=SIDES)
    rows = rows.select_related("mediation_consent").order_by("pk")
    return [(part, getattr(part, "mediation_consent", None)) for part in rows]


def _without_consent(case: MediationCase) -> list[str]:
    """Names of those whose word is missing.

    The applicant's agreement always (art. 17). Of own motion and referred: every party's, or the day it was asked.
    Medical, one side applying: the other side's agreement before anything (Regulation on medical disputes, art. 31(1)).
    """
    facts, missing = case.facts, []
    for part, consent in _answers(case):
        agreed = consent is not None and consent.answer == Consent.Answer.AGREED
        is_applicant = part.role == Participation.Role.APPLICANT
        if facts.source == Source.APPLICATION:
            needs, asked = is_applicant or facts.dispute_type == DisputeType.MEDICAL, False
        else:
            needs, asked = True, consent is not None and facts.dispute_type != DisputeType.MEDICAL
        if needs and not agreed and not asked:
            missing.append(part.name)
    return missing


parties_were_asked = Guard(
    "consent-missing",
    "17",
    gettext_lazy(
        "Ask the parties first: the applicant's agreement is needed; of own motion and when another organ refers, "
        "every party must have agreed or at least been asked. Record it by “Record a party's answer” for:"
    ),
    lambda case, data, today: not _without_consent(case),
    detail=lambda case, data, today: "、".join(_without_consent(case)),
)


def _unreported(case: MediationCase) -> list[str]:
    rules = to_be_reported(case.facts)
    reported = {fact.data.get("ground") for fact in events.facts_of(case) if fact.kind == "duty_report"}
    return [f"{rule.must_report}（{rule.report_article}）" for rule in rules if rule.code not in reported]


duty_is_done = Guard(
    "not-reported",
    "25",
    gettext_lazy("First report what the law obliges to report, and record it with its receipt:"),
    lambda case, data, today: not _unreported(case),
    detail=lambda case, data, today: "；".join(_unreported(case)),
)
