"""The pages of the tables: which months stand where, one table, the rows behind a number, submitting and judging."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.performing import is_allowed
from casemgr.audit.access import record_access
from casemgr.indicators.tables.definition import MEASURE_LABELS, Column, Full, Values, add, from_json, printed
from casemgr.organisation.models import Unit
from casemgr.pages.clock import today as clock_today
from casemgr.pages.errors import error_page
from casemgr.pages.pagination import paginate, sliced
from mediation.models import FundEntry, ReturnState, TablePolicy, TableReturn
from mediation.models.organisations.reach import reached_units
from mediation.organisations.pages.shared import action_page, new_page, one, require_role, steps
from mediation.tables import export
from mediation.tables.actions import definition_of, restated
from mediation.tables.areas import Areas
from mediation.tables.asking import Asked, NoTable, asked, demand_bounded, reach_of, sheet_of, town_of
from mediation.tables.counting import Sheet, differences
from mediation.tables.definition import Definition, definitions
from mediation.tables.files import PUBLISHED, file_of, may_publish
from mediation.tables.forms import reporting_units
from mediation.tables.listing import counted_rows, shown
from mediation.tables.months import Month, Rules, months_of

FORM = "mediation/tables/form.html"
YEARS = 5
LISTED = 50
"""Rows of one list on a page; all of them are in the Excel file."""


@dataclass(frozen=True)
class Figure:
    """One line of the page: a column with its value and where the value leads."""

    column: Column
    group: str
    label: str
    measure: str
    value: str
    address: str
    is_none: bool


@dataclass(frozen=True)
class Block:
    """The lines of one group of columns, in the order of the table."""

    group: str
    figures: tuple[Figure, ...]

    @property
    def is_none(self) -> bool:
        return all(one.is_none for one in self.figures)


def _definition(code: str) -> Definition:
    found = definitions().get(code)
    if found is None:
        raise Http404
    return found


def _asked(request: HttpRequest, definition: Definition, today: date, *, counts: bool = True) -> tuple[Asked, str]:
    """What the address asks for, or the month now and why the address cannot be answered."""
    try:
        found = asked(definition, {name: request.GET.get(name, "") for name in request.GET}, today)
        if counts:
            demand_bounded(found, request.user, today)
        return found, ""
    except NoTable as problem:
        return asked(definition, _month_now(today), today), str(problem)


def _month_now(today: date) -> dict[str, str]:
    month = Rules().month_of(today)
    return {"year": str(month.year), "month": str(month.month)}


@require_safe
def table_list(request: HttpRequest) -> HttpResponse:
    """The months of a year by town: not over, to be submitted, submitted, accepted, returned."""
    today = require_role(request)
    submitted = [one for one in definitions().values() if one.is_submitted]
    request_for, problem = _asked(request, submitted[0], today, counts=False)
    rules, months = Rules(), months_of(request_for.year)
    returns = TableReturn.objects.visible_to(request.user, today).filter(year=request_for.year, table=submitted[0].code)
    known = {(row.unit_id, row.month): row for row in returns}
    towns = _towns(request.user, today, rules, months)
    begins = _first_owed(submitted[0].code, rules, today)
    lines = [(town, [_state(town, month, known, rules, today, begins) for month in months]) for town in towns]
    context = {
        "lines": lines,
        "months": months,
        "year": request_for.year,
        "years": [today.year - back for back in range(YEARS)],
        "problem": problem,
        "tables": list(definitions().values()),
        "code": submitted[0].code,
        "may_submit": is_allowed(request, "table.submit", None, today),
        "may_set": is_allowed(request, "table.set_rule", None, today),
        "may_fund": is_allowed(request, "table.record_funds", None, today),
    }
    return render(request, "mediation/tables/list.html", context)


def _towns(user: Any, today: date, rules: Rules, months: list[Month]) -> list[Unit]:
    """Towns with a committee in the person's reach."""
    areas, reach = Areas(), reached_units(user, today)
    first, last = rules.first_day(months[0]), rules.last_day(months[-1])
    within = [pk for pk in areas.standing(first, last) if reach is None or pk in reach]
    towns = {(town.pk, pk) for pk in within for day in (first, last) if (town := areas.town_of(pk, day)) is not None}
    return [areas.units[pk] for pk in areas.by_town(towns)]


def _first_owed(table: str, rules: Rules, today: date) -> Month:
    """Where the monthly table begins: the first month anybody submitted, or for which a rule was set.

    Months before the office worked with this register are owed to nobody; they can be submitted all the same.
    """
    rows = TableReturn.objects.filter(table=table).order_by("year", "month").values_list("year", "month")
    begun = [Month(*row) for row in rows[:1]] + [rules.month_of(day) for day in rules.set_on[:1]]
    return min([*begun, rules.month_of(today).before])


