"""The door for emergencies, and the auditors' list of who went through it."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.performing import attempt, blank, is_allowed
from casemgr.cases.emergency import policy
from casemgr.cases.emergency.actions import OUTCOME, OpenInEmergency, judged_by
from casemgr.cases.models import EmergencyAccess
from casemgr.organisation.scope import ALL, scope
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import paginate

OPEN, JUDGE = "cases.open_in_emergency", "cases.judge_emergency"
OWN_SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: HttpRequest) -> HttpResponse:
    """Open a case by its number; one's own attempts with what came of them. Always the same answer: a redirect here."""
    today = clock_today()
    if not is_allowed(request, OPEN, None, today):
        raise PermissionDenied(_("Your roles do not open cases in an emergency."))
    form, status = blank(request, OPEN, None, today), 200
    if request.method == "POST":
        outcome = attempt(request, OPEN, None, today)
        if outcome.result is not None:
            if outcome.result.outcome == OUTCOME.OPENED:
                messages.success(request, _("The case is open for you; its office and the auditors are told."))
            else:
                messages.warning(request, _("Nothing was opened. The attempt is recorded; see the list below."))
            return redirect("emergency")
        form, status = outcome.form, outcome.status
    context = {
        "form": form,
        "own": EmergencyAccess.objects.filter(user=request.user).select_related("case")[:OWN_SHOWN],
        "hours": settings.EMERGENCY_HOURS,
        "is_closed": policy.is_closed_for(request.user, timezone.now()),
        "consequence": OpenInEmergency.consequence,
    }
    return render(request, "cases/emergency/open.html", context, status=status)


def openings_in_reach(user, today: date) -> QuerySet[EmergencyAccess]:
    """What an auditor judges. :raises PermissionDenied: the person is none."""
    units = scope(user, today).units_of_role("auditor")
    if not units:
        raise PermissionDenied(_("Emergency openings are judged by auditors."))
    rows = EmergencyAccess.objects.select_related("user", "case", "judged_by")
    return rows if units is ALL else rows.filter(Q(case__isnull=True) | Q(case__unit_id__in=units))


@require_safe
def emergency_review(request: HttpRequest) -> HttpResponse:
    """For auditors: the openings within reach, those not judged yet first asked for."""
    rows = openings_in_reach(request.user, clock_today())
    shown = request.GET.get("show", "open")
    if shown == "open":
        rows = rows.filter(verdict="")
    context = {"page": paginate(rows, ["-pk"], request.GET), "shown": shown}
    return render(request, "cases/emergency/review.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def emergency_judge(request: HttpRequest, pk: int) -> HttpResponse:
    """One opening and the verdict on it."""
    today = clock_today()
    opening = get_object_or_404(EmergencyAccess.objects.select_related("user", "case", "judged_by"), pk=pk)
    if not judged_by(request.user, opening, today):
        raise Http404
    may_judge = is_allowed(request, JUDGE, opening, today) and not opening.verdict
    form, status, version = None, 200, opening.version
    if request.method == "POST":
        outcome = attempt(request, JUDGE, opening, today)
        if outcome.result is not None:
            messages.success(request, _("The verdict is recorded."))
            return redirect("emergency_review")
        form, status, version = outcome.form, outcome.status, outcome.version
    elif may_judge:
        form = blank(request, JUDGE, opening, today)
    context = {"opening": opening, "form": form, "version": version}
    context["is_own"] = opening.user_id == request.user.pk
    return render(request, "cases/emergency/judge.html", context, status=status)
