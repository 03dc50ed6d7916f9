"""The docket of court sessions, and how often heads came to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.performing import attempt, blank, is_allowed
from casemgr.actions.record_pages import today_for
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import capped_count, paginate, sliced
from casemgr.pages.requests import row_id
from litigation.actions.assessed import SetAssessedLine
from litigation.court.docket import coming, unrecorded, visible_sessions, without_head
from litigation.court.figures import (
    COLUMNS,
    FURTHER,
    AgencyLine,
    UnitLine,
    agency_lines,
    assessed_line,
    budget_of,
    percent_of,
    units_of,
)
from litigation.court.lines import lines_of
from litigation.models import AppearanceLine, AssessedLine
from litigation.registers.tables import files_of_unit, units_in_suits
from litigation.roles import demand_litigation

SHOWN = {
    "coming": gettext_lazy("Coming"),
    "missing": gettext_lazy("Without a named head"),
    "unrecorded": gettext_lazy("Not recorded yet"),
}

_require = today_for(demand_litigation)


@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """Sessions to come by day, with who comes as head of each agency; or what is still to be done about them."""
    today = _require(request)
    visible, units = visible_sessions(request.user, today), units_in_suits(request.user, today)
    unit = units.filter(pk=asked).first() if (asked := row_id(request.GET.get("unit"))) else None
    if unit is not None:
        visible = visible.filter(in_instance__case__in=files_of_unit(unit.pk))
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
        "unit": unit,
        "units": units,
    }
    return render(request, "litigation/sessions.html", context)


YEARS = 5


def _year(request: HttpRequest, today: date) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isascii() and asked.isdigit() and 2015 <= int(asked) <= 2099 else today.year


@dataclass(frozen=True)
class ShownAgency:
    """A line of the table: each number with the address of the rows it counts."""

    line: AgencyLine
    cells: tuple[tuple[Any, int, str], ...]


def _shown(line: AgencyLine, year: int) -> ShownAgency:
    kept = {"year": year} | ({"agency": line.unit_id} if line.unit_id else {})
    rows = reverse("head_appearance_rows")
    return ShownAgency(
        line,
        tuple(
            (column.label, line.numbers[code], f"{rows}?{urlencode({**kept, 'column': code})}")
            for code, column in COLUMNS.items()
        ),
    )


@require_safe
def appearance(request: HttpRequest) -> HttpResponse:
    """Heads in court in a year by agency, with the companion columns and what may still be missed."""
    today = _require(request)
    year = _year(request, today)
    units = units_of(request.user, year, today)
    line = assessed_line(year)
    open_sessions = without_head(coming(visible_sessions(request.user, today), today))
    lines = agency_lines(units, _("Together"))
    context = {
        "lines": [_shown(one, year) for one in lines],
        "together": lines[-1],
        "columns": [column.label for column in COLUMNS.values()],
        "budget": budget_of(request.user, year, today, line, units),
        "percent": percent_of(year, line).normalize(),
        "assessed": dict(AppearanceLine.choices)[line],
        "missing": capped_count(open_sessions),
        "year": year,
        "years": [today.year - back for back in range(YEARS)],
        "is_this_year": year == today.year,
        "may_choose": is_allowed(request, SetAssessedLine.name, None, today),
    }
    return render(request, "litigation/appearance.html", context)


@require_safe
def appearance_rows(request: HttpRequest) -> HttpResponse:
    """Exactly the units that a number of the table counts; those of suits the person is recused from by number only."""
    today = _require(request)
    year = _year(request, today)
    code = request.GET.get("column", "")
    columns = {**COLUMNS, **FURTHER}
    code = code if code in columns else "counted"
    agency = row_id(request.GET.get("agency"))
    found = [one for one in units_of(request.user, year, today) if columns[code].counts(one) and _is_of(one, agency)]
    kept_from = set(request.user.recusals.values_list("case_id", flat=True))
    listed = [one for one in found if one.standing.in_instance.case_id not in kept_from]
    context = {
        "page": sliced(listed, request.GET),
        "label": columns[code].label,
        "year": year,
        "count": len(found),
        "hidden": len(found) - len(listed),
    }
    return render(request, "litigation/appearance_rows.html", context)


def _is_of(one: UnitLine, agency: int | None) -> bool:
    return agency is None or one.standing.participation.party.unit_id == agency


@require_http_methods(["GET", "HEAD", "POST"])
def assessed(request: HttpRequest) -> HttpResponse:
    """Which line is assessed, year by year, and the form to choose it."""
    today = clock_today()
    if not is_allowed(request, SetAssessedLine.name, None, today):
        raise PermissionDenied
    form, status = blank(request, SetAssessedLine.name, None, today, {"year": today.year}), 200
    if request.method == "POST":
        outcome = attempt(request, SetAssessedLine.name, None, today)
        if outcome.result is not None:
            messages.success(request, _("The assessed line is set."))
            return redirect("head_appearance_line")
        form, status = outcome.form, outcome.status
    context = {"form": form, "chosen": AssessedLine.objects.order_by("-year")[:20]}
    return render(request, "litigation/assessed.html", context, status=status)
