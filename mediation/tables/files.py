"""A table as a file: an Excel workbook with the rows it counts, or a printed sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from mediation.tables import export
from mediation.tables.asking import Asked, reach_of, sheet_of, town_of
from mediation.tables.definition import Row
from mediation.tables.listing import counted_rows, shown

XLSX, PDF = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/pdf"


def file_of(request_for: Asked, user: Any, today: date, form: str) -> tuple[bytes, str, int]:
    """Content, media type, and how many rows the file lists."""
    found = sheet_of(request_for, user, today)
    if form == "pdf":
        return export.pdf(found, settings.OFFICE_NAME or _("Dalad Banner Justice Bureau")), PDF, 0
    definition = request_for.definition
    reach = reach_of(request_for, user, today)
    counted = counted_rows(definition, request_for.months, reach, today, town_of(request_for))
    rows = list(islice(counted, export.LIMIT))
    first = definition.columns[0].code
    listed = shown([_with(row, first) for row in rows], first, user, today)
    values = [row.values for row in rows]
    return export.workbook(found, list(zip(listed, values, strict=True))), XLSX, len(rows)


def _with(row: Row, code: str) -> Row:
    return row if code in row.values else replace(row, values={**row.values, code: 0})
