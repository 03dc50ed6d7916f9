"""The vocabulary of statistical tables: columns, checks, rates and spans of days, and the list of all tables.

What is counted differs: `mediation.tables` reads disputes month by month as towns submit them, `OfficialTable` counts
marks that are kept with the days on which they were known. What a table says is said in the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from casemgr.indicators.rounding import percent_of

Text = str | Promise
Value = int | Decimal
Values = Mapping[str, Value]
FEN = Decimal("0.01")
WAN = Decimal(10_000)


class Measure(StrEnum):
    """In what a column counts. Money is kept in yuan to the fen and printed in units of ten thousand."""

    CASES = "cases"
    PEOPLE = "people"
    TIMES = "times"
    MONEY = "money"
    HOURS = "hours"
    BODIES = "bodies"
    PAPERS = "papers"


MEASURE_LABELS: Mapping[str, Text] = {
    Measure.CASES: pgettext_lazy("measure", "cases"),
    Measure.PEOPLE: pgettext_lazy("measure", "people"),
    Measure.TIMES: pgettext_lazy("measure", "times"),
    Measure.MONEY: pgettext_lazy("measure", "10,000 yuan"),
    Measure.HOURS: pgettext_lazy("measure", "hours"),
    Measure.BODIES: pgettext_lazy("measure", "organisations"),
    Measure.PAPERS: pgettext_lazy("measure", "papers"),
}


@dataclass(frozen=True)
class Span:
    """`first` to `last`, both included, by what had happened up to `as_of`."""

    first: date
    last: date
    as_of: date

    @property
    def end(self) -> date:
        return min(self.last, self.as_of)

    def holds(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.end


@dataclass(frozen=True)
class Column:
    """One column. `of` reads its value off one counted thing; `number` is its place in the printed sheet."""

    code: str
    label: Text
    of: Callable[[Any], Value]
    measure: str = Measure.CASES
    group: Text = ""
    number: int = 0
    part: bool = False
    """A share of the column before it (其中), outside the sum of its group."""
    sensitive: bool = False
    """A count of 1 or 2 is not published."""
    goes_with: str = ""
    """The column whose withholding withholds this one, for it would tell the other."""
    words: Callable[[Values], str] | None = None
    """Of a column that counts nothing itself: what it says of the others, such as a rate."""


@dataclass(frozen=True)
class Check:
    """A rule between columns. Broken, it keeps a table from being submitted or locked, or warns."""

    code: str
    message: Text
    holds: Callable[[Values], bool]
    blocks: bool = True


@dataclass(frozen=True)
class Rate:
    """A quotient with the name of what it is divided by, for bulletins divide by different things."""

    label: Text
    divided_by: Text
    numerator: Callable[[Values], Value]
    denominator: Callable[[Values], Value]

    def percent(self, values: Values) -> Decimal | None:
        """As figures are rounded; None without a denominator."""
        below = self.denominator(values)
        return percent_of(self.numerator(values), below) if below else None


@dataclass(frozen=True)
class Definition:
    """A table: what it is called, how it is counted in words, its columns and the rules between them."""

    code: str
    name: Text
    formula: Text
    columns: tuple[Column, ...]
    checks: tuple[Check, ...] = ()
    rates: tuple[Rate, ...] = ()
    missing: Text = ""
    """What it has no data for yet."""
    sums: tuple[tuple[tuple[str, ...], str], ...] = ()
    """Columns that together give another one, as every reader knows."""
    page: str = ""
    """Name of the address of its page, which takes the code."""

    def column(self, code: str) -> Column | None:
        return next((column for column in self.columns if column.code == code), None)

    @property
    def heads(self) -> list[Column]:
        """The columns that a list of units shows: the first ones outside any group, or the first of each group."""
        plain = [column for column in self.columns if not column.group]
        if plain:
            return plain[:5]
        firsts = {str(column.group): column for column in reversed(self.columns)}
        return [replace(column, label=column.group) for column in reversed(firsts.values())][:5]

    def broken(self, values: Values) -> Iterator[Check]:
        full = Full(values)
        return (check for check in self.checks if not check.holds(full))


class Full(dict):
    """Values in which a column without any counts as nothing."""

    def __missing__(self, key: str) -> int:
        return 0


def add(*several: Values) -> dict[str, Value]:
    """The sum, column by column."""
    found: dict[str, Value] = {}
    for values in several:
        for code, value in values.items():
            found[code] = found[code] + value if code in found else value
    return found


def less(left: Values, right: Values) -> dict[str, Value]:
    """What `left` has more than `right`; columns that are equal are left out."""
    keys = [*left, *(key for key in right if key not in left)]
    found = {key: Full(left)[key] - Full(right)[key] for key in keys}
    return {key: value for key, value in found.items() if value}


def to_json(values: Values) -> dict[str, int | str]:
    return {key: format(value, "f") if isinstance(value, Decimal) else value for key, value in values.items()}


def from_json(values: Mapping[str, int | str]) -> dict[str, Value]:
    return {key: Decimal(value) if isinstance(value, str) else value for key, value in values.items()}


def printed(column: Column, value: Value) -> str:
    """As the sheet shows it: money in units of ten thousand yuan with two decimals, rounded only here."""
    if column.measure == Measure.MONEY:
        return format((Decimal(value) / WAN).quantize(FEN, ROUND_HALF_UP), "f")
    return str(value)


def told(column: Column, values: Values) -> str:
    """What stands in the column's cell."""
    full = Full(values)
    return column.words(full) if column.words is not None else printed(column, full[column.code])


def numbered(columns: Iterator[Column] | tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns with their places."""
    return tuple(replace(one, number=number) for number, one in enumerate(columns, 1))


_known: dict[str, Definition] = {}


def register(*definitions: Definition) -> None:
    """Called from `AppConfig.ready()`; a later one of the same code replaces the earlier."""
    _known.update({one.code: one for one in definitions})


def definitions() -> dict[str, Definition]:
    """Every table there is, by code: T-1 … and M-1 …"""
    return dict(_known)
