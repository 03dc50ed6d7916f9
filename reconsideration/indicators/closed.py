"""The cases that were closed: decided, dismissed, terminated or mediated, on the day of the paper, as corrected."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from casemgr.cases.entries import entries_of
from casemgr.cases.events import Fact, fold
from casemgr.cases.matters import Matter
from casemgr.indicators.definition import Dimension, Split, Text
from casemgr.indicators.difference import write
from casemgr.indicators.splits import of_choices
from reconsideration.models import ClosedDays, ReconsiderationCase
from reconsideration.terms import MERITS, Outcome, TerminationGround

ENDING = ("decided", "dismissed", "terminated", "mediated")
SUED = "sued"
ENDED_WITH = (*MERITS, Outcome.APPLICATION_DISMISSED, Outcome.TERMINATED, Outcome.MEDIATED)
DIMENSIONS = (Dimension.UNIT, Dimension.OFFICER, Dimension.CAUSE)
SPLITS: dict[str, Split] = {Dimension.CAUSE: of_choices("reconsideration_facts__matter", Matter)}
Days = tuple[date, bool, date | None]
COLUMNS = ("ended_on", "is_withdrawn", "sued_on")


def keep_days(case_ids: Collection[int]) -> set[int]:
    """Read the cases' entries anew and write the difference; the cases on which there was one.

    The caller holds the cases' locks.
    """
    return write(ClosedDays, COLUMNS, _read(case_ids), case_ids)


def _read(case_ids: Collection[int]) -> dict[int, Days]:
    ended = ReconsiderationCase.objects.filter(pk__in=case_ids, outcome__in=ENDED_WITH).exclude(state="VOID")
    outcomes = dict(ended.order_by().values_list("pk", "outcome"))
    entries = entries_of(outcomes, (*ENDING, SUED))
    found = {pk: _days(outcome, fold(entries[pk])) for pk, outcome in outcomes.items()}
    return {pk: days for pk, days in found.items() if days is not None}


def _days(outcome: str, facts: Iterable[Fact]) -> Days | None:
    told = [(fact.occurred_on, fact) for fact in facts if fact.occurred_on is not None]
    ended = [day for day, fact in told if fact.kind in ENDING]
    if not ended:
        return None
    grounds = [fact.data.get("ground") for _day, fact in told if fact.kind == "terminated"]
    is_withdrawn = outcome == Outcome.TERMINATED and grounds[-1:] == [TerminationGround.WITHDRAWN]
    return min(ended), is_withdrawn, min((day for day, fact in told if fact.kind == SUED), default=None)


def case_words(row: ClosedDays) -> Text:
    """How it ended."""
    return dict(Outcome.choices).get(row.case.outcome, row.case.outcome)


__all__ = ["DIMENSIONS", "ENDED_WITH", "ENDING", "SPLITS", "case_words", "keep_days"]
