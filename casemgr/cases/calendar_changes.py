"""When a day of the calendar changes, the running periods across it are computed again, in the same transaction."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from casemgr.actions.action import ActionContext
from casemgr.actions.signals import performed
from casemgr.calendar.models import CalendarDay
from casemgr.cases.deadlines import sync
from casemgr.cases.models import Case, Deadline
from casemgr.timelimits.overrides import OverrideDay, RemoveOverride

RUNNING = (Deadline.Status.OPEN, Deadline.Status.PAUSED)


def compute_again(day: date, today: date) -> list[Case]:
    """Derive the deadlines of every case with a running period across `day`; returns the cases whose dates moved."""
    forwards = Q(start_on__lte=day, due_on__gte=day)
    backwards = Q(due_on__lte=day, start_on__gte=day)
    leaning = Deadline.objects.filter(forwards | backwards, status__in=RUNNING)
    moved = []
    for case in Case.objects.select_for_update().filter(pk__in=leaning.values("case_id")).order_by("pk"):
        if sync(case, today):
            case.save(update_fields=["next_due_on", "next_other_due_on"])
            moved.append(case)
    return moved


def _on_local_day(sender, *, subject: CalendarDay, context: ActionContext, **kwargs) -> None:
    compute_again(subject.date, context.today)


def connect() -> None:
    """Subscribe to the calendar's actions; called from CasesConfig.ready()."""
    for action in (OverrideDay, RemoveOverride):
        performed.connect(_on_local_day, sender=action, dispatch_uid=f"calendar_changes.{action.name}")