def _state(town: Unit, month: Month, known: dict, rules: Rules, today: date, begins: Month) -> dict[str, Any]:
    row = known.get((town.pk, month.month))
    if row is not None:
        tags = {ReturnState.ACCEPTED: "ok", ReturnState.SUBMITTED: "", ReturnState.RETURNED: "late"}
        return {"month": month, "row": row, "label": row.get_state_display(), "tag": tags[row.state]}
    if rules.first_day(month) > today or month < begins:
        return {"month": month}
    if rules.last_day(month) >= today:
        return {"month": month, "label": _("running"), "tag": "off"}
    late = rules.due_on(month) < today
    return {"month": month, "label": _("overdue") if late else _("due"), "tag": "late" if late else "soon", "due": True}


@require_safe
def table_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """One table for a month, a quarter or a year; every number leads to its rows."""
    today, definition = require_role(request), _definition(code)
    request_for, problem = _asked(request, definition, today)
    found = sheet_of(request_for, request.user, today)
    single = request_for.month and request_for.unit
    town = found.towns[0] if single and len(found.towns) == 1 and found.towns[0].unit.pk == request_for.unit else None
    figures = list(_figures(found, request_for))
    context = {
        "definition": definition,
        "sheet": found,
        "asked": request_for,
        "problem": problem,
        "blocks": [Block(group, tuple(lines)) for group, lines in groupby(figures, key=lambda one: one.group)],
        "zeros": sum(one.is_none for one in figures),
        "towns": [_town(part, request_for, found) for part in found.towns],
        "unit": Areas().units.get(request_for.unit) if request_for.unit else None,
        "particulars": export.particulars(found),
        "broken": found.broken,
        "broken_lines": _broken_lines(found),
        "corrections": [_correction(definition, one) for one in found.corrections],
        "years": [today.year - back for back in range(YEARS)],
        "quarters": range(1, 5),
        "months": range(1, 13),
        "query": urlencode(request_for.query()),
        "wide": urlencode(request_for.query(unit=None)),
        "other": urlencode({**request_for.query(), "restated": "no" if request_for.restated else "yes"}),
        "town": town,
        "may_publish": may_publish(request_for, request.user, today),
        "may_submit": bool(town and not town.submitted and is_allowed(request, "table.submit", None, today)),
    }
    return render(request, "mediation/tables/sheet.html", context)


def _figures(found: Sheet, request_for: Asked) -> Iterator[Figure]:
    full = Full(found.values)
    address = reverse("table_rows", args=[found.definition.code])
    for column in found.definition.columns:
        value = full[column.code]
        yield Figure(
            column,
            str(column.group),
            str(column.label) if not column.part else _("of these: %(label)s") % {"label": column.label},
            str(MEASURE_LABELS[column.measure]),
            printed(column, value),
            f"{address}?{urlencode({**request_for.query(), 'column': column.code})}",
            not value,
        )


def _town(part: Any, request_for: Asked, found: Sheet) -> dict[str, Any]:
    narrow = len(found.towns) == 1
    return {
        "part": part,
        "query": urlencode(request_for.query(unit=part.unit.pk)),
        "values": _chosen(found.definition, part.values),
        "lines": [
            (line, urlencode(request_for.query(unit=line.unit.pk)), _chosen(found.definition, line.values))
            for line in part.lines
        ]
        if narrow
        else [],
    }


def _chosen(definition: Definition, values: Values) -> list[str]:
    """The columns that the table of the towns shows."""
    return [printed(column, Full(values)[column.code]) for column in definition.heads]


def _broken_lines(found: Sheet) -> list[tuple[str, str]]:
    """Which committee breaks what, for a single month that is still open."""
    if not found.is_month:
        return []
    open_towns = [town for town in found.towns if town.submitted is None]
    return [
        (line.unit.name, str(check.message))
        for town in open_towns
        for line in town.lines
        for check in found.definition.broken(line.values)
    ][:20]


def _correction(definition: Definition, one: Any) -> dict[str, Any]:
    words = export.difference_words(definition.columns, one.differences)
    return {"row": one, "words": words, "month": Month(one.corrected.year, one.corrected.month)}


@require_safe
def table_rows(request: HttpRequest, code: str) -> HttpResponse:
    """Exactly the rows that a number counts."""
    today, definition = require_role(request), _definition(code)
    request_for, problem = _asked(request, definition, today)
    column = definition.column(request.GET.get("column", "")) or definition.columns[0]
    reach = reach_of(request_for, request.user, today)
    counted = counted_rows(definition, request_for.months, reach, today, town_of(request_for))
    rows = [row for row in counted if row.values.get(column.code)]
    page = sliced(rows, request.GET, size=LISTED)
    total = sum((row.values[column.code] for row in rows), 0)
    context = {
        "definition": definition,
        "column": column,
        "page": page,
        "rows": [(row, printed(column, row.value)) for row in shown(page.items, column.code, request.user, today)],
        "count": len(rows),
        "total": printed(column, total),
        "measure": MEASURE_LABELS[column.measure],
        "problem": problem,
        "asked": request_for,
        "months": request_for.months,
        "back": f"{reverse('table_sheet', args=[code])}?{urlencode(request_for.query())}",
    }
    return render(request, "mediation/tables/rows.html", context)


