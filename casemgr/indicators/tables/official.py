"""Official tables: a definition over one base, its book, and what is checked between the tables of a book."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from casemgr.indicators.tables.definition import Column, Definition, Span, Text, Values, definitions
from casemgr.indicators.tables.facts import Base, bases

WHOLE = "yes"


@dataclass(frozen=True)
class OfficialTable(Definition):
    """A table that counts the marks of a base; its columns' `of` are `Count`s.

    `lines`: the list that divides it into lines by the dimension `dim`; "" for a table of one line. `book`: the tables
    that are sent off, and locked, together.
    """

    base: str = ""
    book: str = ""
    lines: str = ""
    dim: str = ""
    in_list: tuple[str, ...] = ()
    """Codes of the columns that the list of lines shows."""
    whole: str = ""
    """The dimension that is `WHOLE` of marks that count in the sum alone, where one thing may stand in several lines;
    then all other marks count in their lines alone."""
    remarks: Callable[[Values, Span], list[tuple[Text, str]]] | None = None
    """What is said under the table of its sums, such as whether the year's target is reached."""

    @property
    def heads(self) -> list[Column]:
        return [one for one in self.columns if one.code in self.in_list] or list(self.columns[:5])

    @property
    def read_from(self) -> Base:
        return bases()[self.base]

    @property
    def procedure(self) -> str:
        return self.read_from.procedure


@dataclass(frozen=True)
class BookCheck:
    """A rule between the sums of several tables: by the table's code."""

    code: str
    message: Text
    holds: Callable[[Mapping[str, Values]], bool]


@dataclass(frozen=True)
class Book:
    """Tables of one procedure that are filled in for one period, and who locks it."""

    code: str
    name: Text
    procedure: str
    locked_by: tuple[str, ...]
    checks: tuple[BookCheck, ...] = ()

    @property
    def tables(self) -> list[OfficialTable]:
        return [one for one in official_tables().values() if one.book == self.code]

    @property
    def bases(self) -> list[Base]:
        return [bases()[code] for code in sorted({one.base for one in self.tables})]


_books: dict[str, Book] = {}


def register_book(*several: Book) -> None:
    _books.update({one.code: one for one in several})


def books() -> dict[str, Book]:
    return dict(_books)


def official_tables() -> dict[str, OfficialTable]:
    """By code, in the order of their numbers."""
    found = [one for one in definitions().values() if isinstance(one, OfficialTable)]
    return {one.code: one for one in sorted(found, key=lambda one: (one.code[0], int(one.code.lstrip("TM-") or 0)))}
