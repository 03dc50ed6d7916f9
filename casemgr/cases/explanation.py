"""Why a deadline falls on its day: rule, law, start, counting, stops, and every change of the day since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from casemgr.calendar.current import current_calendar
from casemgr.cases.deadline_rows import DeadlineRow, party_names, row_of
from casemgr.cases.events import Fact, facts_of
from casemgr.cases.models import Case, Deadline
from casemgr.cases.timeline import Entry, timeline
from casemgr.timelimits.arithmetic import Computation, PeriodError, Suspension, compute


@dataclass(frozen=True)
class Change:
    """One version of the deadline's row: what it became, when, and by which action."""

    due_on: date | None
    was: date | None
    status: str
    at: datetime
    by: str
    action: str
    reason: str
    is_first: bool


@dataclass(frozen=True)
class Explained:
    """`computation` is None when the rule or its facts are gone; `moved` when today's calendar gives another day."""

    row: DeadlineRow
    start: Entry | None
    end: Entry | None
    computation: Computation | None
    changes: list[Change]

    @property
    def moved(self) -> bool:
        return self.computation is not None and self.computation.due != self.row.deadline.due_on


def explained(case: Case, deadline: Deadline) -> Explained:
    """Everything the explanation page shows; two queries beyond the loaded case."""
    row = row_of(deadline, party_names(case))
    entries = {entry.event.pk: entry for entry in timeline(case)}
    return Explained(
        row=row,
        start=entries.get(deadline.root_event_id),
        end=entries.get(deadline.met_by_id),
        computation=_computed(case, row),
        changes=changes_of(deadline),
    )


def _computed(case: Case, row: DeadlineRow) -> Computation | None:
    deadline = row.deadline
    root = next((fact for fact in facts_of(case) if fact.root.pk == deadline.root_event_id), None)
    if row.rule is None or root is None:
        return None
    return _count(case, row, root)


def _count(case: Case, row: DeadlineRow, root: Fact) -> Computation | None:
    deadline = row.deadline
    period = row.rule.period_for(case, case.facts, root)
    if period is None:
        return None
    stops = [
        Suspension(date.fromisoformat(start), date.fromisoformat(end) if end else None)
        for start, end in deadline.suspensions
    ]
    try:
        return compute(
            period,
            deadline.start_on,
            current_calendar(),
            suspensions=stops,
            extension_days=deadline.extension_days,
        )
    except PeriodError:
        return None


def changes_of(deadline: Deadline) -> list[Change]:
    """The history of the day and the state, newest first; rows that change neither are left out."""
    changes: list[Change] = []
    earlier = None
    for row in deadline.history.order_by("history_date", "history_id"):
        if earlier is None or (row.due_on, row.status) != (earlier.due_on, earlier.status):
            changes.append(
                Change(
                    due_on=row.due_on,
                    was=earlier.due_on if earlier else None,
                    status=row.get_status_display(),
                    at=row.history_date,
                    by=row.history_actor_name,
                    action=row.history_action,
                    reason=row.history_change_reason or "",
                    is_first=earlier is None,
                )
            )
        earlier = row
    return changes[::-1]
