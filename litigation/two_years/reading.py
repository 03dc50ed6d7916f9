"""Which periods of two years end soon, or ended without an application, as far as a person sees the files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from casemgr.cases.models import Case, Deadline
from casemgr.cases.procedure import ENDED_STAGES
from litigation.conditions import AGENCY
from litigation.models import PROCEDURE

RULE = "L-ENF2Y"
WARN_BEFORE = 90
"""Days before the end from which people are warned; our own measure."""


@dataclass(frozen=True)
class Line:
    """One obligation whose two years run out. `is_ours`: an agency of ours is owed it, and loses the way to court."""

    deadline: Deadline
    days_left: int

    @property
    def case(self) -> Case:
        return self.deadline.case

    @property
    def what(self) -> str:
        return self.deadline.root_event.data.get("what", "")

    @property
    def debtor(self) -> str:
        return self.deadline.root_event.data.get("debtor", "")

    @property
    def creditor(self) -> str:
        return self.deadline.root_event.data.get("creditor", "")

    @property
    def is_ours(self) -> bool:
        return self.deadline.root_event.data.get("creditor_side") == AGENCY


def running() -> QuerySet[Deadline]:
    """Every such period that nothing has met, interrupted or paused."""
    found = Deadline.objects.filter(status=Deadline.Status.OPEN, rule=RULE, due_on__isnull=False)
    return found.exclude(case__stage__in=ENDED_STAGES).select_related("case", "root_event")


def visible(user: Any, today: date) -> QuerySet[Deadline]:
    cases = Case.objects.filter(procedure=PROCEDURE).visible_to(user, today)
    return running().filter(case__in=cases.order_by().values("pk"))


def near(rows: QuerySet[Deadline], today: date) -> QuerySet[Deadline]:
    return rows.filter(due_on__range=(today, today + timedelta(days=WARN_BEFORE)))


def over(rows: QuerySet[Deadline], today: date) -> QuerySet[Deadline]:
    """The court takes no application any more; what is owed is owed all the same."""
    return rows.filter(due_on__lt=today)


def lines_of(rows: Iterable[Deadline], today: date) -> list[Line]:
    return [Line(row, (row.due_on - today).days) for row in rows]


__all__ = ["RULE", "WARN_BEFORE", "Line", "lines_of", "near", "over", "running", "visible"]
