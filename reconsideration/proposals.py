"""What the system proposes and a person decides: track, reconsideration first, answers to the seven conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.calendar.current import current_calendar
from casemgr.cases.matters import Matter
from casemgr.cases.models import Participation
from casemgr.cases.same_act import ActIdentity, earlier_cases, shown_numbers
from reconsideration import jurisdiction
from reconsideration.application_period import Assessment, PeriodFacts, assess
from reconsideration.citations import cited
from reconsideration.jurisdiction import Jurisdiction
from reconsideration.models import ACCEPTANCE_TESTS, AcceptanceTest, ReconsiderationCase, ReconsiderationFacts
from reconsideration.normative.matching import warnings_of
from reconsideration.same_facts import bar_note, ended_by_withdrawal
from reconsideration.terms import KnowledgeGround, SimplifiedGround

Text = str | Promise
SMALL_AMOUNT = Decimal(3000)  # Reconsideration Law 2023, art. 53(1)(3)


def propose_simplified(case: ReconsiderationCase) -> SimplifiedGround | None:
    """The ground of art. 53(1) that the recorded facts show; whether the facts are clear is for a person to judge."""
    facts, title = case.facts, case.act.title if case.act else ""
    if case.law_version == "2017" or "拘留" in title:
        return None
    if facts.known_ground == KnowledgeGround.ON_THE_SPOT:
        return SimplifiedGround.ON_THE_SPOT
    if "警告" in title or "通报批评" in title:
        return SimplifiedGround.WARNING
    if facts.amount_yuan is not None and facts.amount_yuan <= SMALL_AMOUNT:
        return SimplifiedGround.SMALL_AMOUNT
    if facts.matter == Matter.DISCLOSURE:
        return SimplifiedGround.DISCLOSURE
    return None


@dataclass(frozen=True)
class MandatoryFirst:
    """Why reconsideration must come before a suit (Reconsideration Law 2023, art. 23)."""

    article: str
    why: Text


def propose_mandatory_first(matter: str, known_ground: str = "", act_title: str = "") -> MandatoryFirst | None:
    """What of art. 23(1) the recorded facts show; None when they show nothing."""
    if matter == Matter.PENALTY and known_ground == KnowledgeGround.ON_THE_SPOT:
        return MandatoryFirst("23(1)(1)", gettext_lazy("a penalty imposed on the spot"))
    if matter == Matter.RIGHT_DETERMINATION and any(word in act_title for word in ("林", "草", "土地", "水", "矿")):
        return MandatoryFirst("23(1)(2)", gettext_lazy("rights in natural resources that were already obtained"))
    if matter == Matter.OMISSION and not any(word in act_title for word in ("拒绝", "不予受理", "不完全")):
        return MandatoryFirst("23(1)(3)", gettext_lazy("a statutory duty was not performed"))
    if matter == Matter.DISCLOSURE and "不予公开" in act_title:
        return MandatoryFirst("23(1)(4)", gettext_lazy("government information was not disclosed"))
    return None


@dataclass(frozen=True)
class TestProposal:
    """A proposed answer to one of the seven conditions; `answer` None leaves it wholly to the person."""

    test: AcceptanceTest
    answer: bool | None
    why: Text
    source: str

    @property
    def label(self) -> Text:
        if self.answer is None:
            return _("to be judged")
        return _("seems met") if self.answer else _("seems not met")

    @property
    def citation(self) -> str:
        return cited(self.source)

    @property
    def line(self) -> Text:
        """The hint in one line."""
        return _("The register shows: %(answer)s. %(why)s (%(article)s)") % {
            "answer": self.label,
            "why": self.why,
            "article": self.citation,
        }


@dataclass(frozen=True)
class Examination:
    """All hints on one application."""

    tests: tuple[TestProposal, ...]
    period: Assessment
    jurisdictions: tuple[Jurisdiction, ...]
    same_act: tuple[str, ...]


def period_facts(case: ReconsiderationCase, facts: ReconsiderationFacts) -> PeriodFacts:
    """The case's facts as the application period reads them."""
    return PeriodFacts(
        method=facts.application_method,
        received_on=case.opened_on,
        sent_on=facts.sent_on,
        acted_on=case.act.acted_on if case.act else None,
        known_on=facts.known_on,
        known_ground=facts.known_ground,
        content_known_on=facts.content_known_on,
        duty_requested_on=facts.duty_requested_on,
        was_told_remedies=facts.was_told_remedies,
        concerns_real_estate=facts.concerns_real_estate,
        special_period_days=facts.special_period_days,
        obstacle_days=facts.obstacle_days,
        obstacle_reason=facts.obstacle_reason,
        matter=facts.matter,
        law_version=case.law_version or "2023",
    )


