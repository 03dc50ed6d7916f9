"""The list of departments' mediations, one of them, and its steps."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casemgr.actions.performing import is_allowed
from casemgr.actions.record_pages import RecordPages
from casemgr.cases.models import Case
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import paginate
from mediation.administrative.permission import may_see_any
from mediation.models import AdministrativeMediation
from mediation.organisations.pages.shared import one, steps
from mediation.terms import AdministrativeMatter

FORM = "mediation/administrative/form.html"
ENTER = "administrative.enter"


def _require(request: HttpRequest) -> date:
    today = clock_today()
    if not may_see_any(request.user, today):
        raise PermissionDenied(_("Your roles have nothing to do with mediation."))
    return today


RECORDS = RecordPages(
    AdministrativeMediation, "administrative_list", _require, enters=ENTER, joined=("number", "organ"), template=FORM
)


@require_safe
def administrative_list(request: HttpRequest) -> HttpResponse:
    """The department's own records; for people's mediation those of their disputes; the bureau sees all."""
    today = _require(request)
    rows = AdministrativeMediation.objects.visible_to(request.user, today).select_related("number", "organ")
    matter, result = request.GET.get("matter", ""), request.GET.get("result", "")
    if matter in AdministrativeMatter.values:
        rows = rows.filter(matter=matter)
    if result in AdministrativeMediation.Result.values:
        rows = rows.filter(result=result)
    context = {
        "page": paginate(rows, ["-begun_on", "-pk"], request.GET),
        "matters": AdministrativeMatter.choices,
        "results": AdministrativeMediation.Result.choices,
        "matter": matter,
        "result": result,
        "may_enter": is_allowed(request, ENTER, None, today),
    }
    return render(request, "mediation/administrative/list.html", context)


administrative_new = RECORDS.new()


@require_safe
def administrative_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One record, and the cases of the same dispute that the person may see."""
    today = _require(request)
    record = one(request, AdministrativeMediation, pk, today, "number", "organ", "town", "entered_by")
    linked = [link.case_id for link in record.links.all()]
    seen = list(Case.objects.visible_to(request.user, today).filter(pk__in=linked).order_by("pk"))
    context = {"record": record, "cases": seen, "hidden": len(linked) - len(seen), **steps(record, request, today)}
    return render(request, "mediation/administrative/detail.html", context)


administrative_action = RECORDS.step()
