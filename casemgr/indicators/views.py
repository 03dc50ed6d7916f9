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
from casemgr.indicators import export, rows
from casemgr.indicators.definition import DIMENSION_LABELS, Dimension, Indicator, Kind, indicators
from casemgr.indicators.figures import Figure, Known, Line, Table, is_known_to, table
from casemgr.indicators.models import SelfCheck, Target
from casemgr.indicators.period import NoPeriod, Period, asked, year_of
from casemgr.indicators.targets import SETTING, SetTarget
from casemgr.organisation.models import User
from casemgr.organisation.scope import scope
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import paginate
from casemgr.pages.sheets.writing import workbook_answer

CHECKING = ("admin", "auditor")
YEARS = 5


@dataclass(frozen=True)
class Shown:
    """A line of the table with where its numbers lead: addresses by part of the figure."""

    label: str
    figure: Figure
    links: Mapping[str, str]


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
    parts = ("hit", "opened", "closed") if indicator.kind == Kind.LOAD else ("hit", "missed", "counted")
    kept = {**_kept(period, today), **narrowed}
    return {part: f"{address}?{urlencode({**kept, 'part': part})}" for part in parts}


def _shown(found: Table, line: Line, today: date) -> Shown:
    key = line.key or (rows.NOBODY if found.by == Dimension.OFFICER else "")
    links = _links(found.indicator, found.period, today, **{str(found.by): key})
    if found.indicator.kind == Kind.LOAD and key == rows.NOBODY:
        links["hit"] = links["hit"].replace("part=hit", "part=missed")
    return Shown(str(line.label) or _("Nobody yet"), line.figure, links)


@require_safe
def indicator_list(request: HttpRequest) -> HttpResponse:
    """Every figure of the person's procedures for a year."""
    today = clock_today()
    demand_reach(request.user, today)
    period, problem = _period(request, today)
    shown = [one for one in indicators().values() if is_known_to(one, request.user, today)]
    known = Known.of(period)
    context = {
        "tables": [(table(one, period, request.user, today, known=known), _links(one, period, today)) for one in shown],
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
    found = table(indicator, period, request.user, today, _by(request, indicator))
    kept = _kept(period, today)
    context = {
        "found": found,
        "is_load": indicator.kind == Kind.LOAD,
        "lines": [_shown(found, line, today) for line in found.lines],
        "total": Shown(_("Together"), found.total, _links(indicator, period, today)),
        "particulars": export.particulars(found),
        "dimensions": [(one, DIMENSION_LABELS[one], urlencode({**kept, "by": one})) for one in indicator.dimensions],
        "headings": export.headings(found),
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
    part = part if part in rows.PARTS else "counted"
    counted = rows.counted(indicator, period, request.user, today, request.GET, part)
    page = paginate(rows.loaded(rows.visible(counted, request.user, today)), ["-on", "-pk"], request.GET)
    context = {
        "indicator": indicator,
        "title": _part_words(indicator, part),
        "is_load": indicator.kind == Kind.LOAD,
        "page": page,
        "lines": rows.lines(indicator, page),
        "hidden": rows.hidden_count(counted, request.user),
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
    found = table(indicator, period, request.user, today, _by(request, indicator))
    listed = rows.visible(rows.counted(indicator, period, request.user, today, {}), request.user, today)
    if len(listed.order_by()[: export.LIMIT + 1].values_list("pk")) > export.LIMIT:
        messages.warning(request, _("More than %(limit)s rows: choose a shorter period.") % {"limit": export.LIMIT})
        return redirect(address)
    lines = rows.lines(indicator, rows.loaded(listed).order_by("-on", "-pk"))
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
    names = {code: one.name for code, one in indicators().items()}
    context = {"page": page, "checks": [(row, names.get(row.indicator, row.indicator)) for row in page]}
    return render(request, "indicators/checks.html", context)
