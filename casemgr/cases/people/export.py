"""The case list as an Excel file: what the list shows, in the same order, within scope."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook

from casemgr.cases.rows import CaseRow
from casemgr.pages.masking import without_numbers
from casemgr.pages.practice import add_sheet
from casemgr.pages.sheets.text_cells import as_text

LIMIT = 5000
"""Rows of one file; a longer list is narrowed by conditions."""


def workbook(rows: Iterable[CaseRow]) -> bytes:
    """One sheet with a heading."""
    book = Workbook(write_only=True)
    sheet = add_sheet(book, _("Cases"))
    headings = (_("Case number"), _("Title"), _("Parties"), _("Unit"), _("Handler"), _("State"), _("Opened on"),
                _("Due on"), _("Period"))  # fmt: skip
    sheet.append([str(heading) for heading in headings])
    for row in rows:
        case = row.case
        sheet.append(
            [
                *(safe(text) for text in (case.number, case.title, row.sides, case.unit.name)),
                safe(case.lead_handler.full_name if case.lead_handler else ""),
                safe(str(case.state_info.label)),
                case.opened_on,
                row.due_on,
                safe(str(row.rule)),
            ]
        )
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def safe(text: str) -> str:
    """Nothing that calculates, no personal number."""
    return as_text(without_numbers(text))
