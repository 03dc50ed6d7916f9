"""When the calendar changes, the running periods across the changed days are computed again."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from casemgr.actions.action import ActionContext
from casemgr.actions.signals import performed
from casemgr.calendar.current import current_calendar
from casemgr.calendar.models import CalendarDay, HolidayNotice
from casemgr.calendar.notice.publishing import Span
from casemgr.calendar.workdays import CalendarStatus
from casemgr.cases.deadlines import derive_again
from casemgr.cases.models import Case, Deadline
from casemgr.cases.recomputation.computing import RUNNING
from casemgr.cases.recomputation.running import CHUNK, start
from casemgr.timelimits.holiday_notices import PublishNotice
from casemgr.timelimits.overrides import OverrideDay, RemoveOverride


def compute_published(today: date) -> int:
    """Compute what leaned on an estimate of years that are published since; in chunks, each a transaction of its own.

    For years that came with the reference data; a published notice starts a recomputation itself.
    """
    published = [year for year, status in current_calendar().years.items() if status == CalendarStatus.PUBLISHED]
    leaning = Deadline.objects.filter(
        status__in=RUNNING,
        calendar_status__in=(CalendarStatus.ESTIMATED, CalendarStatus.MISSING),
        due_on__range=(date(min(published), 1, 1), date(max(published), 12, 31)),
    )
    done = cursor = 0
    while ids := list(
        leaning.filter(case_id__gt=cursor).order_by("case_id").values_list("case_id", flat=True).distinct()[:CHUNK]
    ):
        with transaction.atomic():
            for case in Case.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"):
                done += bool(derive_again(case, today))
        cursor = ids[-1]
    return done


def _on_local_day(sender, *, subject: CalendarDay, context: ActionContext, **kwargs) -> None:
    start(Span(subject.date, subject.date), context.today, asked_by=context.actor.pk)


def _on_publication(sender, *, subject: HolidayNotice, context: ActionContext, **kwargs) -> None:
    if subject.moved_span is not None:
        start(subject.moved_span, context.today, notice=subject, asked_by=context.actor.pk)


def connect() -> None:
    """Subscribe to the calendar's actions; called from CasesConfig.ready()."""
    for action in (OverrideDay, RemoveOverride):
        performed.connect(_on_local_day, sender=action, dispatch_uid=f"calendar_changes.{action.name}")
    performed.connect(_on_publication, sender=PublishNotice, dispatch_uid="calendar_changes.publication")
