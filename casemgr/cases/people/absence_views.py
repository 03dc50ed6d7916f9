"""Absences and who stands in: the list, recording one, ending one."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casemgr.actions.performing import attempt, blank, is_allowed
from casemgr.cases.people.absences import may_record_for, visible_absences
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import paginate

RECORD, END = "absence.record", "absence.end"


@require_safe
def absence_list(request: HttpRequest) -> HttpResponse:
    """One's own absences, those one stands in for, and a head's people's; the latest first."""
    today = clock_today()
    own = may_record_for(request.user, today)
    found = visible_absences(request.user, today).select_related("person", "stand_in")
    page = paginate(found, ["-from_on", "-pk"], request.GET)
    rows = [(row, row.is_over(today), row.person_id in own and not row.is_over(today)) for row in page]
    context = {"page": page, "rows": rows, "may_record": bool(own)}
    return render(request, "cases/people/absences.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def absence_new(request: HttpRequest) -> HttpResponse:
    """Record an absence with its stand-in."""
    today = clock_today()
    if not is_allowed(request, RECORD, None, today):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "cases/people/absence_new.html", {"form": blank(request, RECORD, None, today)})
    outcome = attempt(request, RECORD, None, today)
    if outcome.result is None:
        return render(request, "cases/people/absence_new.html", {"form": outcome.form}, status=outcome.status)
    messages.success(request, _("The absence is recorded, and the stand-in is told."))
    return redirect("absence_list")


@require_POST
def absence_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The person is back, or it was a mistake."""
    today = clock_today()
    absence = get_object_or_404(visible_absences(request.user, today), pk=pk)
    outcome = attempt(request, END, absence, today)
    if outcome.result is None:
        messages.warning(request, " ".join(str(text) for text in outcome.form.non_field_errors()))
    else:
        messages.success(request, _("The absence is over; nobody stands in any more."))
    return redirect("absence_list")
