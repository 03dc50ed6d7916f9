"""Pages of complaints inside the office."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions import registry
from casemgr.actions.performing import attempt, blank, is_allowed
from casemgr.actions.record_pages import FORM, action_page, one, steps, today_for
from casemgr.organisation.scope import scope
from casemgr.pages.pagination import paginate
from reconsideration.models import HandlingComplaint
from reconsideration.models.complaint import READERS
from reconsideration.openness.states import WAITING, ComplaintState

JOINED = ("number", "unit", "case", "handler")


def demand_part(user, today: date) -> None:
    """:raises PermissionDenied: no role of the person has to do with such complaints."""
    if not scope(user, today).has_role(READERS):
        raise PermissionDenied(_("Your roles have nothing to do with this."))


_require = today_for(demand_part)


@require_safe
def complaint_list(request: HttpRequest) -> HttpResponse:
    """The newest first; `?show=waiting` what is to be answered, the next due first."""
    today = _require(request)
    rows = HandlingComplaint.objects.visible_to(request.user, today).select_related("number", "handler")
    shows = request.GET.get("show", "")
    if shows == "waiting":
        page = paginate(rows.filter(state__in=WAITING), ["due_on", "pk"], request.GET)
    else:
        page = paginate(rows.filter(state=shows) if shows in ComplaintState.values else rows, ["-pk"], request.GET)
    context = {
        "page": page,
        "shows": shows,
        "today": today,
        "may_enter": is_allowed(request, "complaint.lodge", None, today),
    }
    return render(request, "openness/complaints.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def complaint_new(request: HttpRequest) -> HttpResponse:
    """Answers a POST with the code, which is kept nowhere."""
    today, name = _require(request), "complaint.lodge"
    action, back = registry.get(name), reverse("complaint_list")
    if not is_allowed(request, name, None, today):
        raise PermissionDenied(action.forbidden_message(None, request.user, today))
    form, status = blank(request, name, None, today), 200
    if request.method == "POST":
        outcome = attempt(request, name, None, today)
        if isinstance(outcome.result, HandlingComplaint):
            response = render(request, "openness/complaint_slip.html", {"complaint": outcome.result})
            add_never_cache_headers(response)
            return response
        form, status = outcome.form, outcome.status
    return render(request, FORM, {"action": action, "form": form, "back": back, "crumb": back}, status=status)


@require_safe
def complaint_detail(request: HttpRequest, pk: int) -> HttpResponse:
    today = _require(request)
    complaint = one(request, HandlingComplaint, pk, today, *JOINED)
    context = {"complaint": complaint, "today": today, "is_waiting": complaint.state in WAITING}
    return render(request, "openness/complaint.html", {**context, **steps(complaint, request, today)})


@require_http_methods(["GET", "HEAD", "POST"])
def complaint_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    complaint = one(request, HandlingComplaint, pk, _require(request), *JOINED)
    return action_page(request, complaint, name, "complaint_list")
