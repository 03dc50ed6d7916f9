"""Local days of the calendar through the API."""

from __future__ import annotations

from casemgr.actions.resources import Resource
from casemgr.calendar.models import CalendarDay

LOCAL_DAYS = Resource(
    "local-days",
    CalendarDay,
    lambda user, today: CalendarDay.objects.filter(kind__in=CalendarDay.LOCAL_KINDS),
    columns=("date", "kind", "name", "source"),
    creating=("calendar.override",),
    order=("-date", "-pk"),
)