def examine(case: ReconsiderationCase, user, today: date) -> Examination:
    """Proposed answers with their sources; nothing is decided by them."""
    facts = case.facts
    parts = [part for part in case.participations.all() if part.left_on is None]
    applicants = [part for part in parts if part.role == Participation.Role.APPLICANT]
    respondents = [part for part in parts if part.role == Participation.Role.RESPONDENT]
    period = assess(period_facts(case, facts), current_calendar())
    found = tuple(jurisdiction.of_agency(part.party) for part in respondents)
    earlier: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    if case.act_id:
        cases = earlier_cases([part.party_id for part in applicants], ActIdentity.of(case.act), besides=case.pk)
        earlier = tuple(shown_numbers(cases, user, today)) if cases else ()
        ended = ended_by_withdrawal(cases) if cases else []
        barred = tuple(shown_numbers(ended, user, today)) if ended else ()
    answers = (
        _parties(case, applicants, respondents, parts),
        (None, _("Judge from the papers: addressee, neighbour, competitor, complainant or other interest."), "TL26 35"),
        _request(facts),
        _in_time(period),
        _in_scope(case, facts, today),
        _competent(found),
        _not_yet_accepted(earlier, barred),
    )
    tests = tuple(
        TestProposal(test, answer, why, source)
        for test, (answer, why, source) in zip(ACCEPTANCE_TESTS, answers, strict=True)
    )
    return Examination(tests, period, found, earlier)


Answer = tuple[bool | None, Text, str]


def _parties(case, applicants: Sequence, respondents: Sequence, parts: Sequence) -> Answer:
    if not applicants or not respondents:
        return False, _("No applicant or no respondent is recorded."), "30(1)(1)"
    if (note := representatives_note(len(applicants), _count(parts, "representative"), case.opened_on)) is not None:
        return None, note, "15"
    names = "、".join(part.name for part in respondents)
    why = _("Recorded: %(count)s applicant(s); respondent %(names)s. Check that it is the agency that acted.")
    return True, why % {"count": len(applicants), "names": names}, "19"


def _count(parts: Sequence, role: str) -> int:
    return sum(part.role == role for part in parts)


def representatives_note(applicants: int, representatives: int, received_on: date | None) -> Text | None:
    """More than 10 applicants choose 2 to 5 representatives (TL26 art. 17); before 1 July 2026 more than 5: 1 to 5."""
    is_new = received_on is None or received_on >= date(2026, 7, 1)
    threshold, fewest = (10, 2) if is_new else (5, 1)
    if applicants <= threshold or fewest <= representatives <= 5:
        return None
    return _(
        "%(applicants)s applicants: they must elect %(fewest)s to 5 representatives by a paper signed by all; "
        "%(representatives)s recorded."
    ) % {"applicants": applicants, "fewest": fewest, "representatives": representatives}


def _request(facts: ReconsiderationFacts) -> Answer:
    if facts.requests and facts.reasons:
        return True, _("Requests and reasons are recorded. Check that they are concrete."), "30(1)(3)"
    return None, _("Requests or reasons are not recorded: enter them, or ask for correction."), "31(1)"


def _in_time(period: Assessment) -> Answer:
    if period.is_in_time:
        return True, _("No limit is exceeded; see the application period on the case page."), "20, 21"
    if period.is_in_time is False:
        exceeded = "、".join(str(limit.rule.name) for limit in period.limits if limit.result == "broken")
        return (
            False,
            _("Exceeded: %(limits)s. See the application period on the case page.") % {"limits": exceeded},
            "20, 21",
        )
    return None, _("The facts do not settle it; see the application period on the case page."), "20, 21"


def _in_scope(case: ReconsiderationCase, facts: ReconsiderationFacts, today: date) -> Answer:
    """The kind of act; documents it leans on that do not hold are named beside, whatever the answer."""
    answer, why, source = _kind_of_act(case, facts)
    if found := warnings_of(case, today):
        told = _("The act leans on documents that do not hold: %(documents)s")
        why = f"{why} {told % {'documents': '；'.join(str(one.line) for one in found)}}"
    return answer, why, source


def _kind_of_act(case: ReconsiderationCase, facts: ReconsiderationFacts) -> Answer:
    title = case.act.title if case.act else ""
    if any(word in title for word in ("信访", "行政指导")):
        return False, _("The title names a matter outside the scope; check it."), "TL26 36"
    if facts.matter and facts.matter != Matter.OTHER:
        why = _("“%(matter)s” is a kind of act that article 11 names.") % {"matter": facts.get_matter_display()}
        return True, why, "11"
    return None, _("Judge from articles 11 and 12."), "11, 12"


def _competent(found: Sequence[Jurisdiction]) -> Answer:
    ours = jurisdiction.is_ours(found)
    article = ", ".join(dict.fromkeys(item.article for item in found)) or "24"
    if ours is None:
        return None, _("Find the competent authority; see jurisdiction on the case page."), article
    if ours:
        return True, _("This authority is competent; see jurisdiction on the case page."), article
    return False, _("Another authority is competent: the refusal must name it (art. 30(2))."), article


def _not_yet_accepted(earlier: Sequence[str], barred: Sequence[str]) -> Answer:
    if barred:
        return None, bar_note(barred), "74(2)"
    if earlier:
        why = _("The register holds: %(numbers)s. Check whether it was accepted.") % {"numbers": "、".join(earlier)}
        return None, why, "30(1)(7)"
    why = _("Nothing in this register. Ask the applicant about other authorities and the court.")
    return True, why, "29, 30(1)(7)"
