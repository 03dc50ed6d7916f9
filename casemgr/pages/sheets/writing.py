"""Writing an Excel file that runs nothing: text stays text, whatever it begins with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header
from openpyxl import Workbook

from casemgr.pages.practice import add_sheet
from casemgr.pages.sheets.text_cells import as_text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
            page.append([value if isinstance(value, date | int) else as_text(value) for value in row])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def workbook_answer(content: bytes, name: str) -> HttpResponse:
    """A workbook to keep, under `name` without extension; no cache holds it."""
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx")
    add_never_cache_headers(answer)
    return answer
