"""The reception register: the newest first, a visitor found by name in the address or by number in a form."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.performing import is_allowed
from casemgr.actions.record_pages import RecordPages, one, steps, today_for
from casemgr.audit.access import record_access
from casemgr.pages.masking import personal_numbers
from casemgr.pages.pagination import paginate
from reconsideration.models import Visit
from reconsideration.reception.finding import SHOWN, others_of, with_name, with_number
from reconsideration.reception.scope import demand_reception

_require = today_for(demand_reception)
VISITS = RecordPages(Visit, "visit_list", _require, enters="visit.enter")


@require_http_methods(["GET", "HEAD", "POST"])
def visit_list(request: HttpRequest) -> HttpResponse:
    """`?q=` finds a name; a number is sent in a form, so that it stays in no address."""
    today = _require(request)
    rows = Visit.objects.visible_to(request.user, today).select_related("received_by", "case")
    name, number = request.GET.get("q", "").strip(), request.POST.get("number", "").strip()
    if name and personal_numbers(name):
        name = ""
    context = {"q": name, "may_enter": is_allowed(request, "visit.enter", None, today)}
    if number:
        record_access(request.user, "visits_searched")
        context |= {"found": list(with_number(rows.standing(), number)[:SHOWN]), "is_search": True}
    else:
        context["page"] = paginate(with_name(rows, name) if name else rows, ["-visited_on", "-pk"], request.GET)
    return render(request, "reconsideration/reception/list.html", context)


visit_new = VISITS.new()


@require_safe
def visit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    today = _require(request)
    visit = one(request, Visit, pk, today, "received_by", "case", "unit")
    context = {
        "visit": visit,
        "other_visits": others_of(visit, request.user, today),
        "is_mine": visit.received_by_id == request.user.pk,
        **steps(visit, request, today),
    }
    return render(request, "reconsideration/reception/visit.html", context)


visit_action = VISITS.step()
