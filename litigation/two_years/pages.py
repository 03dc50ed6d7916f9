"""The list of what is near its two years, and of what they are over for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import capped_count, paginate
from litigation.roles import demand_litigation
from litigation.two_years.reading import WARN_BEFORE, lines_of, near, over, visible

SHOWN = {
    "near": gettext_lazy("Ending soon"),
    "over": pgettext_lazy("two years", "Over"),
    "all": gettext_lazy("All that run"),
}


@require_safe
def two_years_list(request: HttpRequest) -> HttpResponse:
    """The next end first; `?show=over` what can no more be applied for, `?show=all` whatever runs."""
    today = clock_today()
    demand_litigation(request.user, today)
    rows = visible(request.user, today)
    lists = {"near": near(rows, today), "over": over(rows, today), "all": rows.filter(due_on__gte=today)}
    shown = request.GET.get("show", "")
    shown = shown if shown in lists else "near"
    page = paginate(lists[shown], ["due_on", "pk"], request.GET)
    context = {
        "page": page,
        "lines": lines_of(page, today),
        "shown": shown,
        "choices": [(code, label, capped_count(lists[code])) for code, label in SHOWN.items()],
        "days": WARN_BEFORE,
        "today": today,
    }
    return render(request, "litigation/two_years.html", context)
