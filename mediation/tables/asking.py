"""What somebody asks for: a table, a year with a quarter or month of it, and the units they may see."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casemgr.organisation.models import Unit
from casemgr.organisation.reference import JUSTICE_BUREAU
from casemgr.pages.requests import row_id
from mediation.models import Basis, ReturnLine, TableReturn
from mediation.models.organisations.reach import reached_units
from mediation.tables.areas import REPORTING, Areas
from mediation.tables.counting import Sheet, sheet
from mediation.tables.definition import Definition
from mediation.tables.months import EARLIEST_YEAR, LATEST_YEAR, Month, Rules, months_of
from mediation.tables.reading import TAKEN_ON, touched

MOST_COUNTED = 6_000
"""Disputes read while somebody waits: two seconds, and more than two years of the banner."""


class NoTable(ValueError):
    """What was asked is no table; the message says so to people."""


@dataclass(frozen=True)
class Asked:
    """`unit` narrows to a town or one committee; `restated` adds corrections to submitted months."""

    definition: Definition
    months: tuple[Month, ...]
    year: int
    month: int = 0
    quarter: int = 0
    unit: int | None = None
    restated: bool = True

    def query(self, **changed: Any) -> dict[str, str]:
        """The same as an address says it."""
        values = {"year": self.year, "month": self.month, "quarter": self.quarter, "unit": self.unit, **changed}
        found = {name: str(value) for name, value in values.items() if value}
        if not self.restated:
            found["restated"] = "no"
        return found


def asked(definition: Definition, params: Mapping[str, str], today: date) -> Asked:
    """The year (by default the one of the reporting month today), or its `month` or `quarter`. :raises NoTable:"""
    year = params.get("year") or str(Rules().month_of(today).year)
    if not (year.isascii() and year.isdigit() and len(year) == 4 and EARLIEST_YEAR <= int(year) <= LATEST_YEAR):
        raise NoTable(_("The year is missing or cannot be right. Write it like 2026."))
    month, quarter = (_part(params, name, most) for name, most in (("month", 12), ("quarter", 4)))
    months = (Month(int(year), month),) if month else tuple(months_of(int(year), quarter))
    unit = row_id(params.get("unit"))
    if params.get("unit") and unit is None:
        raise NoTable(_("There is no such unit."))
    restated = params.get("restated", "") != "no"
    return Asked(definition, months, int(year), month, quarter, unit, restated)


def _part(params: Mapping[str, str], name: str, most: int) -> int:
    text = params.get(name) or "0"
    if not (text.isascii() and text.isdigit() and len(text) < 3 and int(text) <= most):
        raise NoTable(_("There is no such month or quarter."))
    return int(text)


def reach_of(request: Asked, user: Any, today: date) -> Collection[int] | None:
    """The units whose lines are shown: the person's, narrowed to the asked one and what it reports."""
    units = reached_units(user, today)
    if request.unit is None:
        return units
    areas = Areas()
    if request.unit not in areas.units:
        return frozenset()
    wanted = frozenset((request.unit,))
    if town_of(request) is not None:
        wanted = frozenset(areas.of_town(request.unit, Rules().last_day(request.months[-1])))
        submitted = TableReturn.objects.filter(table=request.definition.code, unit_id=request.unit, year=request.year)
        wanted |= set(ReturnLine.objects.filter(table__in=submitted).values_list("committee_id", flat=True))
    return wanted if units is None else wanted & units


def town_of(request: Asked) -> int | None:
    """The asked unit where it is one that submits tables."""
    unit = Unit.objects.filter(pk=request.unit).first() if request.unit is not None else None
    return unit.pk if unit is not None and (unit.kind in REPORTING or unit.code == JUSTICE_BUREAU) else None


def demand_bounded(request: Asked, user: Any, today: date) -> None:
    """Months that towns have not submitted are counted off the register: of many disputes only by the command line.

    :raises NoTable: more than `MOST_COUNTED` would have to be read while somebody waits.
    """
    if not request.definition.reads_disputes or len(request.months) == 1 or getattr(user, "is_system", False):
        return
    areas, rules, left = Areas(), Rules(), MOST_COUNTED
    for month in request.months:
        if rules.first_day(month) > today or _is_submitted(request.definition, month, rules, areas):
            continue
        span = rules.span(month, today)
        kinds = ("closed",) if span.basis == Basis.CLOSED else TAKEN_ON
        left -= touched(span, kinds)[: left + 1].count()
        if left < 0:
            text = _(
                "More than %(most)s disputes lie in months that are not submitted yet: too many to count while you "
                "wait. Choose a month; submitted months are only added up. “manage.py report %(code)s” counts them all."
            )
            raise NoTable(text % {"most": MOST_COUNTED, "code": request.definition.code})


def _is_submitted(definition: Definition, month: Month, rules: Rules, areas: Areas) -> bool:
    """Whether every town with a committee submitted it."""
    if not definition.is_submitted:
        return False
    rows = TableReturn.objects.frozen().filter(table=definition.code, year=month.year, month=month.month)
    known = set(rows.values_list("unit_id", flat=True))
    first, last = rules.first_day(month), rules.last_day(month)
    owing = {town.pk for pk in areas.standing(first, last) if (town := areas.town_of(pk, last)) is not None}
    return known.issuperset(owing)


def sheet_of(request: Asked, user: Any, today: date) -> Sheet:
    """What is asked, within the person's reach; ask `demand_bounded` first."""
    reach = reach_of(request, user, today)
    return sheet(request.definition, request.months, reach, today, restated=request.restated, town=town_of(request))
