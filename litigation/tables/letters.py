"""Judicial and procuratorial suggestions as table T10 counts them: each letter once for each recipient."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta

from casemgr.cases.events import Fact, last_of
from casemgr.cases.models import Deadline, Participation
from casemgr.indicators.tables.facts import FOREVER, Mark
from litigation.models import Letter
from litigation.suggestions.terms import NO_ANSWER_OWED
from litigation.tables.entries import entries_of

LETTER, AWAITED, OVERDUE, ANSWER, CORRECTED = "letter", "awaited", "overdue", "answer", "corrected"
READ = ("suggestion_received", "suggestion_answered", "suggestion_performed", "suggestion_closed")
IN_TIME, LATE, WITHOUT_TERM, RELEASED = "in_time", "late", "without_term", "released"
"""How the waiting for an answer ended."""
DAY = timedelta(days=1)


def marks(case_ids: Collection[int]) -> Iterator[Mark]:
    """Without letters entered by mistake; a letter counts for a recipient from the day it received it."""
    found = Letter.objects.filter(case_id__in=case_ids).exclude(case__state="VOID")
    letters = {row[0]: row for row in found.order_by("pk").values_list("case_id", "kind", "case__unit_id")}
    if not letters:
        return
    facts, due = entries_of(letters, READ), _due(letters)
    parts = Participation.objects.filter(
        case_id__in=list(letters), role=Participation.Role.RESPONDENT, left_on__isnull=True
    )
    for pk, case, party, unit in parts.order_by("case_id", "order", "pk").values_list(
        "pk", "case_id", "party_id", "party__unit_id"
    ):
        _case, kind, own = letters[case]
        told = facts[case]
        by_recipient = [fact for fact in told if fact.party_id == party]
        closed = last_of(told, "suggestion_closed")
        yield from _of_recipient((pk, case, unit or own), kind, by_recipient, closed, due.get((case, party)))


def _due(cases: Collection[int]) -> Mapping[tuple[int, int], date]:
    """The last day for the answer of each recipient, where there is one."""
    rows = Deadline.objects.filter(case_id__in=list(cases), party__isnull=False, due_on__isnull=False)
    rows = rows.exclude(rule__endswith="-PERFORM").order_by("pk")
    found: dict[tuple[int, int], date] = {}
    for case, party, on in rows.values_list("case_id", "party_id", "due_on"):
        found.setdefault((case, party), on)
    return found


def _of_recipient(
    place: tuple[int, int, int], kind: str, facts: Sequence[Fact], closed: Fact | None, due: date | None
) -> Iterator[Mark]:
    pk, case, unit = place
    days: dict[str, list[date]] = defaultdict(list)
    for fact in facts:
        days[fact.kind].append(fact.occurred_on)
    if not days["suggestion_received"]:
        return
    received, answers = days["suggestion_received"][-1], days["suggestion_answered"]

    def mark(what: str, on: date, until: date, **words: str) -> Mark:
        return Mark(what, case, unit, on, until, {"letter": kind, **words}, row=pk)

    yield mark(LETTER, received, received)
    if kind not in NO_ANSWER_OWED:
        until, ended = FOREVER, ""
        if answers:
            until = answers[0]
            ended = WITHOUT_TERM if due is None else IN_TIME if until <= due else LATE
        elif closed is not None:
            until, ended = closed.occurred_on, RELEASED
        yield mark(AWAITED, received, until, ended=ended)
        if due is not None and until > due:
            yield mark(OVERDUE, max(due + DAY, received), until)
    if answers:
        adoption = last_of(facts, "suggestion_answered").data.get("adoption", "")
        yield mark(ANSWER, answers[-1], answers[-1], adoption=adoption)
    if performed := days["suggestion_performed"]:
        yield mark(CORRECTED, performed[-1], performed[-1])
