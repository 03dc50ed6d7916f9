"""What the case page says of obligations, executions, settlements, and of why a suit was lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from casemgr.actions import registry
from casemgr.cases import events
from casemgr.cases.instalments import total_of
from casemgr.cases.models import Deadline
from litigation.backlog.from_file import item_for, items_of_file
from litigation.executing import executions_of, received_of
from litigation.file_kinds import is_suit
from litigation.models import BacklogItem, Execution, LitigationCase, Obligation
from litigation.obligations import Standing, obligations_of, open_amount, paid_of, standing_of
from litigation.performing import is_paused
from litigation.states import PERFORMING
from litigation.terms import Level, LossReason
from litigation.two_years.reading import RULE, WARN_BEFORE

CSS = {
    Standing.DONE: "ok",
    Standing.DONE_LATE: "ok",
    Standing.OVERDUE: "late",
    Standing.PARTLY: "soon",
    Standing.OPEN: "soon",
    Standing.NO_TERM: "soon",
}
NONE_YET = ("RECEIVED", "ASSIGNED")


@dataclass(frozen=True)
class TwoYears:
    """The end of the period for enforcement, and how near it is."""

    due_on: date
    days_left: int
    is_met: bool

    @property
    def is_near(self) -> bool:
        return not self.is_met and 0 <= self.days_left <= WARN_BEFORE

    @property
    def is_over(self) -> bool:
        return not self.is_met and self.days_left < 0


@dataclass(frozen=True)
class ObligationLine:
    """One obligation as the table shows it."""

    obligation: Obligation
    standing: Standing
    css: str
    paid: Decimal
    open: Decimal
    two_years: TwoYears | None
    item: BacklogItem | None
    may_be_told: bool
    """Overdue, owed by a unit of ours, and not in the backlog: the person may enter it there."""


def performance_section(case: LitigationCase, user: Any, today: date) -> dict[str, Any]:
    """Who owes what, what was done of it, and until when enforcement can be applied for."""
    if not is_suit(case):
        return {}
    if case.state in NONE_YET:
        return {}
    rows = obligations_of(case)
    facts = events.facts_of(case) if rows else []
    years = {
        (row.root_event.subject, row.root_event_id): row
        for row in case.deadlines.all()
        if rows and row.rule == RULE and row.due_on
    }
    items = items_of_file(case, user, today) if rows else []
    may_tell = bool(rows) and registry.get("backlog.enter").is_permitted(None, user, today)
    lines = []
    for one in rows:
        standing = standing_of(one, today, is_paused=is_paused(one, facts))
        own = [row for (subject, _root), row in sorted(years.items()) if subject == one.subject]
        item = item_for(one, items)
        is_owed = standing == Standing.OVERDUE and one.debtor.party.unit_id is not None
        lines.append(
            ObligationLine(
                one, standing, CSS.get(standing, ""), paid_of(one), open_amount(one),
                _two_years(own[-1], today) if own else None, item, may_tell and is_owed and item is None,
            )
        )  # fmt: skip
    amounts = [line.obligation.amount_yuan for line in lines if line.standing != Standing.VOID]
    return {
        "lines": lines,
        "total": total_of(amounts),
        "paid": total_of(line.paid for line in lines if line.standing != Standing.VOID),
        "open": total_of(line.open for line in lines if line.standing != Standing.VOID),
        "is_performing": case.state in PERFORMING,
        "further_items": [item for item in items if item.obligation_id is None],
    }


def _two_years(row: Deadline, today: date) -> TwoYears:
    is_met = row.status not in (Deadline.Status.OPEN, Deadline.Status.PAUSED)
    return TwoYears(row.due_on, (row.due_on - today).days, is_met)


@dataclass(frozen=True)
class ExecutionLine:
    """One execution with what came in under its number."""

    execution: Execution
    received: Decimal
    items: list[BacklogItem]
    """Of the obligations it carries out."""


def executions_section(case: LitigationCase, user: Any, today: date) -> dict[str, Any]:
    """The court's executions, the latest first; none before anything is owed."""
    if case.state in NONE_YET or not any(one.level in EXECUTIONS for one in case.instances.all()):
        return {}
    items = items_of_file(case, user, today)
    lines = []
    for one in reversed(executions_of(case)):
        own = [item_for(obligation, items) for obligation in one.obligations.all()]
        lines.append(ExecutionLine(one, received_of(one), [item for item in own if item is not None]))
    return {"executions": lines}


def settlements_section(case: LitigationCase, user: Any, today: date) -> dict[str, Any]:
    """Negotiations, and the analysis of a lost suit."""
    loss = case.facts.loss or {}
    words = dict(LossReason.choices)
    return {
        "settlements": list(case.suit_settlements.all()),
        "loss": loss,
        "reasons": [words.get(code, code) for code in loss.get("reasons", [])],
        "act": case.act,
        "responsible": case.facts.responsible,
    }


EXECUTIONS = (Level.EXECUTION, Level.RESUMED)
PERFORMANCE_SECTIONS = (
    ("litigation/_performance.html", performance_section),
    ("litigation/_executions.html", executions_section),
    ("litigation/_settlements.html", settlements_section),
)
