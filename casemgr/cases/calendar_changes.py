"""When a day of the calendar changes, the running periods across it are computed again, in the same transaction."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from casemgr.actions.action import ActionContext
from casemgr.actions.signals import performed
from casemgr.calendar.current import current_calendar
from casemgr.calendar.models import CalendarDay
from casemgr.calendar.workdays import CalendarStatus
from casemgr.cases.deadlines import sync
from casemgr.cases.models import Case, Deadline
from casemgr.timelimits.overrides import OverrideDay, RemoveOverride

RUNNING = (Deadline.Status.OPEN, Deadline.Status.PAUSED)


def compute_again(day: date, today: date) -> list[Case]:
    """Derive the deadlines of every case with a running period across `day`; returns the cases whose dates moved."""
    forwards = Q(start_on__lte=day, due_on__gte=day)
    backwards = Q(due_on__lte=day, start_on__gte=day)
    return _derive(Deadline.objects.filter(forwards | backwards, status__in=RUNNING), today)


def compute_published(today: date) -> list[Case]:
    """The same for what leaned on an estimate of years whose notice has appeared since."""
    published = [year for year, status in current_calendar().years.items() if status == CalendarStatus.PUBLISHED]
    return _derive(
        Deadline.objects.filter(
            status__in=RUNNING,
            calendar_status__in=(CalendarStatus.ESTIMATED, CalendarStatus.MISSING),
            due_on__range=(date(min(published), 1, 1), date(max(published), 12, 31)),
        ),
        today,
    )


def _derive(leaning: QuerySet[Deadline], today: date) -> list[Case]:
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
