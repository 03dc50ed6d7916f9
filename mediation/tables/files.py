"""A table as a file: an Excel workbook with the rows it counts, a printed sheet, or the sheet that is published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from casemgr.pages.sheets.writing import XLSX
from mediation.tables import export
from mediation.tables.asking import Asked, reach_of, sheet_of, town_of
from mediation.tables.definition import Row
from mediation.tables.listing import counted_rows, shown

PDF = "application/pdf"
PUBLISHED = "published"


def file_of(request_for: Asked, user: Any, today: date, form: str) -> tuple[bytes, str, int]:
    """Content, media type, and how many rows the file lists."""
    found = sheet_of(request_for, user, today)
    issuer = settings.OFFICE_NAME or _("Dalad Banner Justice Bureau")
    if form == "pdf":
        return export.pdf(found, issuer), PDF, 0
    if form == PUBLISHED:
        return export.published_pdf(found, issuer), PDF, 0
    definition = request_for.definition
    reach = reach_of(request_for, user, today)
    counted = counted_rows(definition, request_for.months, reach, today, town_of(request_for))
    rows = list(islice(counted, export.LIMIT))
    first = definition.columns[0].code
    listed = shown([_with(row, first) for row in rows], first, user, today)
    values = [row.values for row in rows]
    return export.workbook(found, list(zip(listed, values, strict=True))), XLSX, len(rows)


def may_publish(request_for: Asked, user: Any, today: date) -> bool:
    """Whether it is the whole banner's table: a town's own one would tell what the banner's keeps back."""
    return request_for.unit is None and reach_of(request_for, user, today) is None


def _with(row: Row, code: str) -> Row:
    return row if code in row.values else replace(row, values={**row.values, code: 0})
