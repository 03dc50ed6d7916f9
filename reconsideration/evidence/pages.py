"""The evidence of one case, one piece, one investigation."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions import registry
from casemgr.actions.record_pages import action_page, one, steps, today_for
from casemgr.cases.visibility import visible_case
from casemgr.pages.clock import today as clock_today
from reconsideration.case_records import demand_reconsideration
from reconsideration.evidence.law import bars, owed_by_applicant
from reconsideration.models import PROCEDURE, Evidence, Investigation

_require = today_for(demand_reconsideration)


@require_safe
def evidence_list(request: HttpRequest, pk: int) -> HttpResponse:
    """All evidence of a case by who gave it, struck pieces too."""
    today = clock_today()
    case = visible_case(request.user, pk, today)
    if case.procedure != PROCEDURE:
        raise Http404
    pieces = list(Evidence.objects.filter(case_id=case.pk).select_related("given_by"))
    groups: dict[str, list] = {}
    for piece in pieces:
        piece.case = case
        title = piece.given_by.with_role if piece.given_by else ""
        groups.setdefault(title, []).append((piece, bars(piece, today)))
    standing = [piece for piece in pieces if not piece.struck_on]
    may_enter = registry.get("evidence.add").is_permitted(case, request.user, today)
    context = {"case": case, "groups": sorted(groups.items()), "owed": owed_by_applicant(case, standing),
               "may_enter": may_enter}  # fmt: skip
    return render(request, "reconsideration/evidence/list.html", context)


@require_safe
def evidence_detail(request: HttpRequest, pk: int) -> HttpResponse:
    today = _require(request)
    piece = one(request, Evidence, pk, today, "case", "given_by")
    context = {"piece": piece, "bars": bars(piece, today), **steps(piece, request, today)}
    return render(request, "reconsideration/evidence/piece.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    piece = one(request, Evidence, pk, _require(request), "case", "given_by")
    return action_page(request, piece, name, "case_list")


@require_safe
def investigation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    today = _require(request)
    record = one(request, Investigation, pk, today, "case", "officer", "second_officer", "excluded")
    return render(
        request, "reconsideration/evidence/investigation.html", {"record": record, **steps(record, request, today)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def investigation_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    record = one(request, Investigation, pk, _require(request), "case")
    return action_page(request, record, name, "case_list")
