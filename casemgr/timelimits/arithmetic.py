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
    """Input no period can be computed from; the message is for people."""


@dataclass(frozen=True)
class Step:
    """One line of the counting: `code` names the sentence, `day` and `number` fill it."""

    code: str
    day: date | None = None
    number: int | None = None
    until: date | None = None


@dataclass(frozen=True)
class Computation:
    """`due` is None while a suspension is open; `nominal` (before rolling) is None for working-day periods."""

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

    :raises PeriodError: overlapping or impossible suspensions, or a suspension outside the period's life.
    """
    stops = _checked(suspensions, start)
    if stops and stops[-1].end is None:
        steps = (Step("start", start), Step("suspended_open", stops[-1].start))
        return Computation(start, period, None, None, calendar.status_of(start), stops, extension_days, steps)
    try:
        return _count(period, start, calendar, stops, extension_days)
    except OverflowError as error:
        raise PeriodError("the period ends beyond the calendar") from error


def _checked(suspensions: Sequence[Suspension], start: date) -> tuple[Suspension, ...]:
    ordered = tuple(sorted(suspensions, key=lambda stop: stop.start))
    for stop in ordered:
        if stop.end is not None and stop.end < stop.start:
            raise PeriodError(f"the suspension of {stop.start} ends before it begins")
        if stop.start < start:
            raise PeriodError(f"the suspension of {stop.start} begins before the period")
    for earlier, later in pairwise(ordered):
        if earlier.end is None or later.start < earlier.end:
            raise PeriodError(f"the suspensions of {earlier.start} and {later.start} overlap")
    return ordered


def _count(period, start, calendar, stops, extension_days) -> Computation:
    if period.unit is Unit.WORKING_DAYS:
        return _count_working_days(period, start, calendar, stops, extension_days)
    if period.unit is Unit.WORKING_DAYS_BEFORE:
        due = calendar.add_working_days(start, -(period.length + 1))
        counted = _each_working_day(due, start - timedelta(days=1), calendar)
        backwards = (Step("planned", start), *counted, Step("due_before", due))
        status = calendar.status_between(due, start)
        return Computation(start, period, None, due, status, stops, extension_days, backwards)
    if period.unit is Unit.FIXED_DAY:
        due = date.fromordinal(period.length)
        fixed = (Step("start", start), Step("fixed_day", due))
        return Computation(start, period, due, due, CalendarStatus.PUBLISHED, stops, extension_days, fixed)
    if period.unit is Unit.CALENDAR_DAYS_BEFORE:
        due = start - timedelta(days=period.length)
        backwards = (Step("planned", start), Step("due_before", due))
        return Computation(start, period, due, due, calendar.status_of(due), stops, extension_days, backwards)
    nominal = add(period, start) + timedelta(days=extension_days + sum(stop.days for stop in stops))
    due = calendar.next_working_day(nominal)
    steps = [Step("start", start), Step(f"length_{period.unit}", add(period, start), period.length)]
    if extension_days:
        steps.append(Step("extended", number=extension_days))
    steps += [Step("suspended", stop.start, stop.days, stop.end) for stop in stops]
    steps.append(Step("nominal", nominal))
    steps.append(Step("rolled", due) if due != nominal else Step("not_rolled", due))
    # only the last day leans on the calendar
    status = calendar.status_between(nominal, due)
    return Computation(start, period, nominal, due, status, stops, extension_days, tuple(steps))


def _count_working_days(period, start, calendar, stops, extension_days) -> Computation:
    left, position, steps = period.length + extension_days, start, [Step("start", start)]
    if extension_days:
        steps.append(Step("extended", number=extension_days))
    for stop in stops:
        used = calendar.working_days_between(position, stop.start - timedelta(days=1)) if stop.start > position else 0
        if used >= left:
            break
        if stop.start > position:
            before = stop.start - timedelta(days=1)
            done = period.length + extension_days - left
            steps += _each_working_day(position + timedelta(days=1), before, calendar, done)
            left -= used
        steps.append(Step("suspended", stop.start, stop.days, stop.end))
        # the day of suspension is not counted, the day of resumption is
        position = (
            stop.end - timedelta(days=1) if stop.end > stop.start else max(position, stop.start - timedelta(days=1))
        )
    due = calendar.add_working_days(position, left)
    steps += _each_working_day(position + timedelta(days=1), due, calendar, period.length + extension_days - left)
    steps.append(Step("due", due))
    status = calendar.status_between(start, due)
    return Computation(start, period, None, due, status, tuple(stops), extension_days, tuple(steps))


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
        day += timedelta(days=1)
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
    raise PeriodError("no such month")  # pragma: no cover - every month has a 28th
