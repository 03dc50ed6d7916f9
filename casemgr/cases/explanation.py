"""Why a deadline falls on its day: rule, law, start, counting, stops, and every change of the day since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from casemgr.calendar.current import current_calendar
from casemgr.cases.deadline_rows import DeadlineRow, party_names, row_of
from casemgr.cases.events import facts_of
from casemgr.cases.models import Case, Deadline
from casemgr.cases.timeline import Entry, timeline
from casemgr.timelimits.arithmetic import PeriodError, Suspension, compute
from casemgr.timelimits.explain import Explanation, explain


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
    """`counting` is None when the rule or its facts are gone; `moved` when today's calendar gives another day."""

    row: DeadlineRow
    start: Entry | None
    end: Entry | None
    counting: Explanation | None
    changes: list[Change]

    @property
    def moved(self) -> bool:
        return self.counting is not None and self.counting.due != self.row.deadline.due_on


def explained(case: Case, deadline: Deadline) -> Explained:
    """Everything the explanation page shows; two queries beyond the loaded case."""
    row = row_of(case, deadline, party_names(case))
    entries = {entry.event.pk: entry for entry in timeline(case)}
    return Explained(
        row=row,
        start=entries.get(deadline.root_event_id),
        end=entries.get(deadline.met_by_id),
        counting=_counting(case, row),
        changes=changes_of(deadline),
    )


def _counting(case: Case, row: DeadlineRow) -> Explanation | None:
    """The period counted once more, from the row's own start, stops and extension."""
    deadline = row.deadline
    root = next((fact for fact in facts_of(case) if fact.root.pk == deadline.root_event_id), None)
    period = row.rule.period_for(case, case.facts, root) if row.rule and root else None
    if period is None:
        return None
    stops = [
        Suspension(date.fromisoformat(start), date.fromisoformat(end) if end else None)
        for start, end in deadline.suspensions
    ]
    try:
        computation = compute(
            period,
            deadline.start_on,
            current_calendar(),
            suspensions=stops,
            extension_days=deadline.extension_days,
        )
    except PeriodError:
        return None
    return explain(row.rule, computation)


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
