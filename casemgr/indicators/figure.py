"""One number: a numerator, a denominator, and what they are to reach."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from casemgr.indicators.definition import Indicator, Kind
from casemgr.indicators.rounding import HUNDREDTH, percent_of


@dataclass(frozen=True)
class Figure:
    """A numerator, a denominator, and what they are to reach; compared in whole numbers, never rounded first.

    Of a duration: the days of all rows together, and how many rows; `spread` says how many rows took how many days.
    """

    indicator: Indicator
    numerator: int
    denominator: int
    target: Decimal | None = None
    opened: int = 0
    closed: int = 0
    spread: tuple[tuple[int, int], ...] = ()

    @property
    def is_rate(self) -> bool:
        return self.indicator.kind == Kind.RATE

    @property
    def rate(self) -> Decimal | None:
        """Per cent, cases a head, or days on average; two places. None when nothing is counted: that is not 100 %."""
        if not self.denominator:
            return None
        if self.is_rate:
            return percent_of(self.numerator, self.denominator, self.target, at_least=self.indicator.at_least)
        return (Decimal(self.numerator) / self.denominator).quantize(HUNDREDTH, ROUND_HALF_UP)

    @property
    def median(self) -> Decimal | None:
        """Of a duration: half of the rows took no longer. None for other kinds, and without rows."""
        if not self.spread:
            return None
        ordered, place = sorted(self.spread), self.denominator - 1
        middle = Decimal(_nth(ordered, place // 2) + _nth(ordered, place - place // 2))
        return (middle / 2).quantize(Decimal("0.1"))

    @property
    def missed(self) -> int:
        """Counted and not in the numerator; of a duration nothing is."""
        return self.denominator - self.numerator if self.is_rate else 0

    @property
    def reached(self) -> bool | None:
        """None without a target or without anything to count."""
        if self.target is None or not self.denominator:
            return None
        have, wanted = self._sides()
        return have >= wanted if self.indicator.at_least else have <= wanted

    @property
    def needed(self) -> int | None:
        """How many more must be in the numerator (fewer, where the target is a ceiling) to reach the target.

        Where each further one is also counted in the denominator, as many in a row as it takes; None when no number of
        them is enough (100 % after a miss), of a duration, without a target, or without anything to count.
        """
        if self.target is None or not self.denominator or self.indicator.kind == Kind.DAYS:
            return None
        if self.reached:
            return 0
        have, wanted = self._sides()
        if not self.indicator.at_least:
            return -((wanted - have) // self._scale)
        if self.indicator.base_is_fixed:
            return -((have - wanted) // self._scale)
        gain = self._scale - int(self.target * 100)
        return -((have - wanted) // gain) if gain > 0 else None

    @property
    def _scale(self) -> int:
        return 10_000 if self.is_rate else 100

    def _sides(self) -> tuple[int, int]:
        """numerator ÷ denominator against the target, both times the same whole number."""
        return self.numerator * self._scale, int((self.target or 0) * 100) * self.denominator


def _nth(spread: list[tuple[int, int]], place: int) -> int:
    """The value at a place, counted from nought, of values given with how often they occur."""
    for value, count in spread:
        place -= count
        if place < 0:
            return value
    raise IndexError(place)


__all__ = ["Figure"]
