"""Writing a ledger out in the columns it is read in."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from casemgr.ledgers.definition import Ledger
from casemgr.ledgers.readers import Reader
from casemgr.pages.practice import add_sheet
from casemgr.pages.sheets.text_cells import as_text


def write(ledger: Ledger, year: int, path: Path, reader: Reader) -> int:
    """Write .xlsx or .csv (UTF-8); returns the number of rows."""
    rows = (_line(ledger, row) for row in ledger.rows(year, reader))
    return _csv(ledger, rows, path) if path.suffix.lower() == ".csv" else _xlsx(ledger, rows, path)


def _line(ledger: Ledger, row: Mapping[str, Any]) -> list[str]:
    return [as_text(row.get(column, "")) for column in ledger.columns]


def _csv(ledger: Ledger, rows, path: Path) -> int:
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(ledger.columns)
        for count, row in enumerate(rows, 1):  # noqa: B007
            writer.writerow(row)
    return count


def _xlsx(ledger: Ledger, rows, path: Path) -> int:
    book, count = Workbook(write_only=True), 0
    sheet = add_sheet(book, ledger.code)
    sheet.append(list(ledger.columns))
    for count, row in enumerate(rows, 1):  # noqa: B007
        sheet.append(row)
    book.save(path)
    return count
