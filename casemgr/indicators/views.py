"""The pages of the figures: the list, one figure with its table, the rows it counts, its target, the self-check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.performing import attempt, blank, is_allowed
from casemgr.audit.access import record_access
from casemgr.indicators import export
from casemgr.indicators.definition import DIMENSION_LABELS, Dimension, Indicator, Kind, indicators
from casemgr.indicators.figures import Figure, Line, Table, is_known_to, table
from casemgr.indicators.models import SelfCheck, Target
from casemgr.indicators.overview import overview
from casemgr.indicators.period import NoPeriod, Period, asked, year_of
from casemgr.indicators.rows import NOBODY, PARTS, listing
from casemgr.indicators.selfcheck import name_of
from casemgr.indicators.targets import SETTING, SetTarget
from casemgr.organisation.models import User
from casemgr.organisation.scope import scope
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import paginate
from casemgr.pages.sheets.writing import workbook_answer

CHECKING = ("admin", "auditor")
PARTS_OF: Mapping[str, tuple[str, ...]] = {
    Kind.RATE: ("hit", "missed", "counted"),
    Kind.LOAD: ("hit", "opened", "closed"),
    Kind.DAYS: ("counted",),
}
"""Which parts of a figure a table counts, and leads to."""
YEARS = 5


@dataclass(frozen=True)
class Shown:
    """A line of the table with where its numbers lead: addresses by part of the figure."""

    label: str
    figure: Figure
    links: Mapping[str, str]
    deeper: str = ""


def demand_reach(user: User, today: date) -> None:
    """:raises PermissionDenied: figures are none of the person's business."""
    if not scope(user, today).procedures and not user.role_codes(today).intersection(SETTING):
        raise PermissionDenied


def _indicator(request: HttpRequest, code: str, today: date) -> Indicator:
    """:raises Http404: there is none, or none of the person's roles has the cases it counts."""
    found = indicators().get(code)
    if found is None or not is_known_to(found, request.user, today):
        raise Http404
    return found


def _period(request: HttpRequest, today: date) -> tuple[Period, str]:
    """What the address asks for, or this year and why the address cannot be read."""
    try:
        return asked({name: request.GET.get(name, "") for name in ("year", "from", "to", "as_of")}, today), ""
    except NoPeriod as problem:
        return year_of(today.year, today), str(problem)


def _by(request: HttpRequest, indicator: Indicator) -> str:
    by = request.GET.get("by", "")
    return by if by in indicator.dimensions else indicator.dimensions[0]


def _kept(period: Period, today: date) -> dict[str, str]:
    """The period as an address says it."""
    kept = {"year": str(period.year)}
    if not period.is_a_year:
        kept |= {"from": period.first.isoformat(), "to": period.last.isoformat()}
    if period.as_of != today:
        kept["as_of"] = period.as_of.isoformat()
    return kept


def _links(indicator: Indicator, period: Period, today: date, **narrowed: str) -> dict[str, str]:
    address = reverse("indicator_rows", args=[indicator.code])
    kept = {**_kept(period, today), **narrowed}
    return {part: f"{address}?{urlencode({**kept, 'part': part})}" for part in PARTS_OF[indicator.kind]}


def _shown(found: Table, line: Line, today: date) -> Shown:
    key = line.key or NOBODY
    links = _links(found.indicator, found.period, today, **{**found.narrowed, str(found.by): key})
    if found.indicator.kind == Kind.LOAD and key == NOBODY and found.by == Dimension.OFFICER:
        links["hit"] = links["hit"].replace("part=hit", "part=missed")
    return Shown(str(line.label) or export.none_of(found.by), line.figure, links, _deeper(found, line, today))


def _deeper(found: Table, line: Line, today: date) -> str:
    """The same figure of this line alone, by what is not asked yet."""
    narrowed = {**found.narrowed, str(found.by): line.key}
    left = [one for one in found.indicator.dimensions if str(one) not in narrowed]
    if not left or not line.key:
        return ""
    return urlencode({**_kept(found.period, today), **narrowed, "by": left[0]})


def _narrowed(request: HttpRequest, indicator: Indicator) -> dict[str, str]:
    asked_for = ((str(one), request.GET.get(str(one), "")) for one in indicator.dimensions)
    return {name: key[:40] for name, key in asked_for if key}


@require_safe
def indicator_list(request: HttpRequest) -> HttpResponse:
    """Every figure of the person's procedures for a year."""
    today = clock_today()
    demand_reach(request.user, today)
    period, problem = _period(request, today)
    shown = [one for one in indicators().values() if is_known_to(one, request.user, today)]
    context = {
        "tables": [
            (found, _links(found.indicator, period, today)) for found in overview(shown, period, request.user, today)
        ],
        "period": period,
        "problem": problem,
        "years": [str(today.year - back) for back in range(YEARS)],
        "may_set": is_allowed(request, SetTarget.name, None, today),
        "may_check": bool(request.user.role_codes(today).intersection(CHECKING)),
    }
    return render(request, "indicators/list.html", context)


