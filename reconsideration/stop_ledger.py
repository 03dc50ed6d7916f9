"""The ledger of time that does not count, of extensions and of the stop of execution, for the case page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from casemgr.cases import events
from casemgr.cases.events import Fact
from casemgr.cases.models import Deadline
from casemgr.cases.procedure import Text
from reconsideration.ending_guards import sixty_days_passed
from reconsideration.execution_guards import is_stopped
from reconsideration.models import ReconsiderationCase
from reconsideration.stop_guards import decision_deadline
from reconsideration.suspension_grounds import BEGINNINGS, ground_label
from reconsideration.terms import ExcludedTime, StopGround


@dataclass(frozen=True)
class Row:
    """One stop of the clock. `until` is None while it lasts. Rows may overlap: the period moves once."""

    ground: Text
    since: date
    until: date | None
    cause: str = ""
    paper: str = ""
    begun_by: int | None = None
    ended_by: int | None = None
    is_suspension: bool = False
    is_added: bool = False

    def days(self, today: date) -> int:
        return ((self.until or today) - self.since).days


@dataclass(frozen=True)
class Extension:
    on: date
    days: int
    cause: str
    document: int | None


def rows_of(case: ReconsiderationCase) -> list[Row]:
    """Suspensions and excluded time, in the order they began."""
    facts = events.facts_of(case)
    names = {part.pk: part.name for part in case.participations.all()}
    kinds = dict(ExcludedTime.choices)
    found = [
        _row(facts, fact, ground_label(fact, names), "resumed", "suspension_ground_ended")
        for fact in facts
        if fact.kind in BEGINNINGS and fact.occurred_on
    ]
    found += [
        _row(facts, fact, kinds.get(fact.data.get("excluded", ""), ""), "excluded_until")
        for fact in facts
        if fact.kind == "excluded_from" and fact.occurred_on
    ]
    return sorted(found, key=lambda row: row.since)


def _row(facts: list[Fact], began: Fact, ground: Text, *ended_kinds: str) -> Row:
    ended = next(
        (
            fact
            for fact in facts
            if fact.kind in ended_kinds and fact.subject in ("", began.subject) and fact.order > began.order
        ),
        None,
    )
    return Row(
        ground=ground,
        since=began.occurred_on,
        until=ended.occurred_on if ended else None,
        cause=began.data.get("content", "") or began.data.get("note", ""),
        paper=began.data.get("paper", ""),
        begun_by=began.data.get("document"),
        ended_by=ended.data.get("document") if ended else None,
        is_suspension=began.kind in BEGINNINGS,
        is_added=began.kind == "suspension_ground_added",
    )


def stops_section(case: ReconsiderationCase, user: Any, today: date) -> dict[str, Any]:
    """Costs no query: events and deadlines are loaded with the case."""
    facts = events.facts_of(case)
    running: Deadline | None = decision_deadline(case)
    stop = events.last_of(facts, "stop_ordered", "stop_ended", "stop_refused", "stop_asked")
    return {
        "rows": [(row, row.days(today)) for row in rows_of(case)],
        "extensions": [
            Extension(fact.occurred_on, int(fact.data["days"]), fact.data.get("content", ""), fact.data.get("document"))
            for fact in facts
            if fact.kind == "extended"
        ],
        "decision": running,
        "is_paused": running is not None and running.status == Deadline.Status.PAUSED,
        "is_suspended": case.state == "SUSPENDED",
        "stop": stop,
        "is_stopped": is_stopped(case),
        "stop_ground": dict(StopGround.choices).get(stop.data.get("ground", ""), "") if stop else "",
        "may_terminate": sixty_days_passed(case, today) if case.state == "SUSPENDED" else None,
    }
