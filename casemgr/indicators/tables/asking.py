"""What somebody asks for: a table, a half-year, a year or a span of days, and the day on which it was known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from casemgr.indicators import period
from casemgr.indicators.tables.definition import Span
from casemgr.indicators.tables.keeping import FROM_THE_BEGINNING, kept_since
from casemgr.indicators.tables.models import Part
from casemgr.indicators.tables.official import OfficialTable
from casemgr.pages.dates import long_date

DAY = timedelta(days=1)


class NoTable(ValueError):
    """What was asked is no table; the message says so to people."""


@dataclass(frozen=True)
class Asked:
    """`part` is None for a span of days that is no half-year and no year. `known`: None for what is known today."""

    span: Span
    year: int
    part: int | None
    known: date | None = None

    def query(self, **changed: str) -> dict[str, str]:
        """The same as an address says it."""
        found = {"year": str(self.year)}
        if self.part is None:
            found |= {"from": self.span.first.isoformat(), "to": self.span.last.isoformat()}
        elif self.part:
            found["part"] = str(self.part)
        if self.known is not None:
            found["as_of"] = self.known.isoformat()
        return {name: value for name, value in {**found, **changed}.items() if value}

    @property
    def words(self) -> str:
        """2026, first half; or the two days."""
        if self.part is None:
            return f"{long_date(self.span.first)} – {long_date(self.span.last)}"
        return _("%(year)s, %(part)s") % {"year": self.year, "part": Part(self.part).label}


def days_of(year: int, part: int) -> tuple[date, date]:
    """First and last day of the year or half-year."""
    first = date(year, 7, 1) if part == Part.SECOND_HALF else date(year, 1, 1)
    last = date(year, 6, 30) if part == Part.FIRST_HALF else date(year, 12, 31)
    return first, last


def asked(params: Mapping[str, str], today: date) -> Asked:
    """`year` (by default this one) with `part` 1 or 2 for a half, or `from` and `to`; `as_of`. :raises NoTable:"""
    try:
        found = period.asked(params, today)
    except period.NoPeriod as problem:
        raise NoTable(str(problem)) from problem
    known = found.as_of if found.as_of != today else None
    if params.get("from") or params.get("to"):
        return _spanning(found.first, found.last, known, today)
    part = params.get("part") or "0"
    if part not in {str(one.value) for one in Part}:
        raise NoTable(_("There is no such half-year: 1 is the first, 2 the second."))
    year = int(params.get("year") or today.year)
    return of_part(year, int(part), known, today)


def of_part(year: int, part: int, known: date | None, today: date) -> Asked:
    return Asked(Span(*days_of(year, part), known or today), year, part, known)


def _spanning(first: date, last: date, known: date | None, today: date) -> Asked:
    for part in Part.values:
        if (first, last) == days_of(last.year, part):
            return of_part(last.year, part, known, today)
    return Asked(Span(first, last, known or today), last.year, None, known)


def demand_known(table: OfficialTable, request: Asked) -> None:
    """:raises NoTable: the tables are being built, or what was known on that day was not kept."""
    since = kept_since(table.read_from)
    if since is None:
        raise NoTable(_("The tables are being built for the first time. Look again in some minutes."))
    if request.known is not None and request.known < since and since != FROM_THE_BEGINNING:
        text = _("What the register knew is kept since %(day)s. Choose that day or a later one.")
        raise NoTable(text % {"day": long_date(since)})


def last_period(request: Asked) -> Asked:
    """The half-year, year or equal number of days before."""
    known, as_of = request.known, request.span.as_of
    if request.part is None:
        length = request.span.last - request.span.first
        last = request.span.first - DAY
        return replace(request, span=Span(last - length, last, as_of))
    year = request.year if request.part == Part.SECOND_HALF else request.year - 1
    part = {Part.YEAR: Part.YEAR, Part.FIRST_HALF: Part.SECOND_HALF, Part.SECOND_HALF: Part.FIRST_HALF}
    return of_part(year, part[Part(request.part)], known, as_of)


def last_year(request: Asked) -> Asked:
    """The same days of the year before; 29 February becomes the 28th."""
    if request.part is not None:
        return of_part(request.year - 1, request.part, request.known, request.span.as_of)
    first, last = (_year_before(day) for day in (request.span.first, request.span.last))
    return replace(request, span=Span(first, last, request.span.as_of), year=request.year - 1)


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
