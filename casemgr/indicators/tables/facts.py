"""What official tables count: marks read off the register, kept with the days on which they were known.

A mark is one thing a table may count: a case from the day it came in to the day it was closed, an extension on its day.
A `Base` reads the marks of some cases off the register; `keeping` keeps them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from casemgr.indicators.definition import FOREVER, Text
from casemgr.indicators.tables.definition import Span


@dataclass(frozen=True)
class Mark:
    """One thing that is counted. `until` is the day on which it ended; of what has no length it is `on` itself.

    `row`: the register row it is read off, the case itself unless the base counts parts of cases. `case` is 0 where
    the row is of no case (`Base.rows`). `dims`: what tables
    divide it by, the same keys for every mark of a kind, "" where the register does not say. `value`: what it adds to a
    column that sums, such as people or yuan.
    """

    kind: str
    case: int
    unit: int
    on: date
    until: date
    dims: Mapping[str, str]
    value: Decimal = Decimal(1)
    row: int = 0

    def __post_init__(self) -> None:
        """What is said to have ended before it began ended on the day it began: tables must add up."""
        if self.until < self.on:
            object.__setattr__(self, "until", self.on)

    @property
    def key(self) -> tuple[Any, ...]:
        """Everything that is kept: two marks of one key are one mark told twice, and counted twice."""
        dims = tuple(sorted(self.dims.items()))
        return (self.kind, self.row or self.case, self.case, self.unit, self.on, self.until, self.value, dims)


class Moment(StrEnum):
    """Which day of a mark puts it into a period."""

    BEGUN = "begun"
    ENDED = "ended"
    BEFORE = "before"
    """It had begun before the period and had not ended before it: carried over."""
    STANDING = "standing"
    """It had begun by the end of the period and had not ended by then."""
    PASSED = "passed"
    """It had begun in the period, and the day on which it did was over: what was missed counts from the next day."""


@dataclass(frozen=True)
class Group:
    """Marks that no column can tell apart: how many, and what they add up to."""

    kind: str
    dims: Mapping[str, str]
    begun: bool
    ended: bool
    number: int
    value: Decimal
    passed: bool = True

    def is_at(self, moment: str) -> bool:
        """Whether the marks are counted by that day in the period."""
        if moment == Moment.BEGUN:
            return self.begun
        if moment == Moment.PASSED:
            return self.begun and self.passed
        if moment == Moment.ENDED:
            return self.ended
        return not self.begun if moment == Moment.BEFORE else not self.ended


@dataclass(frozen=True)
class Count:
    """What a column counts: marks of a kind by one of their days, with certain words. It reads a `Group`.

    `where`: by dimension, the words of which one must be there. `sums`: adds up the marks' values instead of the marks.
    """

    kind: str
    when: Moment = Moment.BEGUN
    where: Mapping[str, Collection[str]] = field(default_factory=dict)
    sums: bool = False

    def __call__(self, group: Group) -> int | Decimal:
        if group.kind != self.kind or not group.is_at(self.when):
            return 0
        if any(group.dims.get(name, "") not in words for name, words in self.where.items()):
            return 0
        return plain(group.value) if self.sums else group.number

    def condition(self, span: Span) -> Q:
        """The same on kept marks: exactly the rows behind the number."""
        found = (
            Q(kind=self.kind)
            & {
                Moment.BEGUN: Q(on__gte=span.first, on__lte=span.end),
                Moment.ENDED: Q(until__gte=span.first, until__lte=span.end, on__lte=span.end),
                Moment.BEFORE: Q(on__lt=span.first, until__gte=span.first),
                Moment.STANDING: Q(on__lte=span.end, until__gt=span.end),
                Moment.PASSED: Q(on__gte=span.first, on__lte=span.end, on__lt=span.as_of),
            }[self.when]
        )
        for name, words in self.where.items():
            found &= Q(**{f"dims__{name}__in": list(words)})
        return found


@dataclass(frozen=True)
class Several:
    """A column that counts marks of more than one description; no mark fits two of them."""

    several: tuple[Count, ...]

    def __call__(self, group: Group) -> int | Decimal:
        return sum((one(group) for one in self.several), 0)


def plain(value: Decimal) -> int | Decimal:
    """People and cases as whole numbers, yuan with their fen."""
    return int(value) if value == value.to_integral_value() else value


@dataclass(frozen=True)
class Named:
    """What a row that is no case's is called in a list, and where it stands."""

    number: str
    title: str
    link: str


@dataclass(frozen=True, eq=False)
class Base:
    """A part of the register whose marks are kept: `read` gives those of some cases, in a few queries whatever their
    number, and depends on the register alone, never on the day it is asked.

    `version` rises with every change of what `read` gives: the marks are then read anew, and known from that day.
    Files of single cases have a row for each row with a mark of the first of its `kinds`.
    `rows`: where the marks are of no cases, the register's rows that are read instead; `read` and `refresh_rows` are
    given their ids, `named` says what they are called, and `procedure` only who sees the tables.
    `reach`: which marks a person sees, where that does not follow from their unit alone.
    """

    code: str
    name: Text
    procedure: str
    version: int
    read: Callable[[Collection[int]], Iterable[Mark]]
    kinds: Mapping[str, Text]
    """What its marks are called."""
    dims: Mapping[str, Text]
    """What its dimensions are called."""
    words: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)
    """By dimension, what its values are called; what is missing is shown as it is."""
    rows: Callable[[], QuerySet] | None = None
    named: Callable[[Collection[int]], Mapping[int, Named]] | None = None
    reach: Callable[[Any, date], Q] | None = None


_bases: dict[str, Base] = {}


def register_base(*several: Base) -> None:
    """Called from `AppConfig.ready()` of the base's procedure."""
    _bases.update({one.code: one for one in several})


def bases() -> dict[str, Base]:
    return dict(_bases)


__all__ = [
    "FOREVER",
    "Base",
    "Count",
    "Group",
    "Mark",
    "Moment",
    "Named",
    "Several",
    "bases",
    "plain",
    "register_base",
]
