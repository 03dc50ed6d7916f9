"""The page of the nightly statements: that every running period has an owner, and what is missing."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casemgr.cases.models import Case
from casemgr.operation.ownership.models import OwnershipStatement
from casemgr.organisation.roles import HEADS
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import paginate

READERS = (*HEADS, "authority", "leader", "auditor", "admin")
NIGHTS = 14


@require_safe
def ownership(request: HttpRequest) -> HttpResponse:
    """The statement of `?on=`, or the newest, with the gaps in the cases the reader sees; and the nights before.

    Administrators see no case: they are told which units have gaps, to give out the roles that are missing there.
    """
    today = clock_today()
    if not request.user.role_codes(today).intersection(READERS):
        raise PermissionDenied
    nights = list(OwnershipStatement.objects.order_by("-on")[:NIGHTS])
    chosen = _asked(request.GET.get("on", "")) or (nights[0] if nights else None)
    page, units = None, None
    if chosen is not None:
        units = chosen.gaps.order_by("case__unit__path").values_list("case__unit__name").annotate(Count("pk"))
        seen = Case.objects.visible_to(request.user, today).order_by().values("pk")
        gaps = chosen.gaps.filter(case__in=seen).select_related("case__unit", "case__lead_handler")
        page = paginate(gaps, ["due_on", "pk"], request.GET)
    context = {
        "chosen": chosen,
        "page": page,
        "gaps": [(gap, gap.is_overdue(chosen.on)) for gap in page or ()],
        "units": units,
        "nights": nights,
    }
    return render(request, "ownership/statement.html", context)


def _asked(text: str) -> OwnershipStatement | None:
    try:
        on = date.fromisoformat(text)
    except ValueError:
        return None
    return OwnershipStatement.objects.filter(on=on).first()
