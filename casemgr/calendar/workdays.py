"""Working days: prefix sums over a table of days. Pure Python, without Django."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)


class CalendarStatus(StrEnum):
    """How far a year can be relied on; the order is from best to worst."""

    PUBLISHED = "published"
    ESTIMATED = "estimated"
    MISSING = "missing"


_RANK = {CalendarStatus.PUBLISHED: 0, CalendarStatus.ESTIMATED: 1, CalendarStatus.MISSING: 2}


def worst(statuses: Iterable[CalendarStatus]) -> CalendarStatus:
    """The least reliable of the statuses; published when there is none."""
    return max(statuses, key=_RANK.__getitem__, default=CalendarStatus.PUBLISHED)


class WorkCalendar:
    """Which days are working days, for every day there is.

    `off_days` are weekdays on which nobody works, `working_weekends` Saturdays and Sundays on which everybody does.
    A year without data counts weekdays as working days and answers `missing`: no caller ever meets an exception.
    """

    def __init__(
        self, years: Mapping[int, CalendarStatus], off_days: Iterable[date] = (), working_weekends: Iterable[date] = ()
    ) -> None:
        self.years = dict(years)
        self.off_days = frozenset(off_days)
        self.working_weekends = frozenset(working_weekends)
        first_year, last_year = min(self.years, default=2004), max(self.years, default=2004)
        self._first = date(first_year, 1, 1).toordinal()
        self._last = date(last_year, 12, 31).toordinal()
        off = {day.toordinal() for day in self.off_days}
        working = {day.toordinal() for day in self.working_weekends}
        total, sums, days = 0, [], []
        for ordinal in range(self._first, self._last + 1):
            weekday = (ordinal + 6) % 7 < 5
            if ordinal in working or (weekday and ordinal not in off):
                total += 1
                days.append(ordinal)
            sums.append(total)
        self._sums, self._days = sums, days
        self._dates = [date.fromordinal(ordinal) for ordinal in days]

    def overlay(self, *, off: Iterable[date] = (), working: Iterable[date] = ()) -> WorkCalendar:
        """A copy with local days added: days off, and days worked, against the national calendar."""
        off, working = set(off), set(working)
        return WorkCalendar(
            self.years,
            (self.off_days | {day for day in off if day.weekday() < 5}) - working,
            (self.working_weekends | {day for day in working if day.weekday() >= 5}) - off,
        )

    def is_working(self, day: date) -> bool:
        if day in self.working_weekends:
            return True
        return day.weekday() < 5 and day not in self.off_days

    def status_of(self, day: date) -> CalendarStatus:
        return self.years.get(day.year, CalendarStatus.MISSING)

    def status_between(self, start: date, end: date) -> CalendarStatus:
        """The worst status of the years the span touches."""
        first, last = min(start, end), max(start, end)
        return worst(self.years.get(year, CalendarStatus.MISSING) for year in range(first.year, last.year + 1))

    def _rank(self, ordinal: int) -> int:
        """Working days up to and including the day, counted from the table's first day; negative before it."""
        if ordinal < self._first:
            return -_weekdays(ordinal + 1, self._first)
        if ordinal > self._last:
            return self._sums[-1] + _weekdays(self._last + 1, ordinal + 1)
        return self._sums[ordinal - self._first]

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` lies before `start`."""
        return self._rank(end.toordinal()) - self._rank(start.toordinal())

    def add_working_days(self, start: date, count: int) -> date:
        """The `count`-th working day after `start` (before it when negative); `start` itself is never counted."""
        ordinal = start.toordinal()
        if count > 0 and self._first <= ordinal <= self._last:
            index = self._sums[ordinal - self._first] + count - 1
            if index < len(self._dates):
                return self._dates[index]
        if count < 0:
            target = self._rank(ordinal - 1) + count + 1
            return date.fromordinal(self._at_rank(target))
        if count == 0:
            return start
        return date.fromordinal(self._at_rank(self._rank(ordinal) + count))

    def _at_rank(self, rank: int) -> int:
        """The day whose working-day rank is `rank` (1 is the table's first working day)."""
        if 1 <= rank <= len(self._days):
            return self._days[rank - 1]
        if rank > len(self._days):
            return _step_weekdays(self._last, rank - len(self._days))
        return _step_weekdays(self._first, rank)

    def next_working_day(self, day: date) -> date:
        """The day itself when it is a working day, else the first one after it."""
        ordinal = day.toordinal()
        if self._first <= ordinal <= self._last:
            index = bisect_left(self._days, ordinal)
            if index < len(self._days):
                return date.fromordinal(self._days[index])
            ordinal = self._last + 1
        while not self.is_working(date.fromordinal(ordinal)):
            ordinal += 1
        return date.fromordinal(ordinal)


def _weekdays(start: int, end: int) -> int:
    """Mondays to Fridays among the ordinals from `start` up to but not including `end`."""
    weeks, rest = divmod(end - start, 7)
    return 5 * weeks + sum((ordinal + 6) % 7 < 5 for ordinal in range(end - rest, end))


def _step_weekdays(ordinal: int, count: int) -> int:
    """Walk `count` weekdays forward from (not including) `ordinal`, or back when negative (0: the last before it)."""
    if count > 0:
        while count:
            ordinal += 1
            count -= (ordinal + 6) % 7 < 5
        return ordinal
    steps = 1 - count
    while steps:
        ordinal -= 1
        steps -= (ordinal + 6) % 7 < 5
    return ordinal
