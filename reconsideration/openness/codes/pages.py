"""Giving out a code: it is shown once, on a slip to be printed and handed over."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from casemgr.actions import registry
from casemgr.actions.performing import attempt, is_allowed
from casemgr.actions.record_pages import action_page, one
from casemgr.pages.clock import today as clock_today
from reconsideration.models import QueryCode
from reconsideration.openness.codes.actions import IssueForm
from reconsideration.openness.roles import demand_reconsideration


@require_http_methods(["GET", "HEAD", "POST"])
def query_code_new(request: HttpRequest) -> HttpResponse:
    """`?case=5`; answers a POST with the slip itself, since the code is kept nowhere."""
    today, name = clock_today(), "query_code.issue"
    demand_reconsideration(request.user, today)
    if not is_allowed(request, name, None, today):
        raise PermissionDenied(registry.get(name).forbidden_message(None, request.user, today))
    status = 200
    if request.method == "POST":
        outcome = attempt(request, name, None, today)
        if isinstance(outcome.result, QueryCode):
            return _slip(request, outcome.result)
        form, status = outcome.form, outcome.status
    else:
        asked = {"case": request.GET.get("case", "")[:18]}
        form = IssueForm(initial=asked, subject=None, actor=request.user, today=today)
    case = form.found
    context = {
        "action": registry.get(name),
        "form": form if case else None,
        "case": case,
        "codes": QueryCode.objects.filter(case=case).select_related("participation") if case else [],
        "back": case.get_absolute_url() if case else reverse("case_list"),
    }
    return render(request, "openness/query_code.html", context, status=status)


def _slip(request: HttpRequest, code: QueryCode) -> HttpResponse:
    address = f"{settings.SITE_URL}{reverse('public_progress')}" if settings.SITE_URL else ""
    context = {"code": code, "address": address, "back": code.get_absolute_url()}
    response = render(request, "openness/slip.html", context)
    add_never_cache_headers(response)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def query_code_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    today = clock_today()
    demand_reconsideration(request.user, today)
    return action_page(request, one(request, QueryCode, pk, today, "case", "participation"), name, "case_list")
