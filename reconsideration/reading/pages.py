"""One request to read the file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.record_pages import action_page, one, steps, today_for
from reconsideration.case_records import demand_reconsideration
from reconsideration.models import ReadingRequest

_require = today_for(demand_reconsideration)


@require_safe
def reading_detail(request: HttpRequest, pk: int) -> HttpResponse:
    today = _require(request)
    asked = one(request, ReadingRequest, pk, today, "case", "asked_by", "watched_by", "room")
    return render(request, "reconsideration/reading/detail.html", {"asked": asked, **steps(asked, request, today)})


@require_http_methods(["GET", "HEAD", "POST"])
def reading_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    asked = one(request, ReadingRequest, pk, _require(request), "case", "asked_by")
    return action_page(request, asked, name, "case_list")
