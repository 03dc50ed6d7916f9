"""The clearance of the backlog in whole numbers (dossier §4.4, version 1): never rounded into reach.

Pure: counts and days in, counts and days out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from casemgr.indicators.rounding import percent_of

VERSION = 1
WEEK = 7
RECENT = (28, 84)
"""The stretches of days whose pace bounds the forecast."""


@dataclass(frozen=True)
class Clearance:
    """`cleared` of `base` against a target in per cent with two decimals at most."""

    base: int
    cleared: int
    target: Decimal = Decimal("98")

    @property
    def is_empty(self) -> bool:
        """No item in the base: there is nothing to clear, which is not 100 per cent."""
        return self.base == 0

    @property
    def _scaled(self) -> int:
        return int(self.target * 100)

    @property
    def is_reached(self) -> bool:
        """In integers: 48 of 49 against 98 is a miss."""
        return not self.is_empty and self.cleared * 10_000 >= self._scaled * self.base

    @property
    def needed(self) -> int:
        """How many of the base must be cleared to reach the target; below fifty against 98 that is every one."""
        return -(-self._scaled * self.base // 10_000)

    @property
    def missing(self) -> int:
        return max(self.needed - self.cleared, 0)

    @property
    def may_stay_open(self) -> int:
        return self.base - self.needed

    @property
    def percent(self) -> Decimal | None:
        """Two decimals, never rounded into reach: 97.96 stays below 98. None without a base."""
        return None if self.is_empty else percent_of(self.cleared, self.base, self.target)


def what_if(figure: Clearance, *, more: int = 0, off: int = 0) -> Clearance:
    """The figure when so many more of the open ones are cleared and so many leave the base by a court's paper.

    :raises ValueError: more than are open
    """
    if min(more, off) < 0 or more + off > figure.base - figure.cleared:
        raise ValueError("more than are open")
    return Clearance(figure.base - off, figure.cleared + more, figure.target)


def milestones(figure: Clearance, today: date, target_on: date) -> list[tuple[date, int]]:
    """How many must be cleared at the end of each coming week at an even pace, the last on the day of the target.

    Counted up to whole items: to be behind by a part of one is to be behind.
    """
    left = (target_on - today).days
    if left <= 0 or not figure.missing:
        return []
    days = [today + timedelta(days=WEEK * number) for number in range(1, left // WEEK + 1)]
    if not days or days[-1] != target_on:
        days.append(target_on)
    return [(day, figure.cleared - (-figure.missing * (day - today).days // left)) for day in days]


@dataclass(frozen=True)
class Forecast:
    """How many will be cleared by the day of the target at the slower and the faster of the recent paces."""

    low: int
    high: int
    per_week_needed: Fraction | None
    """Items a week from today on; None once the day is over."""
    days_left: int

    def reaches(self, needed: int) -> str:
        """`yes`, `no`, or `open` where the two paces disagree."""
        if self.low >= needed:
            return "yes"
        return "no" if self.high < needed else "open"


def forecast(figure: Clearance, cleared_on: Iterable[date], today: date, target_on: date) -> Forecast:
    """From the days on which items of the base were cleared.

    A pace is items a day over the last four and the last twelve weeks; what cannot be a whole item is not counted.
    """
    days = [day for day in cleared_on if day <= today]
    left = max((target_on - today).days, 0)
    expected = []
    for stretch in RECENT:
        since = today - timedelta(days=stretch)
        done = sum(since < day <= today for day in days)
        expected.append(min(figure.base, figure.cleared + done * left // stretch))
    needed = Fraction(figure.missing * WEEK, left) if left else None
    return Forecast(min(expected), max(expected), needed, left)


def burn_down(base: int, cleared_on: Iterable[date], first: date, last: date) -> list[tuple[date, int]]:
    """What was still open at the end of each day from `first` to `last`."""
    days = sorted(cleared_on)
    found, done = [], 0
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        while done < len(days) and days[done] <= day:
            done += 1
        found.append((day, base - done))
    return found


__all__ = ["VERSION", "Clearance", "Forecast", "burn_down", "forecast", "milestones", "what_if"]
