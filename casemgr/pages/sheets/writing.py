"""Writing an Excel file that runs nothing: text stays text, whatever it begins with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from casemgr.pages.practice import add_sheet

FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Sheet:
    """One sheet: its title, headings, and rows of text or days."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Any]]


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The file's bytes."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = add_sheet(book, sheet.title)
        page.append([str(heading) for heading in sheet.headings])
        for row in sheet.rows:
            page.append([value if isinstance(value, date | int) else _text(value) for value in row])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _text(value: Any) -> str:
    cleaned = "".join(sign for sign in str(value or "") if sign.isprintable())
    return f"'{cleaned}" if cleaned.startswith(FORMULA) else cleaned
