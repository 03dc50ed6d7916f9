"""Root causes: suits lost, why the analysis says so, and the suggestions of courts and procuratorates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from casemgr.assessment.causes.definition import Agency, Cause, CauseSource, Finding, SentLetter
from casemgr.assessment.causes.flaws import Code
from casemgr.cases import events
from casemgr.cases.events import Fact
from casemgr.cases.models import Case, CaseLink, Deadline, Participation
from litigation.indicators.losses import LOST_HERE, concluding_papers
from litigation.models import PROCEDURE, Letter, LitigationFacts, Ruling, Standing
from litigation.suggestions.terms import NO_ANSWER_OWED
from litigation.terms import Deed, LossReason

FLAW_OF_REASON = {
    LossReason.EVIDENCE: Code.FACTS,
    LossReason.LAW: Code.BASIS,
    LossReason.PROCEDURE: Code.PROCEDURE,
    LossReason.COMPETENCE: Code.POWER,
    LossReason.ABUSE: Code.POWER,
    LossReason.UNREASONABLE: Code.UNREASONABLE,
    LossReason.OMISSION: Code.INACTION,
    LossReason.NO_EVIDENCE: Code.NO_EVIDENCE,
    LossReason.VOID: Code.VOID,
    LossReason.AGREEMENT: Code.AGREEMENT,
    LossReason.COMPENSATION: Code.COMPENSATION,
    LossReason.OTHER: Code.OTHER,
}


def lost_suits(cases: QuerySet[Case], first: date | None, last: date | None) -> Iterator[Finding]:
    """One a suit and agency that answers for the act, by the latest paper against it that no other has replaced."""
    rows = concluding_papers().filter(LOST_HERE)
    rows = rows.filter(in_instance__case__in=cases.filter(procedure=PROCEDURE).order_by().values("pk"))
    rows = rows.annotate(day=Coalesce("made_on", "effective_on")).order_by(
        "in_instance__case_id", "in_instance__order", "order"
    )
    joined = "in_instance__case__litigation_facts__responsible__unit__successor"
    newest: dict[int, Ruling] = {}
    for ruling in rows.select_related("in_instance__case__act", joined).prefetch_related(_standings()):
        newest[ruling.in_instance.case_id] = ruling
    for ruling in newest.values():
        if (first and ruling.day < first) or (last and ruling.day > last):
            continue
        case = ruling.in_instance.case
        for agency in _agencies(ruling, case.litigation_facts):
            yield Finding(
                source=PROCEDURE,
                case_id=case.pk,
                number=case.number,
                agency=agency,
                on=ruling.day,
                acted_on=case.act.acted_on if case.act else None,
                outcome=ruling.get_outcome_display(),
                causes=causes_of(case.litigation_facts.loss),
            )


def causes_of(loss: Mapping[str, Any]) -> tuple[Cause, ...]:
    """What the analysis of the loss says; nothing before it is made."""
    article = (loss or {}).get("article", "")
    flaws = dict.fromkeys(FLAW_OF_REASON.get(code, Code.OTHER) for code in (loss or {}).get("reasons", []))
    return tuple(Cause(article, flaw) for flaw in flaws)


def _standings() -> Prefetch:
    rows = Standing.objects.filter(deed=Deed.ACTED).select_related("participation__party__unit__successor")
    return Prefetch("in_instance__standings", rows, to_attr="acting")


def _agencies(ruling: Ruling, facts: LitigationFacts) -> list[Agency]:
    if facts.responsible is not None:
        return [Agency.of(facts.responsible)]
    return [Agency.of(one.participation.party) for one in ruling.in_instance.acting]


def suggestions(cases: QuerySet[Case], first: date | None, last: date | None) -> Iterator[SentLetter]:
    """One a letter and recipient; about the flaws of the suits its file is linked with."""
    rows = Letter.objects.filter(case__in=cases.filter(procedure=PROCEDURE).order_by().values("pk"))
    rows = rows.exclude(case__state="VOID")
    if first is not None:
        rows = rows.filter(Q(dated_on__gte=first) | Q(dated_on__isnull=True, case__opened_on__gte=first))
    if last is not None:
        rows = rows.filter(Q(dated_on__lte=last) | Q(dated_on__isnull=True, case__opened_on__lte=last))
    links = CaseLink.objects.select_related("to_case__litigation_facts")
    rows = rows.select_related("case").prefetch_related(
        "case__events", "case__deadlines", _recipients(), Prefetch("case__links_back", links)
    )
    for letter in rows.order_by("pk"):
        facts, causes = events.facts_of(letter.case), _linked_causes(letter.case)
        for part in letter.case.recipients:
            yield _sent(letter, part, [fact for fact in facts if fact.party_id == part.party_id], causes)


def _recipients() -> Prefetch:
    rows = Participation.objects.filter(role=Participation.Role.RESPONDENT, left_on__isnull=True).order_by(
        "order", "pk"
    )
    return Prefetch("case__participations", rows.select_related("party__unit__successor"), to_attr="recipients")


def _linked_causes(case: Case) -> tuple[Cause, ...]:
    suits = [link.to_case for link in case.links_back.all() if link.to_case.procedure == PROCEDURE]
    return tuple(dict.fromkeys(cause for suit in suits for cause in causes_of(suit.litigation_facts.loss)))


def _sent(letter: Letter, part: Participation, own: list[Fact], causes: tuple[Cause, ...]) -> SentLetter:
    answered, performed = events.last_of(own, "suggestion_answered"), events.last_of(own, "suggestion_performed")
    return SentLetter(
        source=PROCEDURE,
        case_id=letter.case_id,
        number=letter.number or letter.case.number,
        kind=letter.get_kind_display(),
        agency=Agency.of(part.party),
        sent_on=letter.dated_on or letter.case.opened_on,
        due_on=_answer_due(letter.case, part.party_id),
        answered_on=answered.occurred_on if answered is not None else None,
        performed_on=performed.occurred_on if performed is not None else None,
        owes_answer=letter.kind not in NO_ANSWER_OWED,
        causes=causes,
    )


def _answer_due(case: Case, party_id: int) -> date | None:
    rows: list[Deadline] = list(case.deadlines.all())
    own = (row for row in rows if row.party_id == party_id and not row.rule.endswith("-PERFORM"))
    return next((row.due_on for row in own), None)


CAUSES = CauseSource(lost_suits, suggestions)

__all__ = ["CAUSES", "causes_of", "lost_suits", "suggestions"]
