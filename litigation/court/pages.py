"""The docket of court sessions."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from casemgr.organisation.scope import scope
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import capped_count, paginate
from litigation.court.docket import coming, unrecorded, visible_sessions, without_head
from litigation.court.lines import lines_of
from litigation.models import PROCEDURE

SHOWN = {
    "coming": gettext_lazy("Coming"),
    "missing": gettext_lazy("Without a named head"),
    "unrecorded": gettext_lazy("Not recorded yet"),
}


def demand_litigation(request: HttpRequest) -> date:
    """Today, for people whose roles see suits. :raises PermissionDenied: for others."""
    today = clock_today()
    if PROCEDURE not in scope(request.user, today).procedures:
        raise PermissionDenied(_("Your roles have nothing to do with litigation."))
    return today


@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """Sessions to come by day, with who comes as head of each agency; or what is still to be done about them."""
    today = demand_litigation(request)
    visible = visible_sessions(request.user, today)
    lists = {
        "coming": coming(visible, today),
        "missing": without_head(coming(visible, today)),
        "unrecorded": unrecorded(visible, today),
    }
    shown = request.GET.get("show", "")
    shown = shown if shown in lists else "coming"
    page = paginate(lists[shown], ["planned_at", "pk"], request.GET)
    context = {
        "page": page,
        "lines": lines_of(page),
        "shown": shown,
        "choices": [(code, label, capped_count(lists[code])) for code, label in SHOWN.items()],
        "today": today,
    }
    return render(request, "litigation/sessions.html", context)
