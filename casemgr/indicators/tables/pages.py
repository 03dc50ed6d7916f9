"""The pages of the official tables: the list of all tables, one table, the rows behind a number, and why it changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from casemgr.actions.performing import is_allowed
from casemgr.audit.access import record_access
from casemgr.indicators.further_reports import further_reports
from casemgr.indicators.reading import not_recused
from casemgr.indicators.tables import export, files, locking
from casemgr.indicators.tables.actions import LockPeriod
from casemgr.indicators.tables.asking import Asked, NoTable, asked, demand_known, of_part
from casemgr.indicators.tables.comparing import Beside, Change, beside, changes
from casemgr.indicators.tables.counting import Sheet, SheetLine, sheet, within_reach
from casemgr.indicators.tables.definition import MEASURE_LABELS, Column, Definition, Full, definitions, told
from casemgr.indicators.tables.models import KEEPING, Part
from casemgr.indicators.tables.official import OfficialTable, books, official_tables
from casemgr.indicators.tables.reports import may_see
from casemgr.indicators.tables.rows import behind, differing, shown
from casemgr.pages.clock import today as clock_today
from casemgr.pages.errors import error_page
from casemgr.pages.pagination import paginate
from casemgr.pages.sheets.writing import XLSX

YEARS = 5
FORMS = {"xlsx": XLSX, "pdf": files.PDF}


@dataclass(frozen=True)
class Figure:
    """One line of the page: a column, its value, where it leads, and what it was before."""

    column: Column
    label: str
    measure: str
    value: str
    address: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Block:
    """The lines of one group of columns."""

    group: str
    figures: tuple[Figure, ...]


def table_of(request: HttpRequest, code: str, today: date) -> OfficialTable:
    """:raises Http404: there is none. :raises PermissionDenied: it is none of the person's business."""
    found = official_tables().get(code)
    if found is None:
        raise Http404
    if not may_see(found, request.user, today):
        raise PermissionDenied
    return found


def asked_of(request: HttpRequest, table: OfficialTable, today: date) -> tuple[Asked, str]:
    """What the address asks for, or this year and why the address cannot be answered."""
    try:
        found = asked({name: request.GET.get(name, "") for name in request.GET}, today)
        demand_known(table, found)
        return found, ""
    except NoTable as problem:
        return of_part(today.year, Part.YEAR, None, today), str(problem)


@require_safe
def table_list(request: HttpRequest) -> HttpResponse:
    """Every table the person may see, by what it is about."""
    today = clock_today()
    known = [one for code, one in further_reports().items() if one.is_known_to(request.user, today)]
    listed = [definitions()[one.code] for one in known if one.code in definitions()]
    if not listed:
        raise PermissionDenied
    context = {
        "tables": [(one, reverse(one.page or "official_sheet", args=[one.code])) for one in _in_order(listed)],
        "keeps": bool(KEEPING.intersection(request.user.role_codes(today))),
    }
    return render(request, "official_tables/list.html", context)


def _in_order(listed: list[Definition]) -> list[Definition]:
    """T1 to T11 before M-1 to M-6."""
    official = list(official_tables().values())
    return [*(one for one in official if one in listed), *(one for one in listed if one not in official)]


@require_safe
def table_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """One table for a period, beside earlier ones; every number leads to its rows."""
    today = clock_today()
    table = table_of(request, code, today)
    request_for, problem = asked_of(request, table, today)
    reach = within_reach(table.read_from, request.user, today)
    found = sheet(table, request_for.span, request_for.known, reach)
    line = next((one for one in found.lines if one.line.code == request.GET.get("line")), None)
    before = [] if line else beside(table, request_for, reach)
    kept = request_for.query()
    context = {
        "table": table,
        "found": found,
        "asked": request_for,
        "line": line,
        "problem": problem,
        "before": before,
        "blocks": _blocks(found, request_for, line, before),
        "heads": table.heads,
        "lines": [_line(found, one, request_for) for one in found.lines],
        "total": _cells(found, None, request_for),
        "particulars": export.particulars(found, request_for),
        "broken": line.broken if line else found.broken,
        "broken_lines": [(one.line, check) for one in found.lines for check in one.broken],
        "years": [today.year - back for back in range(YEARS)],
        "parts": Part.choices,
        "query": urlencode(kept),
        "is_past": request_for.known is not None,
        **_locking(request, table, request_for, today),
    }
    return render(request, "official_tables/sheet.html", context)


def _locking(request: HttpRequest, table: OfficialTable, request_for: Asked, today: date) -> dict[str, Any]:
    """Whether the period is locked; if it is not, what is to be told with it. For who keeps or watches the tables."""
    if request_for.part is None or not KEEPING.intersection(request.user.role_codes(today)):
        return {}
    lock = locking.of_period(table.book, request_for.year, request_for.part)
    if lock is not None:
        return {"lock": lock}
    book = books()[table.book]
    late = [] if request_for.known else locking.untold(book, request_for.span.last, today)
    return {
        "late": [(one, locking.words_of(book, differs)) for one, differs in late],
        "may_lock": request_for.span.last < today and is_allowed(request, LockPeriod.name, None, today),
    }


