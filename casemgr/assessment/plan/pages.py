"""The plans, one year's plan with its figures, one clause with its reports, and their steps."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.performing import is_allowed
from casemgr.actions.record_pages import action_page, new_page, one, steps
from casemgr.assessment.models import AssessmentFile, PlanClause, YearPlan
from casemgr.assessment.models.plan import ClauseState
from casemgr.assessment.plan.reading import readings
from casemgr.assessment.roles import demand_assessment
from casemgr.documents.uploads.receiving import takes_files
from casemgr.documents.uploads.serving import kept_answer
from casemgr.organisation.models import Unit
from casemgr.pages.pagination import paginate
from casemgr.pages.requests import row_id

FORM = "assessment/form.html"
ENTER = "plan.enter"


@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """Every year's plan, the newest first."""
    today = demand_assessment(request)
    context = {
        "page": paginate(YearPlan.objects.all(), ["-year", "pk"], request.GET),
        "may_enter": is_allowed(request, ENTER, None, today),
    }
    return render(request, "assessment/plans.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request: HttpRequest) -> HttpResponse:
    today = demand_assessment(request)
    return new_page(request, ENTER, "plan_list", {"year": today.year}, requires=demand_assessment, template=FORM)


@require_safe
def plan_detail(request: HttpRequest, year: int) -> HttpResponse:
    """The clauses the person may see, each with its figure, its day and its latest report."""
    today = demand_assessment(request)
    plan = get_object_or_404(YearPlan.objects.select_related("copied_from"), year=year)
    seen = PlanClause.objects.visible_to(request.user, today).filter(plan=plan).select_related("unit", "plan")
    rows = seen
    state, unit = request.GET.get("state", ""), row_id(request.GET.get("unit"))
    if state == "late":
        rows = rows.waiting().filter(due_on__lt=today)
    elif state in ClauseState.values:
        rows = rows.filter(state=state)
    if unit is not None:
        rows = rows.filter(unit_id=unit)
    page = paginate(rows.prefetch_related("reports"), ["order", "pk"], request.GET)
    found = readings(page, today)
    context = {
        "plan": plan,
        "page": page,
        "lines": [(clause, found.get(clause.pk)) for clause in page],
        "states": ClauseState.choices,
        "state": state,
        "unit": unit,
        "units": Unit.objects.filter(pk__in=seen.order_by().values("unit_id")),
        "today": today,
        **steps(plan, request, today),
    }
    return render(request, "assessment/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_action(request: HttpRequest, year: int, name: str) -> HttpResponse:
    demand_assessment(request)
    plan = get_object_or_404(YearPlan, year=year)
    answer = action_page(request, plan, name, "plan_list", template=FORM)
    if name == "plan.copy" and answer.status_code == 302:
        return redirect("plan_list")
    return answer


def _clause(request: HttpRequest, pk: int, today: date) -> PlanClause:
    return one(request, PlanClause, pk, today, "plan", "unit", "judged_by")


@require_safe
def clause_detail(request: HttpRequest, pk: int) -> HttpResponse:
    today = demand_assessment(request)
    clause = _clause(request, pk, today)
    context: dict[str, Any] = {
        "clause": clause,
        "reading": readings([clause], today).get(clause.pk),
        "reports": list(clause.reports.select_related("reported_by").prefetch_related("files")),
        "today": today,
        **steps(clause, request, today),
    }
    return render(request, "assessment/clause.html", context)


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def clause_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    today = demand_assessment(request)
    return action_page(request, _clause(request, pk, today), name, "plan_list", template=FORM)


@require_safe
def assessment_file(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """A file of a report; `?original` gives what it was made from, for download."""
    today = demand_assessment(request)
    kept = AssessmentFile.objects.visible_to(request.user, today).filter(pk=pk).first()
    if kept is None:
        raise Http404
    shown = f"{_('Paper')}-{kept.about}-{kept.pk}"
    return kept_answer(request, kept, shown, kept.get_absolute_url(), original="original" in request.GET)


__all__ = [
    "assessment_file",
    "clause_action",
    "clause_detail",
    "plan_action",
    "plan_detail",
    "plan_list",
    "plan_new",
]
