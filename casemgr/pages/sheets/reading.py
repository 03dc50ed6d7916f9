"""Reading .xlsx, .xls and .csv (UTF-8 and GB18030) row by row, with limits; a broken file is one clear error."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from casemgr.pages.sheets.rows import Row

MAX_BYTES = 60 * 1024 * 1024
MAX_UNPACKED = 600 * 1024 * 1024
MAX_ROWS = 300_000
MAX_COLUMNS = 200
MAX_CELL = 5000


class FileRefused(Exception):
    """The file as a whole cannot be read; the message says why and what to do."""


@dataclass(frozen=True)
class Peek:
    """What a look at a file shows: its headings, and how many rows it has, counted up to a number."""

    headings: tuple[str, ...]
    rows: int


def peek(path: Path, most: int) -> Peek:
    """Look at a file without loading it. :raises FileRefused:"""
    names, lines = _headed(path)
    return Peek(tuple(names), sum(1 for _row in islice(_rows(names, lines), most)))


def rows_of(path: Path, required: Collection[str]) -> Iterator[tuple[int, Row]]:
    """Number in the sheet and cells by heading. :raises FileRefused:"""
    names, lines = _headed(path)
    if sentence := lacks(names, required):
        raise FileRefused(sentence)
    yield from _rows(names, lines)


def lacks(headings: Collection[str], required: Collection[str]) -> str:
    """Which needed columns are not there, as a sentence; empty when all are."""
    missing = [column for column in required if column not in headings]
    return _("The first row lacks the columns: %(columns)s") % {"columns": "、".join(missing)} if missing else ""


def _headed(path: Path) -> tuple[list[str], Iterator[list[Any]]]:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise FileRefused(_("The file cannot be opened: %(path)s") % {"path": path}) from error
    if size > MAX_BYTES:
        raise FileRefused(_("The file is larger than 60 MB. Split it."))
    lines = _csv_lines(path) if path.suffix.lower() == ".csv" else _sheet_lines(path)
    heading = next(lines, None)
    if heading is None:
        raise FileRefused(_("The file is empty."))
    names = [_cell_text(value) for value in heading[:MAX_COLUMNS]]
    if doubled := sorted({name for name in names if name and names.count(name) > 1}):
        raise FileRefused(_("The first row has a column twice: %(columns)s") % {"columns": "、".join(doubled)})
    return names, lines


def _rows(names: list[str], lines: Iterator[list[Any]]) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(lines, 2):
        if number > MAX_ROWS:
            raise FileRefused(_("The file has more than 300,000 rows. Split it."))
        row = {name: value for name, cell in zip(names, line, strict=False) if name and (value := _cell(cell)) != ""}
        if row:
            yield number, row


def _sheet_lines(path: Path) -> Iterator[list[Any]]:
    if path.suffix.lower() not in (".xlsx", ".xls"):
        raise FileRefused(_("Only .xlsx, .xls and .csv files are read."))
    if path.suffix.lower() == ".xlsx":
        _refuse_bomb(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheet = book.get_sheet_by_index(0)
        if sheet.height > MAX_ROWS:
            raise FileRefused(_("The file has more than 300,000 rows. Split it."))
        yield from sheet.iter_rows()
    except FileRefused:
        raise
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise FileRefused(_("This is no readable Excel file. Save it again as .xlsx.")) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the reader's own alarm at a broken file
            raise
        raise FileRefused(_("This is no readable Excel file. Save it again as .xlsx.")) from error


def _refuse_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
                raise FileRefused(_("The file unpacks to more than 600 MB and is not read."))
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise FileRefused(_("This is no readable Excel file. Save it again as .xlsx.")) from error


def _csv_lines(path: Path) -> Iterator[list[str]]:
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            decoded = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise FileRefused(_("The file is neither in UTF-8 nor in GB18030. Save it again as .xlsx."))
    if "\0" in decoded:
        raise FileRefused(_("The file holds binary data. Save it again as .xlsx."))
    try:
        yield from csv.reader(io.StringIO(decoded, newline=""))
    except csv.Error as error:
        raise FileRefused(_("The file cannot be read as CSV: %(error)s") % {"error": error}) from error


def _cell(value: Any) -> str | date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else _cell_text(value)


def _cell_text(value: Any) -> str:
    """Text as shown: a whole number without its decimal point, nothing longer than a cell may be."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).strip()
    return (text[1:] if text.startswith("'") else text)[:MAX_CELL]
