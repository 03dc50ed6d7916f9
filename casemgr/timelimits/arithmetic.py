"""Counting statutory periods. Pure Python, without Django; the law stands in the rules, the counting here.

The first day is not counted (Civil Procedure Law, art. 85(2); 行诉解释, art. 48(2)). A working-day period ends on a
working day; a period in days, months or years whose last day is a rest day ends on the first day after the rest
(art. 85(3); art. 48(3)), rolled once at the very end. Periods counted backwards never roll forward.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from casemgr.calendar.workdays import CalendarStatus, WorkCalendar

DAY = timedelta(days=1)


class Unit(StrEnum):
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    YEARS = "years"
    WORKING_DAYS_BEFORE = "working_days_before"
    CALENDAR_DAYS_BEFORE = "calendar_days_before"
    FIXED_DAY = "fixed_day"


@dataclass(frozen=True)
class Period:
    length: int
    unit: Unit


def working_days(n: int) -> Period:
    return Period(n, Unit.WORKING_DAYS)


def calendar_days(n: int) -> Period:
    return Period(n, Unit.CALENDAR_DAYS)


def months(n: int) -> Period:
    return Period(n, Unit.MONTHS)


def years(n: int) -> Period:
    return Period(n, Unit.YEARS)


def working_days_before(n: int) -> Period:
    """`n` clear working days between the act and the planned day (the strict reading, dossier §3.1(10))."""
    return Period(n, Unit.WORKING_DAYS_BEFORE)


def calendar_days_before(n: int) -> Period:
    """At least `n` days before the planned day."""
    return Period(n, Unit.CALENDAR_DAYS_BEFORE)


def fixed_day(day: date) -> Period:
    """A day that a paper names itself: nothing is counted, nothing rolls."""
    return Period(day.toordinal(), Unit.FIXED_DAY)


@dataclass(frozen=True)
class Suspension:
    """The clock stands from `start` (excluded) to `end` (counted again from the day after); an open one has no end."""

    start: date
    end: date | None = None

    @property
    def days(self) -> int:
        return (self.end - self.start).days if self.end else 0


class PeriodError(ValueError):
    """Input no period can be computed from. `code` and `days` say what is wrong; `explain` puts it in words."""

    def __init__(self, code: str, *days: date) -> None:
        self.code, self.days = code, days
        super().__init__(" ".join((code, *(day.isoformat() for day in days))))


@dataclass(frozen=True)
class Step:
    """One line of the counting: `code` names the sentence, `day` and `number` fill it."""

    code: str
    day: date | None = None
    number: int | None = None
    until: date | None = None


@dataclass(frozen=True)
class Computation:
    """`due` is None while a suspension is open; `nominal` (before rolling) is None for working-day periods.

    `calendar_status` is that of the worst year the counting leans on.
    """

    start: date
    period: Period
    nominal: date | None
    due: date | None
    calendar_status: CalendarStatus
    suspensions: tuple[Suspension, ...] = ()
    extension_days: int = 0
    steps: tuple[Step, ...] = field(default=(), compare=False)


def compute(
    period: Period,
    start: date,
    calendar: WorkCalendar,
    *,
    suspensions: Sequence[Suspension] = (),
    extension_days: int = 0,
) -> Computation:
    """The last day of the period that begins with an event on `start`.

    A suspension that begins after the period has ended changes nothing.

    :raises PeriodError: suspensions that overlap, end before they begin or begin before the period; dates beyond 9999.
    """
    stops = _checked(suspensions, start)
    try:
        return _count(period, start, calendar, stops, extension_days)
    except PeriodError:
        raise
    except (OverflowError, ValueError) as error:
        raise PeriodError("beyond_calendar", start) from error


def _checked(suspensions: Sequence[Suspension], start: date) -> tuple[Suspension, ...]:
    ordered = tuple(sorted(suspensions, key=lambda stop: (stop.start, stop.end or date.max)))
    for stop in ordered:
        if stop.end is not None and stop.end < stop.start:
            raise PeriodError("suspension_backwards", stop.start, stop.end)
        if stop.start < start:
            raise PeriodError("suspension_too_early", stop.start)
    for earlier, later in pairwise(ordered):
        if earlier.end is None or later.start < earlier.end:
            raise PeriodError("suspensions_overlap", earlier.start, later.start)
    return ordered


def _count(
    period: Period, start: date, calendar: WorkCalendar, stops: tuple[Suspension, ...], extension_days: int
) -> Computation:
    if period.unit is Unit.WORKING_DAYS:
        return _count_working_days(period, start, calendar, stops, extension_days)
    if period.unit is Unit.WORKING_DAYS_BEFORE:
        due = calendar.add_working_days(start, -(period.length + 1))
        counted = _each_working_day(due + DAY, start - DAY, calendar)
        backwards = (Step("planned", start), *counted, Step("due_before", due))
        status = calendar.status_between(due, start - DAY)
        return Computation(start, period, None, due, status, stops, extension_days, backwards)
    if period.unit is Unit.FIXED_DAY:
        due = date.fromordinal(period.length)
        fixed = (Step("start", start), Step("fixed_day", due))
        return Computation(start, period, due, due, CalendarStatus.PUBLISHED, stops, extension_days, fixed)
    if period.unit is Unit.CALENDAR_DAYS_BEFORE:
        due = start - timedelta(days=period.length)
        backwards = (Step("planned", start), Step("due_before", due, period.length))
        return Computation(start, period, due, due, CalendarStatus.PUBLISHED, stops, extension_days, backwards)
    return _count_days(period, start, calendar, stops, extension_days)


def _count_days(
    period: Period, start: date, calendar: WorkCalendar, stops: tuple[Suspension, ...], extension_days: int
) -> Computation:
    """Periods in days, months or years: the end moves by the stops, and only the last day is rolled."""
    nominal = add(period, start)
    steps = [Step("start", start), Step(f"length_{period.unit}", nominal, period.length)]
    if extension_days:
        nominal += timedelta(days=extension_days)
        steps.append(Step("extended", nominal, extension_days))
    for stop in stops:
        if stop.start > calendar.next_working_day(nominal):
            steps.append(Step("suspended_after_end", stop.start))
            break
        if stop.end is None:
            steps.append(Step("suspended_open", stop.start))
            return Computation(
                start, period, None, None, calendar.status_of(nominal), stops, extension_days, tuple(steps)
            )
        if stop.days:  # one that begins in the roll leaves the last day to be counted on resumption
            nominal = max(nominal + timedelta(days=stop.days), stop.end)
        steps.append(Step("suspended", stop.start, stop.days, stop.end))
    due = calendar.next_working_day(nominal)
    steps.append(Step("nominal", nominal))
    steps.append(Step("rolled", due) if due != nominal else Step("not_rolled", due))
    status = calendar.status_between(nominal, due)  # only the last day leans on the calendar
    return Computation(start, period, nominal, due, status, stops, extension_days, tuple(steps))


def _count_working_days(
    period: Period, start: date, calendar: WorkCalendar, stops: tuple[Suspension, ...], extension_days: int
) -> Computation:
    total = period.length + extension_days
    left, position, steps = total, start, [Step("start", start)]
    if extension_days:
        steps.append(Step("extended", number=extension_days))
    for stop in stops:
        before = max(position, stop.start - DAY)
        used = calendar.working_days_between(position, before)
        if used >= left:
            last = calendar.add_working_days(position, left)
            steps += _each_working_day(position + DAY, last, calendar, total - left)
            steps.append(Step("suspended_after_end", stop.start))
            break
        steps += _each_working_day(position + DAY, before, calendar, total - left)
        left -= used
        if stop.end is None:
            steps.append(Step("suspended_open", stop.start))
            status = calendar.status_between(start + DAY, stop.start)
            return Computation(start, period, None, None, status, stops, extension_days, tuple(steps))
        steps.append(Step("suspended", stop.start, stop.days, stop.end))
        # the day of suspension is not counted, the day of resumption is
        position = max(before, stop.end - DAY)
    else:
        steps += _each_working_day(position + DAY, calendar.add_working_days(position, left), calendar, total - left)
    due = calendar.add_working_days(position, left)
    steps.append(Step("due", due))
    status = calendar.status_between(min(start + DAY, due), due)
    return Computation(start, period, None, due, status, stops, extension_days, tuple(steps))


def _each_working_day(first: date, last: date, calendar: WorkCalendar, counted: int = 0) -> list[Step]:
    """One step per day: counted working days with their number, and rest days skipped."""
    steps: list[Step] = []
    day = first
    while day <= last and len(steps) < 400:
        if calendar.is_working(day):
            counted += 1
            steps.append(Step("adjusted_working_day" if day.weekday() >= 5 else "working_day", day, counted))
        else:
            steps.append(Step("rest_day" if day.weekday() >= 5 else "holiday", day))
        day += DAY
    return steps


def add(period: Period, start: date) -> date:
    """The nominal last day of a period in days, months or years, before any roll.

    Months end on the same day number, or on the month's last day when it has none (Civil Code, art. 202).
    """
    if period.unit is Unit.CALENDAR_DAYS:
        return start + timedelta(days=period.length)
    count = period.length * (12 if period.unit is Unit.YEARS else 1)
    index = start.year * 12 + start.month - 1 + count
    year, month = divmod(index, 12)
    month += 1
    for day in range(start.day, start.day - 4, -1):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    raise PeriodError("beyond_calendar", start)
