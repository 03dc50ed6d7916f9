"""What a statistical table is: columns as data, the rows it counts, and the checks between its columns.

A further table is one `Definition`, registered at start (`register`); months, sums, freezing, pages, files and the
interface come from here. A table without `rows` is listed with the reason in `missing`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Text = str | Promise
Value = int | Decimal
Values = Mapping[str, Value]
Committees = Collection[int] | None
"""Ids of committees' units; None: every one."""
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


MEASURE_LABELS: Mapping[str, Text] = {
    Measure.CASES: pgettext_lazy("measure", "cases"),
    Measure.PEOPLE: pgettext_lazy("measure", "people"),
    Measure.TIMES: pgettext_lazy("measure", "times"),
    Measure.MONEY: pgettext_lazy("measure", "10,000 yuan"),
    Measure.HOURS: pgettext_lazy("measure", "hours"),
    Measure.BODIES: pgettext_lazy("measure", "organisations"),
}


@dataclass(frozen=True)
class Span:
    """`first` to `last`, both included, by what had happened up to `as_of`."""

    first: date
    last: date
    as_of: date
    basis: str = "closed"

    def holds(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= min(self.last, self.as_of)


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
    """A count of 1 or 2 in a town is not published (`publishing`)."""
    goes_with: str = ""
    """The column whose withholding withholds this one, for it would tell the other."""


@dataclass(frozen=True)
class Row:
    """One thing that is counted, with what it adds to each column; columns it adds nothing to are left out."""

    committee: int
    on: date
    values: Values
    case: int | None = None
    words: Text = ""


@dataclass(frozen=True)
class Check:
    """A rule between columns. Broken, it keeps a table from being submitted, or warns."""

    code: str
    message: Text
    holds: Callable[[Values], bool]
    blocks: bool = True


@dataclass(frozen=True)
class Definition:
    """A table. `rows(span, committees)` yields what is counted; `beside` gives figures told next to the table."""

    code: str
    name: Text
    formula: Text
    columns: tuple[Column, ...]
    rows: Callable[[Span, Committees], Iterable[Row]] | None = None
    checks: tuple[Check, ...] = ()
    rates: tuple[Rate, ...] = ()
    beside: Callable[[Span, Committees], Mapping[int, Mapping[str, int]]] | None = None
    is_submitted: bool = False
    """Whether towns submit it month by month; otherwise it is only read."""
    reads_disputes: bool = False
    """Whether its rows are read off the entries of disputes, which takes time where there are many."""
    counts_whole: bool = False
    """Counted once over the whole quarter or year, as it stands on the last day, and not summed by months."""
    missing: Text = ""
    """What it has no data for yet."""
    sums: tuple[tuple[tuple[str, ...], str], ...] = ()
    """Columns that together give another one, as every reader knows."""

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

    def counted(self, span: Span, committees: Committees = None) -> list[Row]:
        return list(self.rows(span, committees)) if self.rows else []

    def broken(self, values: Values) -> Iterator[Check]:
        full = Full(values)
        return (check for check in self.checks if not check.holds(full))


@dataclass(frozen=True)
class Rate:
    """A quotient with the name of what it is divided by, for bulletins divide by different things."""

    label: Text
    divided_by: Text
    numerator: Callable[[Values], Value]
    denominator: Callable[[Values], Value]

    def percent(self, values: Values) -> Decimal | None:
        """Two places, half up, never up to 100 while something is missing; None without a denominator."""
        above, below = self.numerator(values), self.denominator(values)
        if not below:
            return None
        found = (Decimal(above) * 100 / Decimal(below)).quantize(FEN, ROUND_HALF_UP)
        return Decimal("99.99") if found == 100 and above < below else found


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


_known: dict[str, Definition] = {}


def register(*definitions: Definition) -> None:
    """Called from `AppConfig.ready()`; a later one of the same code replaces the earlier."""
    _known.update({one.code: one for one in definitions})


def definitions() -> dict[str, Definition]:
    return dict(_known)


Source = Callable[[Span, Committees], Iterable[Row]]


@dataclass
class Hook:
    """Rows that another part of the program brings, such as campaigns; empty until it registers."""

    sources: list[Source] = field(default_factory=list)

    def register(self, source: Source) -> None:
        if source not in self.sources:
            self.sources.append(source)

    def rows(self, span: Span, committees: Committees) -> Iterator[Row]:
        for source in self.sources:
            yield from source(span, committees)


def is_asked(committee: int | None, committees: Committees) -> bool:
    return committee is not None and (committees is None or committee in committees)


__all__ = [
    "MEASURE_LABELS",
    "Check",
    "Column",
    "Definition",
    "Full",
    "Hook",
    "Measure",
    "Rate",
    "Row",
    "Span",
    "add",
    "definitions",
    "from_json",
    "less",
    "printed",
    "register",
    "to_json",
]
