"""A year of the calendar as the page shows it: twelve months of days, each with what it is and why."""

from __future__ import annotations

import calendar as weeks
from dataclasses import dataclass
from datetime import date

from casemgr.calendar.current import current_calendar
from casemgr.calendar.models import CalendarDay, CalendarYear
from casemgr.calendar.names import holiday_name
from casemgr.calendar.workdays import CalendarStatus, WorkCalendar

MONDAY_FIRST = weeks.Calendar(firstweekday=0)
CSS = {
    CalendarDay.Kind.HOLIDAY: "off",
    CalendarDay.Kind.WORKING_WEEKEND: "worked",
    CalendarDay.Kind.LOCAL_OFF: "local-off",
    CalendarDay.Kind.LOCAL_WORKING: "local-worked",
}


@dataclass(frozen=True)
class DayCell:
    """`mark` is a sign beside the number, so that colour is never alone; `words` says what the day is."""

    day: date
    is_working: bool
    css: str = ""
    mark: str = ""
    words: str = ""


@dataclass(frozen=True)
class Month:
    first: date
    weeks: tuple[tuple[DayCell | None, ...], ...]
    working_days: int


@dataclass(frozen=True)
class Year:
    """`row` is None for a year without data."""

    number: int
    row: CalendarYear | None
    status: CalendarStatus
    months: tuple[Month, ...]
    days: tuple[CalendarDay, ...]
    working_days: int

    @property
    def local_days(self) -> list[CalendarDay]:
        return [day for day in self.days if day.kind in CalendarDay.LOCAL_KINDS]

    @property
    def national_days(self) -> list[CalendarDay]:
        return [day for day in self.days if day.kind not in CalendarDay.LOCAL_KINDS]


def year_view(number: int) -> Year:
    """The year with its days; two queries."""
    calendar = current_calendar()
    days = tuple(CalendarDay.objects.filter(date__year=number))
    special = {day.date: day for day in sorted(days, key=lambda day: day.kind in CalendarDay.LOCAL_KINDS)}
    return Year(
        number=number,
        row=CalendarYear.objects.filter(year=number).first(),
        status=calendar.status_of(date(number, 1, 1)),
        months=tuple(_month(date(number, month, 1), calendar, special) for month in range(1, 13)),
        days=days,
        working_days=calendar.working_days_between(date(number - 1, 12, 31), date(number, 12, 31)),
    )


def _month(first: date, calendar: WorkCalendar, special: dict[date, CalendarDay]) -> Month:
    rows = tuple(
        tuple(_cell(day, calendar, special.get(day)) if day.month == first.month else None for day in week)
        for week in MONDAY_FIRST.monthdatescalendar(first.year, first.month)
    )
    return Month(first, rows, sum(cell.is_working for week in rows for cell in week if cell))


def _cell(day: date, calendar: WorkCalendar, row: CalendarDay | None) -> DayCell:
    is_working = calendar.is_working(day)
    if row is None:
        return DayCell(day, is_working, "" if is_working else "weekend")
    mark = "班" if is_working else "休"
    words = " ".join(filter(None, (str(row.get_kind_display()), holiday_name(row.name))))
    return DayCell(day, is_working, CSS[row.kind], mark, words)
