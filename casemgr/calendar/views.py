"""The calendar page."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casemgr.calendar.forms import LocalDayForm
from casemgr.calendar.models import CalendarYear
from casemgr.calendar.year import year_view
from casemgr.pages.clock import today as clock_today

FIRST_YEAR, LAST_YEAR = 1950, 2099


@require_safe
def calendar_year(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """A year's working days; this year's without a number."""
    return calendar_page(request, year or clock_today().year)


def calendar_page(
    request: HttpRequest, year: int, *, form: forms.BaseForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of a year, with the form for a local day as it was sent, if it was."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    codes = request.user.role_codes(clock_today())
    context = {
        "year": year_view(year),
        "years": list(CalendarYear.objects.order_by("-year")),
        "form": form or LocalDayForm(),
        "may_override": "admin" in codes,
        "may_see_notices": bool({"admin", "head", "authority"} & codes),
    }
    return render(request, "calendar/year.html", context, status=status)
