"""A sheet beside the last period and the same period of last year, differences and their rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q

from casemgr.indicators.tables.asking import Asked, last_period, last_year
from casemgr.indicators.tables.counting import Sheet, sheet
from casemgr.indicators.tables.definition import Column, Full, Value, told
from casemgr.indicators.tables.official import OfficialTable

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Beside:
    """An earlier period: its words, and its sheet."""

    request: Asked
    sheet: Sheet


@dataclass(frozen=True)
class Change:
    """A column's value then, and how much more there is now; `rate` in per cent of then, None where that was nought.

    `more` is None where words stand in the column.
    """

    then: Value | str
    more: Value | None

    @property
    def rate(self) -> Decimal | None:
        if not self.then or self.more is None:
            return None
        return (Decimal(self.more) * 100 / Decimal(self.then)).quantize(TENTH, ROUND_HALF_UP)

    @property
    def rate_words(self) -> str:
        return "—" if self.rate is None else f"{self.rate:+f} %"

    @property
    def more_words(self) -> str:
        if self.more is None:
            return "—"
        return f"{self.more:+}" if self.more else "0"


def beside(table: OfficialTable, request: Asked, reach: Q) -> list[Beside]:
    """Last period, and the same period of last year unless that is the same one."""
    wanted = [last_period(request)]
    if (before := last_year(request)).span != wanted[0].span:
        wanted.append(before)
    return [Beside(one, sheet(table, one.span, one.known, reach)) for one in wanted]


def changes(column: Column, now: Sheet, before: Sequence[Beside]) -> list[Change]:
    """Of the sums, one for each earlier period."""
    if column.words is not None:
        return [Change(told(column, one.sheet.values), None) for one in before]
    value = Full(now.values)[column.code]
    return [Change(then, value - then) for one in before for then in [Full(one.sheet.values)[column.code]]]
