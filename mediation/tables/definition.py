"""What a table of people's mediation is: rows read off the register by committee, months and towns.

A further table is one `Definition`, registered at start (`register`); months, sums, freezing, pages, files and the
interface come from here, the vocabulary from the ground. A table without `rows` is listed with the reason in `missing`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from casemgr.indicators.tables import definition as ground
from casemgr.indicators.tables.definition import Text, Values, register

Committees = Collection[int] | None
"""Ids of committees' units; None: every one."""


@dataclass(frozen=True)
class Span(ground.Span):
    """`basis`: which day of a dispute puts it into the span."""

    basis: str = "closed"


@dataclass(frozen=True)
class Row:
    """One thing that is counted, with what it adds to each column; columns it adds nothing to are left out."""

    committee: int
    on: date
    values: Values
    case: int | None = None
    words: Text = ""


@dataclass(frozen=True)
class Definition(ground.Definition):
    """A table. `rows(span, committees)` yields what is counted; `beside` gives figures told next to the table."""

    rows: Callable[[Span, Committees], Iterable[Row]] | None = None
    beside: Callable[[Span, Committees], Mapping[int, Mapping[str, int]]] | None = None
    is_submitted: bool = False
    """Whether towns submit it month by month; otherwise it is only read."""
    reads_disputes: bool = False
    """Whether its rows are read off the entries of disputes, which takes time where there are many."""
    counts_whole: bool = False
    """Counted once over the whole quarter or year, as it stands on the last day, and not summed by months."""
    page: str = "table_sheet"

    def counted(self, span: Span, committees: Committees = None) -> list[Row]:
        return list(self.rows(span, committees)) if self.rows else []


def definitions() -> dict[str, Definition]:
    """The tables of people's mediation, by code."""
    return {code: one for code, one in ground.definitions().items() if isinstance(one, Definition)}


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


__all__ = ["Committees", "Definition", "Hook", "Row", "Source", "Span", "definitions", "is_asked", "register"]