@require_safe
def table_file(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The table as an Excel file with its rows, printed, or as it is published. Each one is recorded."""
    today, definition = require_role(request), _definition(code)
    request_for, problem = _asked(request, definition, today)
    if form not in ("xlsx", "pdf", PUBLISHED):
        raise Http404
    if form == PUBLISHED and not problem and not may_publish(request_for, request.user, today):
        problem = _("A table is published for the whole banner only, by the bureau: choose all towns.")
    if problem:
        return error_page(request, 409, message=problem, back=reverse("table_sheet", args=[code]))
    content, media, rows = file_of(request_for, request.user, today, form)
    record_access(request.user, "figures_exported", indicator=code, rows=rows, **request_for.query())
    response = HttpResponse(content, content_type=media)
    ending = "published.pdf" if form == PUBLISHED else form
    name = f"{definition.code}-{request_for.months[0]}-{request_for.months[-1]}.{ending}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
def table_return(request: HttpRequest, pk: int) -> HttpResponse:
    """A submitted month: its lines, what the register says differently today, corrections, steps."""
    today = require_role(request)
    returned = one(request, TableReturn, pk, today, "unit")
    definition = definition_of(returned)
    lines = {line.committee_id: line for line in returned.lines.select_related("committee").order_by("committee__path")}
    changed = differences(returned, definition, today) if returned.is_frozen else {}
    units = Areas().units
    month = Month(returned.year, returned.month)
    context = {
        "returned": returned,
        "definition": definition,
        "month": month,
        "lines": [(line, _chosen(definition, from_json(line.values))) for line in lines.values()],
        "total": _chosen(definition, add(*(from_json(line.values) for line in lines.values()))),
        "restated": _chosen(definition, add(*restated(returned).values())),
        "headings": definition.heads,
        "changed": [
            (units[pk].name, export.difference_words(definition.columns, values)) for pk, values in changed.items()
        ],
        "corrections": [_correction(definition, row) for row in returned.corrections.select_related("corrected")],
        "query": urlencode({"year": month.year, "month": month.month, "unit": returned.unit_id}),
        **steps(returned, request, today),
    }
    return render(request, "mediation/tables/return.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def table_return_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    today = require_role(request)
    return action_page(request, one(request, TableReturn, pk, today, "unit"), name, "table_list", template=FORM)


@require_http_methods(["GET", "HEAD", "POST"])
def table_submit(request: HttpRequest) -> HttpResponse:
    today = require_role(request)
    before = Rules().month_of(today).before
    initial = {"year": before.year, "month": str(before.month), "table": "M-1"}
    if len(own := reporting_units(request.user, today)[:2]) == 1:
        initial["unit"] = own[0].pk
    initial |= {name: request.GET[name] for name in ("unit", "year", "month") if name in request.GET}
    return new_page(request, "table.submit", "table_list", initial, template=FORM)


@require_http_methods(["GET", "HEAD", "POST"])
def table_rule_new(request: HttpRequest) -> HttpResponse:
    today = require_role(request)
    return new_page(request, "table.set_rule", "table_rules", {"effective_on": today.replace(day=1)}, template=FORM)


@require_safe
def table_rules(request: HttpRequest) -> HttpResponse:
    """The rules of the months, the newest first."""
    today = require_role(request)
    context = {
        "rules": TablePolicy.objects.all(),
        "may_set": is_allowed(request, "table.set_rule", None, today),
    }
    return render(request, "mediation/tables/rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def table_funds_new(request: HttpRequest) -> HttpResponse:
    today = require_role(request)
    return new_page(request, "table.record_funds", "table_entries", {"on": today}, template=FORM)


@require_safe
def table_entries(request: HttpRequest) -> HttpResponse:
    """Funds entered by hand."""
    today = require_role(request)
    rows = FundEntry.objects.visible_to(request.user, today).select_related("unit")
    context = {
        "page": paginate(rows, ["-on", "-pk"], request.GET),
        "may_fund": is_allowed(request, "table.record_funds", None, today),
    }
    return render(request, "mediation/tables/entries.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def table_entry_strike(request: HttpRequest, pk: int) -> HttpResponse:
    today = clock_today()
    require_role(request)
    entry = one(request, FundEntry, pk, today, "unit")
    return action_page(request, entry, "table.strike_entry", "table_entries", template=FORM)
