"""The reports, one of them with its tables and pictures, and its files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.performing import is_allowed
from casemgr.actions.record_pages import action_page, new_page, one, steps
from casemgr.assessment.models import Report
from casemgr.assessment.models.report import ReportState
from casemgr.assessment.reports.text import sections_of, text_of
from casemgr.assessment.roles import demand_office
from casemgr.documents.files import FileDamaged
from casemgr.documents.rendering import render_pdf, render_word
from casemgr.documents.rendering.definition import Pictures, Table
from casemgr.documents.responses import damaged_page, file_response
from casemgr.pages.pagination import paginate

FORM = "assessment/form.html"
DRAFT = "report.draft"


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    today = demand_office(request)
    rows = Report.objects.visible_to(request.user, today)
    context = {
        "page": paginate(rows, ["-year", "-pk"], request.GET),
        "may_draft": is_allowed(request, DRAFT, None, today),
    }
    return render(request, "assessment/reports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def report_new(request: HttpRequest) -> HttpResponse:
    return new_page(request, DRAFT, "report_list", requires=demand_office, template=FORM)


@require_safe
def report_detail(request: HttpRequest, pk: int) -> HttpResponse:
    today = demand_office(request)
    report = one(request, Report, pk, today, "drafted_by", "issued_by")
    shown = [
        (
            section,
            [_with_heads(block) for block in section.blocks if isinstance(block, Table)],
            [chart for block in section.blocks if isinstance(block, Pictures) for chart in block.charts],
        )
        for section in sections_of(report)
    ]
    context = {"report": report, "sections": shown, **steps(report, request, today)}
    return render(request, "assessment/report.html", context)


def _with_heads(table: Table) -> tuple[list[str], list[list[tuple[str, str]]]]:
    """The headings, and each row's texts beside them: on a phone the headings are out of sight."""
    head, *rows = ([cell.text for cell in row] for row in table.rows)
    return head, [list(zip(head, row, strict=True)) for row in rows]


@require_safe
def report_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The bytes as issued; before that a draft with its mark."""
    report = one(request, Report, pk, demand_office(request))
    if form not in ("pdf", "docx"):
        raise Http404
    if report.state == ReportState.DRAFT:
        content = (render_pdf if form == "pdf" else render_word)(text_of(report), draft=True)
    else:
        try:
            content = report.content(form)
        except FileDamaged:
            return damaged_page(request, report.get_absolute_url())
    return file_response(content, form, str(report), download=form == "docx")


@require_http_methods(["GET", "HEAD", "POST"])
def report_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    return action_page(request, one(request, Report, pk, demand_office(request)), name, "report_list", template=FORM)
