"""A table as a file: an Excel workbook with the rows it counts, or a printed sheet."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from casemgr.indicators.reading import not_recused
from casemgr.indicators.tables import export
from casemgr.indicators.tables.asking import Asked
from casemgr.indicators.tables.comparing import beside
from casemgr.indicators.tables.counting import marks, sheet, within_reach
from casemgr.indicators.tables.models import PeriodLock
from casemgr.indicators.tables.official import OfficialTable
from casemgr.indicators.tables.rows import shown

PDF = "application/pdf"


def office_name() -> str:
    return settings.OFFICE_NAME or _("Dalad Banner Justice Bureau")


def file_of(table: OfficialTable, request: Asked, user: Any, today: date, form: str) -> tuple[bytes, int]:
    """Content, and how many rows the file lists."""
    reach = within_reach(table.read_from, user, today)
    found = sheet(table, request.span, request.known, reach)
    before = beside(table, request, reach)
    if form == "pdf":
        return export.pdf(found, request, before, office_name(), _filled(table, request)), 0
    listed = not_recused(marks(table.read_from, request.span, request.known, reach), user)
    rows = list(listed.select_related("case", "unit").order_by("on", "pk")[: export.LIMIT])
    return export.workbook(found, request, before, shown(table.read_from, rows), office_name()), len(rows)


def _filled(table: OfficialTable, request: Asked) -> tuple[str, str]:
    """Who filled in and checked the period, where it is locked."""
    if request.part is None:
        return "", ""
    lock = PeriodLock.objects.filter(book=table.book, year=request.year, part=request.part).first()
    return (lock.filled_by, lock.checked_by) if lock else ("", "")
