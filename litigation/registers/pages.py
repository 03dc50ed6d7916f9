"""The printed ledgers as a page, an Excel file and a PDF on A4 across."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from casemgr.audit.access import record_access
from casemgr.documents.rendering import Cell, DocumentText, Section, Table, render_pdf
from casemgr.documents.responses import file_response
from casemgr.organisation.models import Unit
from casemgr.organisation.office import entered_name
from casemgr.pages.clock import today as clock_today
from casemgr.pages.dates import long_date
from casemgr.pages.pagination import paginate
from casemgr.pages.requests import row_id
from casemgr.pages.sheets.writing import Sheet, workbook, workbook_answer
from litigation.registers.tables import REGISTERS, Register, lines_in, rows_of, units_in_suits
from litigation.roles import demand_litigation

MOST = {"xlsx": 10_000, "pdf": 1_000}
"""Rows of one file; what is longer is narrowed by unit."""
YEARS = 5


def _asked(request: HttpRequest, today: date) -> tuple[Register, int, Unit | None]:
    """:raises Http404: no such ledger, or a unit that is sued in none of the person's suits."""
    register = REGISTERS.get(request.GET.get("kind") or "sessions")
    if register is None:
        raise Http404
    asked = row_id(request.GET.get("year"))
    year = asked if asked is not None and 1990 <= asked <= 2099 else today.year
    unit = row_id(request.GET.get("unit"))
    if unit is None:
        return register, year, None
    found = units_in_suits(request.user, today).filter(pk=unit).first()
    if found is None:
        raise Http404
    return register, year, found


@require_safe
def register_page(request: HttpRequest) -> HttpResponse:
    """The lines of one ledger, page by page, with the ways to print them."""
    today = clock_today()
    demand_litigation(request.user, today)
    register, year, unit = _asked(request, today)
    rows = rows_of(register, request.user, today, year, unit.pk if unit else None)
    page = paginate(rows, list(register.order), request.GET)
    kept: dict[str, Any] = {"kind": register.code, "year": year} | ({"unit": unit.pk} if unit else {})
    context = {
        "register": register,
        "registers": [one for one in REGISTERS.values() if one.is_of_year],
        "page": page,
        "lines": [
            (case, list(zip(register.columns, cells, strict=True))) for case, cells in register.lines(list(page))
        ],
        "year": year,
        "years": [today.year - back for back in range(YEARS)],
        "unit": unit,
        "units": units_in_suits(request.user, today),
        "kept": urlencode(kept),
    }
    return render(request, "litigation/registers/page.html", context)


@require_safe
def register_file(request: HttpRequest) -> HttpResponse:
    """The same lines as a file; who took it is recorded."""
    today = clock_today()
    demand_litigation(request.user, today)
    register, year, unit = _asked(request, today)
    form = request.GET.get("format") or "pdf"
    if form not in MOST:
        raise Http404
    rows = rows_of(register, request.user, today, year, unit.pk if unit else None)
    cells = [line for _case, line in lines_in(register, rows, MOST[form] + 1)]
    is_cut = len(cells) > MOST[form]
    cells = cells[: MOST[form]]
    title = title_of(register, year, unit)
    if form == "xlsx":
        content = workbook([Sheet(str(register.label), register.columns, cells)])
    else:
        content = pdf(register, title, cells, entered_name(today), today, is_cut=is_cut)
    record_access(request.user, "register_exported", ledger=register.code, year=year, rows=len(cells))
    return workbook_answer(content, title) if form == "xlsx" else file_response(content, "pdf", title, download=False)


def title_of(register: Register, year: int, unit: Unit | None) -> str:
    """开庭台账 2026 达拉特旗公安局"""
    year_words = str(year) if register.is_of_year else ""
    return " ".join(filter(None, (str(register.label), year_words, unit.name if unit else "")))


def pdf(
    register: Register, title: str, lines: list[list[str]], issuer: str, today: date, *, is_cut: bool = False
) -> bytes:
    """On A4 across, with the heading on each page."""
    head = (
        Cell(pgettext("ledger", "No."), label=True),
        *(Cell(str(column), label=True) for column in register.columns),
    )
    body = [(Cell(str(place)), *(Cell(text) for text in line)) for place, line in enumerate(lines, 1)]
    words = _("As of %(day)s; %(count)s rows.") % {"day": long_date(today), "count": len(lines)}
    if is_cut:
        words += " " + _("There are more rows: choose one unit, or take the Excel file.")
    table = Table(rows=(head, *body), widths=(0.5, *register.widths), header_rows=1)
    sections = (Section(blocks=(table,)), Section(text=words))
    return render_pdf(DocumentText(title=title, issuer=issuer, sections=sections, seal_place=False, kind="figures"))


__all__ = ["pdf", "register_file", "register_page", "title_of"]
