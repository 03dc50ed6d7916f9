"""The sheets of a year, one sheet with its objections, the rows behind a number, and the printed sheet."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.performing import is_allowed
from casemgr.actions.record_pages import action_page, new_page, one, steps
from casemgr.assessment.models import SheetLine, SheetPaper, UnitSheet
from casemgr.assessment.models.sheet import SheetState
from casemgr.assessment.roles import demand_assessment
from casemgr.assessment.sheets.printed import sheet_text
from casemgr.assessment.sheets.reading import read_unit, restated
from casemgr.documents.files import FileDamaged
from casemgr.documents.rendering import render_pdf, render_word
from casemgr.documents.responses import damaged_page, file_response
from casemgr.documents.uploads.receiving import takes_files
from casemgr.pages.pagination import paginate
from casemgr.pages.requests import row_id

FORM = "assessment/form.html"
MAKE = "sheet.make"


@require_safe
def sheet_list(request: HttpRequest) -> HttpResponse:
    today = demand_assessment(request)
    rows = UnitSheet.objects.visible_to(request.user, today).select_related("unit")
    year = row_id(request.GET.get("year"))
    if year is not None:
        rows = rows.filter(year=min(year, 9999))
    context = {
        "page": paginate(rows, ["-year", "unit__path", "pk"], request.GET),
        "year": year,
        "may_make": is_allowed(request, MAKE, None, today),
    }
    return render(request, "assessment/sheets.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_new(request: HttpRequest) -> HttpResponse:
    today = demand_assessment(request)
    return new_page(request, MAKE, "sheet_list", {"year": today.year}, requires=demand_assessment, template=FORM)


def _sheet(request: HttpRequest, pk: int, today: date) -> UnitSheet:
    return one(request, UnitSheet, pk, today, "unit", "made_by")


@require_safe
def sheet_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft's numbers are read now; a sent sheet's are kept, with what the register tells otherwise since."""
    today = demand_assessment(request)
    sheet = _sheet(request, pk, today)
    context: dict[str, Any] = {"sheet": sheet, "today": today, **steps(sheet, request, today)}
    if sheet.state == SheetState.DRAFT:
        context["reads"] = [(read, _rows_address(sheet, read.measure)) for read in read_unit(sheet, today, today)]
    else:
        lines = list(sheet.lines.prefetch_related("objections__files", "objections__raised_by"))
        since = restated(sheet, today)
        context["lines"] = [(line, since.get(line.measure)) for line in lines]
        context["objections"] = [(line, one) for line in lines for one in line.objections.all()]
        context["sent_paper"] = sheet.papers.filter(state=SheetState.SENT).first()
    return render(request, "assessment/sheet.html", context)


def _rows_address(sheet: UnitSheet, measure: Any) -> str:
    address = reverse("indicator_rows", args=[measure.indicator])
    return f"{address}?{urlencode({'year': sheet.year, 'unit': sheet.unit_id, 'part': measure.part})}"


@require_safe
def sheet_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows behind one number of a sent sheet, as they were counted; `?all` also those only in the base."""
    today = demand_assessment(request)
    seen = UnitSheet.objects.visible_to(request.user, today).order_by().values("pk")
    line = SheetLine.objects.filter(pk=pk, sheet__in=seen).select_related("sheet__unit").first()
    if line is None:
        raise Http404
    rows = line.entries.all() if "all" in request.GET else line.entries.filter(is_named=True)
    context = {"line": line, "page": paginate(rows.select_related("case"), ["-on", "-pk"], request.GET)}
    return render(request, "assessment/sheet_rows.html", context)


@require_safe
def sheet_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The bytes that the unit was given last; `?sent` those it was sent first."""
    today = demand_assessment(request)
    sheet = _sheet(request, pk, today)
    if form not in ("pdf", "docx") or sheet.state == SheetState.DRAFT:
        raise Http404
    state = SheetState.SENT if "sent" in request.GET else sheet.state
    paper = SheetPaper.objects.filter(sheet=sheet, state=state).first()
    try:
        content = paper.content(form) if paper is not None else _without_paper(sheet, form)
    except FileDamaged:
        return damaged_page(request, sheet.get_absolute_url())
    return file_response(content, form, str(paper or sheet), download=form == "docx")


def _without_paper(sheet: UnitSheet, form: str) -> bytes:
    """Of a sheet sent or frozen before papers were kept: from its kept numbers."""
    draft = sheet.state != SheetState.FROZEN
    return (render_pdf if form == "pdf" else render_word)(sheet_text(sheet), draft=draft)


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    today = demand_assessment(request)
    return action_page(request, _sheet(request, pk, today), name, "sheet_list", template=FORM)
