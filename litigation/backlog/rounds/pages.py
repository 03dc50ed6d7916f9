"""The list of clearing rounds, one round with its items, and its steps."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casemgr.actions.performing import is_allowed
from casemgr.actions.record_pages import RecordPages, steps
from casemgr.pages.pagination import paginate
from litigation.backlog.asking import FORM, demand_backlog, items_seen, sees_all
from litigation.backlog.rounds.figures import figure_of, with_figures
from litigation.models import ClearingRound

OPEN_ROUND = "round.open"
ROUNDS = RecordPages(ClearingRound, "backlog_rounds", demand_backlog, enters=OPEN_ROUND, template=FORM)


def _rounds(request: HttpRequest, today: date) -> Any:
    rows = ClearingRound.objects.visible_to(request.user, today).select_related("year")
    return with_figures(rows, items_seen(request, today))


@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    today = demand_backlog(request)
    page = paginate(_rounds(request, today), ["-first_on", "-pk"], request.GET)
    context = {
        "page": page,
        "rows": [(row, figure_of(row)) for row in page],
        "sees_all": sees_all(request, today),
        "may_enter": is_allowed(request, OPEN_ROUND, None, today),
        "today": today,
    }
    return render(request, "litigation/backlog/rounds.html", context)


round_new = ROUNDS.new()


@require_safe
def round_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A department reads the round's name and days and its own items: not what is said of the others."""
    today = demand_backlog(request)
    found = _rounds(request, today).filter(pk=pk).first()
    if found is None:
        raise Http404
    items = items_seen(request, today).filter(rounds__clearing_round=found).select_related("unit", "number")
    context = {
        "round": found,
        "figure": figure_of(found),
        "page": paginate(items, ["unit__path", "pk"], request.GET),
        "sees_all": sees_all(request, today),
        "today": today,
        **steps(found, request, today),
    }
    return render(request, "litigation/backlog/round.html", context)


round_action = ROUNDS.step()