def _blocks(found: Sheet, request: Asked, line: SheetLine | None, before: list[Beside]) -> list[Block]:
    values = Full(line.values if line else found.values)
    figures = [
        Figure(
            column,
            str(column.label),
            str(MEASURE_LABELS[column.measure]),
            told(column, values),
            _address(found.table, column, line, request),
            tuple(changes(column, found, before)),
        )
        for column in found.table.columns
    ]
    return [Block(group, tuple(several)) for group, several in groupby(figures, key=lambda one: str(one.column.group))]


def _address(table: OfficialTable, column: Column, line: SheetLine | None, request: Asked) -> str:
    if column.words is not None:
        return ""
    query = request.query(column=column.code, line=line.line.code if line else "")
    return f"{reverse('official_rows', args=[table.code])}?{urlencode(query)}"


def _cells(found: Sheet, line: SheetLine | None, request: Asked) -> list[tuple[Column, str, str]]:
    values = Full(line.values if line else found.values)
    return [(one, told(one, values), _address(found.table, one, line, request)) for one in found.table.heads]


def _line(found: Sheet, line: SheetLine, request: Asked) -> dict[str, Any]:
    return {
        "name": line.line.name,
        "address": urlencode(request.query(line=line.line.code)),
        "cells": _cells(found, line, request),
    }


@require_safe
def table_rows(request: HttpRequest, code: str) -> HttpResponse:
    """Exactly the rows that a number counts."""
    today = clock_today()
    table = table_of(request, code, today)
    request_for, problem = asked_of(request, table, today)
    column = table.column(request.GET.get("column", "")) or table.columns[0]
    line = request.GET.get("line", "")[:24]
    reach = within_reach(table.read_from, request.user, today)
    counted = behind(table, column, line, request_for.span, request_for.known, reach)
    listed = not_recused(counted, request.user).select_related("case", "unit")
    page = paginate(listed, ["-on", "-pk"], request.GET)
    context = {
        "table": table,
        "column": column,
        "asked": request_for,
        "page": page,
        "rows": shown(table.read_from, page),
        "hidden": counted.filter(case_id__in=request.user.recusals.values("case_id")).count(),
        "problem": problem,
        "back": urlencode(request_for.query(line=line)),
        "differences": urlencode(request_for.query(column=column.code, line=line)),
    }
    return render(request, "official_tables/rows.html", context)


@require_safe
def table_differences(request: HttpRequest, code: str) -> HttpResponse:
    """Why a number is not what it was known to be on another day: rows added, gone and changed."""
    today = clock_today()
    table = table_of(request, code, today)
    request_for, problem = asked_of(request, table, today)
    column = table.column(request.GET.get("column", "")) or table.columns[0]
    line = request.GET.get("line", "")[:24]
    earlier, trouble = _earlier(request, table, request_for, today)
    reach = within_reach(table.read_from, request.user, today)
    rows = []
    if earlier is not None:
        days = (earlier, request_for.known)
        rows = differing(table, column, line, request_for.span, days, reach)
        hidden = set(request.user.recusals.values_list("case_id", flat=True))
        rows = [one for one in rows if one.case is None or one.case.pk not in hidden]
    context = {
        "table": table,
        "column": column,
        "asked": request_for,
        "line": line,
        "earlier": earlier,
        "rows": rows,
        "problem": problem or trouble,
        "back": urlencode(request_for.query(line=line)),
    }
    return render(request, "official_tables/differences.html", context)


def _earlier(request: HttpRequest, table: OfficialTable, request_for: Asked, today: date) -> tuple[date | None, str]:
    """The other day, or why it is none."""
    text = request.GET.get("earlier", "")
    if not text:
        return None, ""
    try:
        found = asked({"year": str(request_for.year), "as_of": text}, today)
        demand_known(table, found)
    except NoTable as problem:
        return None, str(problem)
    return found.known or today, ""


@require_safe
def table_file(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The table as an Excel file with its rows, or printed. Each one is recorded."""
    today = clock_today()
    table = table_of(request, code, today)
    if form not in FORMS:
        raise Http404
    request_for, problem = asked_of(request, table, today)
    if problem:
        return error_page(request, 409, message=problem, back=reverse("official_sheet", args=[code]))
    content, rows = files.file_of(table, request_for, request.user, today, form)
    record_access(request.user, "figures_exported", indicator=code, rows=rows, **request_for.query())
    response = HttpResponse(content, content_type=FORMS[form])
    name = f"{table.name}-{request_for.span.first.isoformat()}-{request_for.span.last.isoformat()}.{form}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["Cache-Control"] = "private, no-store"
    return response
