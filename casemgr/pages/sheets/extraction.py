"""The process that reads one sheet file: takes it on its input, limits itself, answers with one JSON line a row.

Bare Python, no Django. A hostile file can end this process and nothing else; what it says is only cells.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

MAX_UNPACKED = 600 * 1024 * 1024
MAX_ROWS = 300_000
MAX_COLUMNS = 200
MAX_SHEETS = 50
MAX_CELL = 5000
"""A longer cell is cut one sign behind this, so that whoever loads it can say so."""
MAX_MERGED = 200_000
"""Cells filled from the first one of a merged range."""
_UNSEEN = dict.fromkeys(code for code in range(32) if chr(code) not in "\t\n")
"""Control signs: they are no text, and no sheet could be written with them."""
_DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT = 20
"""Lines of a text file that tell its delimiter."""


class Refused(Exception):
    """The file is not read; the code says why."""


def limit(memory: int, seconds: int) -> None:
    """From here on the kernel ends us when we take more than this."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 32),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def extract(content: bytes, family: str) -> Iterator[list[Any]]:
    """`["sheet", name]`, then `[number, [cells]]` of each row that is not empty; a day is `[iso]`. :raises Refused:"""
    left = MAX_ROWS
    for name, rows in _text_sheets(content) if family == "text" else _book_sheets(content):
        yield ["sheet", name]
        for number, cells in rows:
            while cells and cells[-1] == "":
                cells.pop()
            if not cells:
                continue
            left -= 1
            if left < 0:
                raise Refused("rows")
            yield [number, cells[:MAX_COLUMNS]]


# workbooks


def _book_sheets(content: bytes) -> Iterator[tuple[str, Iterable[tuple[int, list[Any]]]]]:
    from python_calamine import CalamineWorkbook

    if content[:2] == b"PK":
        _refuse_bomb(content)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names[:MAX_SHEETS]:
        try:
            sheet = book.get_sheet_by_name(name)
        except ValueError:  # a chart, or a macro's sheet
            continue
        yield name[:100], _sheet_rows(sheet)


def _refuse_bomb(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
            raise Refused("bomb")


def _sheet_rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    first_row, first_column = sheet.start or (0, 0)
    before = [""] * min(first_column, MAX_COLUMNS)
    merged = _merged(sheet)
    kept: dict[tuple[int, int], Any] = {}
    for row, line in enumerate(sheet.iter_rows(), first_row):
        cells = [*before, *(_cell(value) for value in line[:MAX_COLUMNS])]
        for column, origin in merged.get(row, ()):
            if origin == (row, column):
                kept[origin] = cells[column] if column < len(cells) else ""
            elif value := kept.get(origin):
                cells += [""] * (column + 1 - len(cells))
                cells[column] = cells[column] or value
        yield row + 1, cells


def _merged(sheet: Any) -> dict[int, list[tuple[int, tuple[int, int]]]]:
    """By row: columns of cells merged over several rows, and where the value of each stands."""
    found: dict[int, list[tuple[int, tuple[int, int]]]] = {}
    count = 0
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if top == bottom or left != right or left >= MAX_COLUMNS:
            continue  # side by side it is a title
        for row in range(top, bottom + 1):
            count += 1
            if count > MAX_MERGED:
                return found
            found.setdefault(row, []).append((left, (top, left)))
    return found


def _cell(value: Any) -> str | list[str]:
    """Text as shown: a whole number without its decimal point, a day as a list of one."""
    if isinstance(value, datetime):
        return [value.date().isoformat()]
    if isinstance(value, date):
        return [value.isoformat()]
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, time | timedelta):
        return str(value)
    return "" if value is None else _text(str(value))


def _text(value: str) -> str:
    if not value.isprintable():
        value = value.replace("\r\n", "\n").replace("\r", "\n").translate(_UNSEEN)
    return value.strip()[: MAX_CELL + 1]


# text files


def _text_sheets(content: bytes) -> Iterator[tuple[str, Iterable[tuple[int, list[Any]]]]]:
    yield "", _text_rows(_decoded(content))


def _decoded(content: bytes) -> str:
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        with contextlib.suppress(UnicodeDecodeError):
            decoded = content.decode(encoding)
            break
    else:
        raise Refused("encoding")
    if "\0" in decoded:
        raise Refused("binary")
    return decoded


def _text_rows(text: str) -> Iterator[tuple[int, list[Any]]]:
    csv.field_size_limit(max(len(text), 1))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    while True:
        first = reader.line_num + 1
        try:
            line = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Refused("csv") from error
        yield first, [_text(value) for value in line[:MAX_COLUMNS]]


def _delimiter(text: str) -> str:
    """The sign that splits the first lines into the most columns, and each into as many."""
    lines = [line for line in text[:200_000].splitlines() if line.strip()][:_LOOKED_AT]
    counts = {sign: [line.count(sign) for line in lines] for sign in _DELIMITERS}
    return max(_DELIMITERS, key=lambda sign: (sum(1 for count in counts[sign] if count), max(counts[sign], default=0)))


def main() -> None:
    question = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    limit(question["memory"], question["seconds"])
    out = sys.stdout.buffer
    try:
        for line in extract(content, question["family"]):
            out.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n")
        last = ["end"]
    except Refused as refused:
        last = ["refused", str(refused)]
    except (MemoryError, RecursionError):
        last = ["refused", "much"]
    except BaseException:  # also the reader's own alarm at a broken file, which is no Exception
        last = ["refused", "unreadable"]
    out.write(json.dumps(last).encode() + b"\n")
    out.flush()
