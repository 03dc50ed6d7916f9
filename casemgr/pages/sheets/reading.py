"""Reading .xlsx, .xls and .csv (UTF-8, UTF-16, GB18030) with limits; a broken file is one clear error.

Files are opened in a process of their own (`extraction`), once: what is kept and loaded is only the cells.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from casemgr.pages.sheets.extraction import MAX_CELL, MAX_ROWS
from casemgr.pages.sheets.rows import Row
from casemgr.pages.sheets.text_cells import as_it_was

MAX_BYTES = 60 * 1024 * 1024
MEMORY = 1536 * 1024 * 1024
CPU_SECONDS = 60
PATIENCE = 120.0
SUFFIXES = (".xlsx", ".xls", ".csv")
_START = "import sys; sys.path.insert(0, {root!r}); from casemgr.pages.sheets.extraction import main; main()"
Cell = str | date


class FileRefused(Exception):
    """The file as a whole cannot be read; the message says why and what to do."""


@dataclass(frozen=True)
class Sheet:
    """One sheet; its rows are kept as they came from the reader."""

    name: str
    rows: Sequence[bytes]

    def lines(self) -> Iterator[tuple[int, list[Cell]]]:
        """Number in the sheet and cells of each row that is not empty."""
        for row in self.rows:
            number, cells = json.loads(row)
            yield number, [_cell(cell) for cell in cells]


@dataclass(frozen=True)
class Book:
    """The sheets of a file that hold something."""

    sheets: tuple[Sheet, ...]

    def as_bytes(self) -> bytes:
        """To be kept, and read back by `book_of`."""
        return b"".join(
            line + b"\n"
            for sheet in self.sheets
            for line in (json.dumps(["sheet", sheet.name], ensure_ascii=False).encode(), *sheet.rows)
        )


def book_of(kept: bytes) -> Book:
    """What `Book.as_bytes` gave."""
    sheets: list[tuple[str, list[bytes]]] = []
    for line in kept.splitlines():
        if line.startswith(b'["sheet"'):
            sheets.append((json.loads(line)[1], []))
        else:
            sheets[-1][1].append(line)
    return Book(tuple(Sheet(name, rows) for name, rows in sheets if rows))


def read_book(content: bytes, suffix: str) -> Book:
    """The cells of a file. :raises FileRefused:"""
    if suffix.lower() not in SUFFIXES:
        raise FileRefused(_("Only .xlsx, .xls and .csv files are read."))
    if len(content) > MAX_BYTES:
        raise FileRefused(_("The file is larger than 60 MB. Split it."))
    lines = _extracted(content, suffix.lower()).splitlines()
    ended = json.loads(lines.pop()) if lines and lines[-1].startswith((b'["end"', b'["refused"')) else None
    if ended is None:  # ended by the kernel
        raise FileRefused(_sentence("much"))
    if ended[0] == "refused":
        raise FileRefused(_sentence(ended[1]))
    book = book_of(b"\n".join(lines))
    if not book.sheets:
        raise FileRefused(_("The file is empty."))
    return book


def read_path(path: Path) -> Book:
    """The cells of a file on disk. :raises FileRefused:"""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise FileRefused(_("The file is larger than 60 MB. Split it."))
        content = path.read_bytes()
    except OSError as error:
        raise FileRefused(_("The file cannot be opened: %(path)s") % {"path": path}) from error
    return read_book(content, path.suffix)


def _extracted(content: bytes, suffix: str) -> bytes:
    question = {"family": "text" if suffix == ".csv" else "book", "memory": MEMORY, "seconds": CPU_SECONDS}
    command = [sys.executable, "-I", "-c", _START.format(root=str(settings.BASE_DIR))]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(question).encode() + b"\n" + content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            env={"LANG": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise FileRefused(_sentence("much")) from None
    return done.stdout


def _sentence(code: str) -> str:
    return {
        "much": _("The file takes too much memory or time to be read. Split it, or save it again as .xlsx."),
        "rows": _("The file has more than 300,000 rows. Split it."),
        "bomb": _("The file unpacks to more than 600 MB and is not read."),
        "encoding": _("The file is neither in UTF-8 nor in GB18030. Save it again as .xlsx."),
        "binary": _("The file holds binary data. Save it again as .xlsx."),
        "csv": _("The file cannot be read as CSV. Save it again as .xlsx."),
    }.get(code) or _("This is no readable Excel file. Save it again as .xlsx.")


def _cell(cell: str | list[str]) -> Cell:
    if isinstance(cell, list):
        return date.fromisoformat(cell[0])
    return as_it_was(cell)


# rows by heading


@dataclass(frozen=True)
class Peek:
    """What a look at a file shows: its headings, and how many rows it has, counted up to a number."""

    headings: tuple[str, ...]
    rows: int


def peek(path: Path, most: int) -> Peek:
    """Look at a file without loading it. :raises FileRefused:"""
    sheet = read_path(path).sheets[0]
    names = _names(sheet)
    return Peek(tuple(names.values()), sum(1 for _row in islice(_rows(sheet, names), most)))


def rows_of(path: Path, required: Collection[str]) -> Iterator[tuple[int, Row]]:
    """Number in the first sheet and cells by heading, which stand in its first row. :raises FileRefused:"""
    return rows_of_book(read_path(path), required)


def rows_of_book(book: Book, required: Collection[str]) -> Iterator[tuple[int, Row]]:
    """The same of a book that is read already. :raises FileRefused:"""
    names = _names(book.sheets[0])
    if sentence := lacks(names.values(), required):
        raise FileRefused(sentence)
    return _rows(book.sheets[0], names)


def lacks(headings: Collection[str], required: Collection[str]) -> str:
    """Which needed columns are not there, as a sentence; empty when all are."""
    missing = [column for column in required if column not in headings]
    return _("The first row lacks the columns: %(columns)s") % {"columns": "、".join(missing)} if missing else ""


def _names(sheet: Sheet) -> dict[int, str]:
    """Headings by column. :raises FileRefused: one stands there twice."""
    _number, heading = next(sheet.lines())
    names = {position: str(cell) for position, cell in enumerate(heading) if cell != ""}
    if doubled := sorted({name for name in names.values() if list(names.values()).count(name) > 1}):
        raise FileRefused(_("The first row has a column twice: %(columns)s") % {"columns": "、".join(doubled)})
    return names


def _rows(sheet: Sheet, names: Mapping[int, str]) -> Iterator[tuple[int, Row]]:
    for number, cells in islice(sheet.lines(), 1, None):
        if row := row_of(cells, names):
            yield number, row


def row_of(cells: Sequence[Cell], names: Mapping[int, str]) -> Row:
    """The filled cells of a line under the names of their columns."""
    return {name: cells[at] for at, name in names.items() if at < len(cells) and cells[at] != ""}


__all__ = [
    "MAX_CELL", "MAX_ROWS", "SUFFIXES", "Book", "Cell", "FileRefused", "Peek", "Sheet", "book_of", "lacks", "peek",
    "read_book", "read_path", "row_of", "rows_of", "rows_of_book",
]  # fmt: skip
