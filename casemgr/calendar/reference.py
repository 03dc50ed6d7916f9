"""Loads the built-in calendar into an empty one; years the office has touched stay as they are."""

from __future__ import annotations

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from casemgr.calendar import source
from casemgr.calendar.current import changed
from casemgr.calendar.models import CalendarDay, CalendarYear

SOURCE = "chinesecalendar 1.11.0"


@transaction.atomic
def load_reference() -> int:
    """Add the years that are not there yet; returns how many."""
    known = set(CalendarYear.objects.values_list("year", flat=True))
    missing = {year: status for year, status in source.years().items() if year not in known}
    if not missing:
        return 0
    bulk_create_with_history(
        [CalendarYear(year=year, status=status.value) for year, status in missing.items()], CalendarYear
    )
    days = [(day, name, CalendarDay.Kind.HOLIDAY) for day, name in source.days_off()]
    days += [(day, name, CalendarDay.Kind.WORKING_WEEKEND) for day, name in source.working_weekends()]
    bulk_create_with_history(
        [
            CalendarDay(
                date=day, name=name, kind=kind, source=SOURCE if day.year <= source.LAST_PUBLISHED else "estimate"
            )
            for day, name, kind in days
            if day.year in missing
        ],
        CalendarDay,
        batch_size=500,
    )
    changed()
    return len(missing)
