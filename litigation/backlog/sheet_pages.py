"""The printed form of an item's clearance, and the ledger of the year's or a unit's items."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from casemgr.actions.record_pages import one
from casemgr.documents.rendering import render_pdf, render_word
from casemgr.documents.responses import file_response
from casemgr.organisation.models import Unit
from casemgr.pages.requests import row_id
from casemgr.pages.sheets.writing import workbook_answer
from litigation.backlog.asking import demand_backlog, items_seen, year_asked
from litigation.backlog.figures import items_of
from litigation.backlog.sheets import MOST, clearance_form, ledger, ledger_workbook
from litigation.models import BacklogItem


@require_safe
def clearance_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """销号审批表 as PDF, or Word by `?format=docx`."""
    today = demand_backlog(request)
    item = one(request, BacklogItem, pk, today, "number", "unit")
    file_format = request.GET.get("format", "pdf")
    if file_format not in ("pdf", "docx"):
        raise Http404
    made = (render_pdf if file_format == "pdf" else render_word)(clearance_form(item, today))
    return file_response(made, file_format, f"销号审批表-{item}", download=file_format == "docx")


@require_safe
def ledger_file(request: HttpRequest, form: str) -> HttpResponse:
    """积案台账: the year's base and what fell due since; all items while no base is taken. `?unit=`: of one unit."""
    today = demand_backlog(request)
    year = year_asked(request, today)
    rows = items_seen(request, today).select_related("number", "unit")
    title = "生效裁判积案台账"
    if year is not None and year.snapshot_on is not None:
        rows = rows.filter(pk__in=items_of(year, "dynamic", today).values("pk"))
        title = f"{year.year}年度{title}"
    unit = Unit.objects.filter(pk=row_id(request.GET.get("unit"))).first() if request.GET.get("unit") else None
    if unit is not None:
        rows, title = rows.of_unit(unit.pk), f"{unit.name}{title}"
    items = list(rows.order_by("unit__path", "perform_due_on", "pk")[:MOST])
    if form == "pdf":
        return file_response(render_pdf(ledger(items, title, today)), "pdf", title, download=False)
    return workbook_answer(ledger_workbook(items), title)
