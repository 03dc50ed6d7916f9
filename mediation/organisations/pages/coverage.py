"""The towns that have a studio, by both readings, on any day; and the frozen counts."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.performing import is_allowed
from casemgr.pages.forms import DateField
from mediation.models import CoverageSnapshot
from mediation.organisations.coverage import Coverage, Reading, Universe, coverage
from mediation.organisations.pages.shared import new_page, require_role

FREEZE = "coverage.freeze"


@require_safe
def studio_coverage(request: HttpRequest) -> HttpResponse:
    """Tiles of both readings, the missing towns, a table of all, and what was frozen for that day."""
    today = require_role(request)
    day = _day(request.GET.get("on", ""), today)
    universe = request.GET.get("universe", Universe.TOWNS)
    if universe not in Universe.values:
        universe = Universe.TOWNS
    standing, new = (coverage(day, universe, reading) for reading in (Reading.STANDING, Reading.NEW))
    frozen = {row.reading: row for row in CoverageSnapshot.objects.filter(on=day, universe=universe)}
    context = {
        "day": day,
        "universe": universe,
        "universe_label": Universe(universe).label,
        "universes": Universe.choices,
        "readings": [_reading(standing, frozen), _reading(new, frozen)],
        "rows": [(place, fresh.studios) for place, fresh in zip(standing.places, new.places, strict=True)],
        "year": day.year,
        "snapshots": _kept(universe),
        "may_freeze": is_allowed(request, FREEZE, None, today),
    }
    return render(request, "mediation/organisations/coverage.html", context)


def _reading(found: Coverage, frozen: dict[str, CoverageSnapshot]) -> dict:
    kept = frozen.get(found.reading)
    now = [place.code for place in found.missing]
    return {
        "label": Reading(found.reading).label,
        "found": found,
        "frozen": kept,
        "differs": kept is not None and [code for code, _name in kept.missing] != now,
    }


def _kept(universe: str) -> list[CoverageSnapshot]:
    return list(CoverageSnapshot.objects.filter(universe=universe).order_by("-on", "-reading")[:24])


def _day(text: str, today: date) -> date:
    field = DateField(required=False)
    try:
        return field.clean(text) or today
    except ValidationError:
        return today


@require_http_methods(["GET", "HEAD", "POST"])
def coverage_freeze(request: HttpRequest) -> HttpResponse:
    today = require_role(request)
    return new_page(request, FREEZE, "studio_coverage", {"on": today, "occasion": "report"})
