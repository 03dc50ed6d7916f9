"""How a sheet is read: where its headings stand, which of them is which column of the ledger, what its words mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from casemgr.ledgers.definition import Ledger
from casemgr.pages.masking import personal_numbers, without_numbers
from casemgr.pages.sheets.reading import Book, Cell, row_of
from casemgr.pages.sheets.rows import Row

HEADING_LOOKED_FOR = 15
"""Lines among which the headings may stand: a title and notes may come before them."""
SAMPLE = 200
"""Lines below the headings that are looked at."""


@dataclass(frozen=True)
class Layout:
    """`columns`: by position in the sheet. `words`: an office's own, by column of the ledger."""

    sheet: int = 0
    heading: int = 1
    columns: Mapping[int, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Layout:
        columns = {int(position): column for position, column in kept.get("columns", {}).items()}
        return cls(kept.get("sheet", 0), kept.get("heading", 1), columns, kept.get("words", {}))

    def as_dict(self) -> dict[str, Any]:
        columns = {str(position): column for position, column in self.columns.items()}
        return {"sheet": self.sheet, "heading": self.heading, "columns": columns, "words": dict(self.words)}


def rows(book: Book, layout: Layout) -> Iterator[tuple[int, Row]]:
    """Number in the sheet and cells under the ledger's columns; rows in which none of them is filled are left out."""
    for number, cells in lines_below(book, layout):
        row = dict(row_of(cells, layout.columns))
        for column, words in layout.words.items():
            if (written := row.get(column)) in words:
                row[column] = words[written]
        if row:
            yield number, {column: value for column, value in row.items() if value != ""}


def lines_below(book: Book, layout: Layout) -> Iterator[tuple[int, list[Cell]]]:
    """The lines under the headings."""
    for number, cells in book.sheets[layout.sheet].lines():
        if number > layout.heading:
            yield number, cells


def headings(book: Book, sheet: int, heading: int) -> dict[int, str]:
    """By position; one that stands there several times is told apart by a number. The line may hold people after all,
    so that personal numbers are masked: headings are shown, and kept for the office."""
    found: dict[int, str] = {}
    for number, cells in islice(book.sheets[sheet].lines(), HEADING_LOOKED_FOR * 4):
        if number == heading:
            for position, cell in enumerate(cells):
                if cell == "":
                    continue
                name = without_numbers("".join(str(cell).split()))[:60]
                several = sum(1 for known in found.values() if known.partition("#")[0] == name)
                found[position] = f"{name}#{several + 1}" if several else name
    return found


def identity(book: Book, ledger: Ledger) -> Layout:
    """The layout of a sheet whose first line holds the ledger's own headings."""
    first = next(book.sheets[0].lines())[0]
    columns = {position: name for position, name in headings(book, 0, first).items() if name in ledger.columns}
    return Layout(0, first, columns)


def sample(book: Book, sheet: int, heading: int) -> list[list[Cell]]:
    """Some of the lines below the headings."""
    below = (cells for number, cells in book.sheets[sheet].lines() if number > heading)
    return list(islice(below, SAMPLE))


def letter(position: int) -> str:
    """A, B … Z, AA: what a spreadsheet calls the column."""
    text, number = "", position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def column_cells(lines: Iterable[Sequence[Cell]], position: int) -> list[Cell]:
    """What stands in one column, without the empty cells."""
    return [cells[position] for cells in lines if position < len(cells) and cells[position] != ""]


def unknown_words(book: Book, layout: Layout, ledger: Ledger, most: int = 40) -> dict[str, list[str]]:
    """By coded column: what stands in its cells and is none of its words, the most frequent first."""
    wanted = {position: column for position, column in layout.columns.items() if column in ledger.words}
    counts: dict[str, dict[str, int]] = {column: {} for column in wanted.values()}
    if wanted:
        for _number, cells in lines_below(book, layout):
            for position, column in wanted.items():
                value = cells[position] if position < len(cells) else ""
                if value == "" or isinstance(value, date) or value in ledger.words[column] or len(value) > 40:
                    continue
                if personal_numbers(value):  # no word of an office, but a column that was assigned wrongly
                    continue
                counts[column][value] = counts[column].get(value, 0) + 1
    return {column: sorted(found, key=lambda word: -found[word])[:most] for column, found in counts.items() if found}


__all__ = [
    "Layout", "column_cells", "headings", "identity", "letter", "lines_below", "rows", "sample", "unknown_words",
]  # fmt: skip