@require_safe
def indicator_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One figure: its table by unit, handler or rule, with formula, day and target."""
    today = clock_today()
    indicator = _indicator(request, code, today)
    period, problem = _period(request, today)
    narrowed = _narrowed(request, indicator)
    found = table(indicator, period, request.user, today, _by(request, indicator), narrowed=narrowed)
    kept = {**_kept(period, today), **narrowed}
    context = {
        "found": found,
        "kind": indicator.kind,
        "lines": [_shown(found, line, today) for line in found.lines],
        "total": Shown(_("Together"), found.total, _links(indicator, period, today, **narrowed)),
        "particulars": export.particulars(found),
        "dimensions": [(one, DIMENSION_LABELS[one], urlencode({**kept, "by": one})) for one in indicator.dimensions],
        "headings": export.headings(found),
        "narrowed": narrowed,
        "whole": urlencode({**_kept(period, today), "by": found.by}),
        "period": period,
        "problem": problem,
        "query": urlencode({**kept, "by": found.by}),
        "is_past": period.as_of != today,
        "may_set": is_allowed(request, SetTarget.name, None, today),
    }
    return render(request, "indicators/detail.html", context)


@require_safe
def indicator_rows(request: HttpRequest, code: str) -> HttpResponse:
    """Exactly the rows that a number counts."""
    today = clock_today()
    indicator = _indicator(request, code, today)
    period, problem = _period(request, today)
    part = request.GET.get("part", "")
    part = part if part in PARTS else "counted"
    listed = listing(indicator, period, request.user, today, request.GET, part)
    page = listed.page(request.GET)
    context = {
        "indicator": indicator,
        "title": _part_words(indicator, part),
        "kind": indicator.kind,
        "page": page,
        "lines": listed.lines(page),
        "hidden": listed.hidden,
        "period": period,
        "problem": problem,
        "back": urlencode(_kept(period, today)),
    }
    return render(request, "indicators/rows.html", context)


def _part_words(indicator: Indicator, part: str) -> str:
    words = {
        "hit": indicator.counted,
        "missed": indicator.missed,
        "opened": _("Opened in the period"),
        "closed": _("Closed in the period"),
        "counted": _("counted"),
    }
    return str(words[part])


@require_safe
def indicator_export(request: HttpRequest, code: str) -> HttpResponse:
    """Table and rows as an Excel file; each export is recorded."""
    today = clock_today()
    indicator = _indicator(request, code, today)
    period, problem = _period(request, today)
    address = f"{reverse('indicator_detail', args=[code])}?{request.GET.urlencode()}"
    if problem:
        return redirect(address)
    narrowed = _narrowed(request, indicator)
    found = table(indicator, period, request.user, today, _by(request, indicator), narrowed=narrowed)
    listed = listing(indicator, period, request.user, today, narrowed)
    if listed.is_longer_than(export.LIMIT):
        messages.warning(request, _("More than %(limit)s rows: choose a shorter period.") % {"limit": export.LIMIT})
        return redirect(address)
    lines = listed.lines(listed.first())
    record_access(request.user, "figures_exported", indicator=code, year=period.year, rows=len(lines))
    return workbook_answer(export.workbook(found, lines), f"{indicator.name}-{period.as_of.isoformat()}")


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_targets(request: HttpRequest) -> HttpResponse:
    """The targets of every year, and the form to set one."""
    today = clock_today()
    if not is_allowed(request, SetTarget.name, None, today):
        raise PermissionDenied
    initial: dict[str, Any] = {"year": today.year, "indicator": request.GET.get("indicator", "")}
    form, status = blank(request, SetTarget.name, None, today, initial), 200
    if request.method == "POST":
        outcome = attempt(request, SetTarget.name, None, today)
        if outcome.result is not None:
            messages.success(request, _("The target is set."))
            return redirect("indicator_targets")
        form, status = outcome.form, outcome.status
    page = paginate(Target.objects.all(), ["-year", "indicator", "pk"], request.GET)
    names = {code: one.name for code, one in indicators().items()}
    listed = [(target, names.get(target.indicator, target.indicator)) for target in page]
    context = {"form": form, "page": page, "targets": listed}
    return render(request, "indicators/targets.html", context, status=status)


@require_safe
def indicator_checks(request: HttpRequest) -> HttpResponse:
    """What the nightly self-check found, latest first."""
    if not request.user.role_codes(clock_today()).intersection(CHECKING):
        raise PermissionDenied
    page = paginate(SelfCheck.objects.all(), ["-pk"], request.GET)
    context = {"page": page, "checks": [(row, name_of(row.indicator)) for row in page]}
    return render(request, "indicators/checks.html", context)
