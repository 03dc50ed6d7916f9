"""Root causes: acts that a decision corrected, on which ground, and the letters sent about them (art. 63–67, 76)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from casemgr.assessment.causes.definition import Agency, Cause, CauseSource, Finding, SentLetter
from casemgr.assessment.causes.flaws import Code
from casemgr.cases import events
from casemgr.cases.models import Case, Deadline, Event, Participation
from casemgr.documents.models import Document
from casemgr.parties.models import Party
from reconsideration.aftermath.letters import ISSUED, Letter, letters_of
from reconsideration.documents.opinion_letter import OPINION_LETTER, SUGGESTION_LETTER
from reconsideration.documents.outcomes import LAW, OUTCOMES, grounds_of
from reconsideration.models import PROCEDURE
from reconsideration.terms import FOUND_AT_FAULT, Outcome

FLAW_OF_GROUND = {
    "63-1": Code.UNREASONABLE,
    "63-2": Code.BASIS,
    "63-3": Code.FACTS,
    "64-1": Code.FACTS,
    "64-2": Code.PROCEDURE,
    "64-3": Code.BASIS,
    "64-4": Code.POWER,
    "65-1-2": Code.PROCEDURE,
    "65-2-3": Code.INACTION,
    "70": Code.NO_EVIDENCE,
    "71-1": Code.AGREEMENT,
    "71-2": Code.COMPENSATION,  # art. 71(2): the change itself was lawful
}
"""The other grounds of article 65 say why an act is not annulled, and not what is wrong with it."""
FLAW_OF_OUTCOME = {
    Outcome.CONFIRMED_VOID: Code.VOID,
    Outcome.PERFORMANCE_ORDERED: Code.INACTION,
    Outcome.COMPENSATION: Code.COMPENSATION,
}
FOLDED = (events.CORRECTION, events.STRIKE, events.SPLIT)
OPINION_TERM = "R-OPIN"


def corrected_acts(cases: QuerySet[Case], first: date | None, last: date | None) -> Iterator[Finding]:
    """One for each respondent of a case decided within the days."""
    rows = cases.filter(procedure=PROCEDURE, outcome__in=FOUND_AT_FAULT).exclude(state="VOID").order_by()
    if first is not None or last is not None:
        rows = rows.filter(pk__in=_happened(("decided", events.CORRECTION), first, last))
    for case in rows.select_related("act").prefetch_related(_events("decided"), _respondents(), _decisions()):
        decided = events.last_of(events.fold(case.folded), "decided")
        on = decided.occurred_on if decided is not None else None
        if on is None or (first and on < first) or (last and on > last):
            continue
        for part in case.respondents:
            yield Finding(
                source=PROCEDURE,
                case_id=case.pk,
                number=case.number,
                agency=Agency.of(part.party),
                on=on,
                acted_on=case.act.acted_on if case.act else None,
                outcome=Outcome(case.outcome).label,
                causes=causes_of(case.outcome, case.decisions),
            )


def causes_of(outcome: str, decisions: list[Document]) -> tuple[Cause, ...]:
    """What the newest decision rests on; of an old ledger that tells the outcome alone, no article."""
    codes = (decisions[0].data.get("grounds") or []) if decisions else []
    if grounds := grounds_of(outcome, codes):
        return tuple(
            Cause(_cited(ground.law, ground.article), FLAW_OF_GROUND.get(ground.code, "")) for ground in grounds
        )
    article = _cited(LAW, OUTCOMES[outcome].article) if decisions or outcome in FLAW_OF_OUTCOME else ""
    flaw = FLAW_OF_OUTCOME.get(outcome, "")
    return (Cause(article, flaw),) if article or flaw else ()


def _cited(law: str, article: str) -> str:
    """《行政复议法》第六十四条第一款第一项: beside articles of other laws, with the law's short title."""
    return f"{law.replace('中华人民共和国', '')}{article}"


def sent_letters(cases: QuerySet[Case], first: date | None, last: date | None) -> Iterator[SentLetter]:
    """Opinion letters (art. 76, answered within sixty days) and suggestions, to which nobody owes an answer."""
    rows = cases.filter(procedure=PROCEDURE).exclude(state="VOID").order_by()
    rows = rows.filter(pk__in=_happened((*ISSUED, events.CORRECTION), first, last))
    deadlines = Prefetch("deadlines", Deadline.objects.filter(rule=OPINION_TERM))
    found: list[tuple[Case, Letter]] = []
    for case in rows.prefetch_related("events", deadlines, _decisions()):
        for letter in letters_of(case):
            on = letter.issued_on
            if on is not None and (first is None or on >= first) and (last is None or on <= last):
                found.append((case, letter))
    numbers = dict(
        Document.objects.filter(pk__in=[letter.document_id for _case, letter in found]).values_list(
            "pk", "number__text"
        )
    )
    parties = _parties(letter.party_id for _case, letter in found)
    for case, letter in found:
        party = parties.get(letter.party_id)
        yield SentLetter(
            source=PROCEDURE,
            case_id=case.pk,
            number=numbers.get(letter.document_id) or case.number,
            kind=OPINION_LETTER.name if letter.is_opinion else SUGGESTION_LETTER.name,
            agency=Agency.of(party) if party is not None else Agency(f"n{letter.organ}", letter.organ),
            sent_on=letter.issued_on,
            due_on=letter.due_on,
            answered_on=letter.answered_on,
            performed_on=letter.put_right_on,
            owes_answer=letter.is_opinion,
            causes=causes_of(case.outcome, case.decisions) if case.outcome in FOUND_AT_FAULT else (),
        )


def _happened(kinds: tuple[str, ...], first: date | None, last: date | None) -> Any:
    """Cases with an entry of these kinds within the days; which of them stands is judged with all of its entries."""
    rows = Event.objects.filter(kind__in=kinds)
    if first is not None:
        rows = rows.filter(occurred_on__gte=first)
    if last is not None:
        rows = rows.filter(occurred_on__lte=last)
    return rows.values("case_id")


def _events(*kinds: str) -> Prefetch:
    return Prefetch("events", Event.objects.filter(kind__in=(*kinds, *FOLDED)), to_attr="folded")


def _respondents() -> Prefetch:
    rows = Participation.objects.filter(role=Participation.Role.RESPONDENT, left_on__isnull=True)
    return Prefetch("participations", rows.select_related("party__unit__successor"), to_attr="respondents")


def _decisions() -> Prefetch:
    rows = Document.objects.living().filter(kind="decision", corrects=None).order_by("-pk")
    return Prefetch("documents", rows.only("case_id", "data"), to_attr="decisions")


def _parties(ids: Any) -> dict[int | None, Party]:
    wanted = {pk for pk in ids if pk is not None}
    return {one.pk: one for one in Party.objects.filter(pk__in=wanted).select_related("unit__successor")}


CAUSES = CauseSource(corrected_acts, sent_letters)

__all__ = ["CAUSES", "causes_of", "corrected_acts", "sent_letters"]
