"""Loads the built-in calendar; what the office has published or set locally stays as it is."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from casemgr.calendar import source
from casemgr.calendar.current import changed
from casemgr.calendar.models import CalendarDay, CalendarYear
from casemgr.calendar.workdays import CalendarStatus

SOURCE = "chinesecalendar 1.11.0"


@transaction.atomic
def load_reference() -> int:
    """Add the years that are not there yet, and replace an estimate by the notice; returns how many years."""
    known = {row.year: row for row in CalendarYear.objects.all()}
    wanted = {year: status for year, status in source.years().items() if _is_better(known.get(year), status)}
    if not wanted:
        return 0
    for row in CalendarDay.objects.filter(date__year__in=known.keys() & wanted).exclude(
        kind__in=CalendarDay.LOCAL_KINDS
    ):
        row.delete()
    for year, status in wanted.items():
        row = known.get(year) or CalendarYear(year=year)
        row.status, row.published_on = status.value, source.NOTICES.get(year)
        row.save()
    bulk_create_with_history([day for day in _days() if day.date.year in wanted], CalendarDay, batch_size=500)
    changed()
    return len(wanted)


def _is_better(row: CalendarYear | None, status: CalendarStatus) -> bool:
    """A year the office has published, or has as an estimate while no notice is known, stays as it is."""
    return row is None or (row.status != CalendarYear.Status.PUBLISHED and status is CalendarStatus.PUBLISHED)


def _days() -> Iterator[CalendarDay]:
    days = [(day, name, CalendarDay.Kind.HOLIDAY) for day, name in source.days_off()]
    days += [(day, name, CalendarDay.Kind.WORKING_WEEKEND) for day, name in source.working_weekends()]
    for day, name, kind in days:
        origin = SOURCE if day.year <= source.LAST_PUBLISHED else "estimate"
        yield CalendarDay(date=day, name=name, kind=kind, source=origin)
