"""The refused rows of an import as a workbook: each as it was sent in, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casemgr.ledgers import keeping
from casemgr.ledgers.layout import Layout, headings, letter, lines_below
from casemgr.ledgers.models import ImportedRow, LedgerImport
from casemgr.pages.sheets.writing import Sheet, workbook


def workbook_of(of_import: LedgerImport) -> bytes:
    """:raises FileRefused: the cells are not kept any more."""
    book, layout = keeping.opened(of_import), Layout.of(of_import.layout)
    names = headings(book, layout.sheet, layout.heading)
    width = max([*names, *layout.columns, 0]) + 1
    heads = [names.get(position) or letter(position) for position in range(width)]
    refused = of_import.imported_rows.filter(outcome=ImportedRow.Outcome.REJECTED).order_by("number")

    def rows() -> Iterator[list[Any]]:
        waiting = refused.values_list("number", "problems").iterator(chunk_size=1000)
        lines = lines_below(book, layout)
        for number, problems in waiting:
            cells: list[Any] = next((line for at, line in lines if at == number), [])
            own = [_text(cell) for cell in cells[:width]]
            yield [*own, *[""] * (width - len(own)), number, sentence(problems)]

    return workbook([Sheet(_("Refused rows"), [*heads, _("Row"), _("Why it is refused")], rows())])


def sentence(problems: list[list[str]]) -> str:
    """Column: reason; and so on."""
    return "；".join(f"{column}：{reason}" if column else reason for column, reason in problems)


def _text(cell: Any) -> str:
    return cell.isoformat() if isinstance(cell, date) else cell


__all__ = ["sentence", "workbook_of"]
