"""Figures through the API: each with its formula, its target, and the address of exactly the rows it counts."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from casemgr.cases.api_rows import iso
from casemgr.indicators.definition import Indicator, Kind, indicators
from casemgr.indicators.export import as_dict
from casemgr.indicators.figures import Table, is_known_to, table
from casemgr.indicators.overview import overview
from casemgr.indicators.period import NoPeriod, Period, asked
from casemgr.indicators.rows import ORDER, RowLine, listing
from casemgr.indicators.views import PARTS_OF, demand_reach
from casemgr.organisation.tokens.scopes import FIGURES
from casemgr.pages.api.auth import bearer
from casemgr.pages.api.operations import Day
from casemgr.pages.api.paging import PageQuery, page_of, slice_of
from casemgr.pages.api.problems import Problem
from casemgr.pages.clock import today as clock_today

router = Router(auth=bearer(FIGURES))


class PeriodQuery(PageQuery):
    """A year, or two days, as of a day."""

    year: str = Field("", description="By default this year.")
    from_: str = Field("", alias="from")
    to: str = ""
    as_of: str = ""


class FigureQuery(PeriodQuery):
    by: str = Field("", description="What the lines are: unit, officer, rule, procedure, cause or town.")


class RowsQuery(PeriodQuery):
    part: Literal["counted", "hit", "missed", "opened", "closed"] = "counted"
    unit: str = ""
    officer: str = ""
    rule: str = ""
    procedure: str = ""
    cause: str = ""
    town: str = ""


class Values(Schema):
    numerator: int
    denominator: int
    rate: float | None
    target: float | None
    reached: bool | None
    needed: int | None
    opened: int | None = None
    closed: int | None = None
    median: float | None = Field(None, description="Of a duration, whose rate is the mean, both in days.")


class LineOut(Values):
    key: str
    label: str


class FigureHead(Values):
    name: str
    label: str
    formula: str
    version: int
    from_: Day = Field(alias="from")
    to: Day
    as_of: Day
    target_by: Day
    link: str = Field(description="Lists exactly the rows counted.")
    links: dict[str, str] = Field(description="The same by part: what was hit, what was missed.")


class FigureOut(FigureHead):
    by: str
    lines: list[LineOut]


class FigureList(Schema):
    items: list[FigureHead]
    next: str | None


class CountedCase(Schema):
    id: int
    number: str
    title: str
    procedure: str


class CountedOut(Schema):
    case: CountedCase | None = Field(description="None where what is counted is no case.")
    title: str
    unit: str
    officer: str
    rule: str
    on: Day
    days: int
    hit: bool
    words: str


class CountedPage(Schema):
    items: list[CountedOut]
    next: str | None
    hidden: int = Field(description="Rows the figure counts and the caller is recused from.")


@router.get("", response=FigureList, by_alias=True)
def list_indicators(request: HttpRequest, query: Query[PeriodQuery]) -> Any:
    """Every figure of the caller's procedures for a period."""
    today = clock_today()
    demand_reach(request.user, today)
    period = period_of(request, today)
    known = [one for one in indicators().values() if is_known_to(one, request.user, today)]
    found = overview(known, period, request.user, today)
    return {"items": [_figure(request, one, today) for one in found], "next": None}


@router.get("/{name}", response=FigureOut, by_alias=True)
def getindicator_of(request: HttpRequest, name: str, query: Query[FigureQuery]) -> Any:
    """One figure with its lines."""
    today = clock_today()
    indicator = indicator_of(request, name, today)
    by = query.by if query.by in indicator.dimensions else indicator.dimensions[0]
    return _figure(request, table(indicator, period_of(request, today), request.user, today, by), today)


@router.get("/{name}/rows", response=CountedPage)
def list_indicator_rows(request: HttpRequest, name: str, query: Query[RowsQuery]) -> Any:
    """Exactly the rows that a number counts."""
    today = clock_today()
    indicator = indicator_of(request, name, today)
    listed = listing(indicator, period_of(request, today), request.user, today, request.GET, query.part)
    kept = listed.rolled_up()
    if kept is not None:
        page = page_of(request, kept, ORDER)
    else:
        page = slice_of(request, listed.first())
    return {**page, "items": [_row(line) for line in listed.lines(page["items"])], "hidden": listed.hidden}


def _row(line: RowLine) -> dict[str, Any]:
    case = line.case
    return {
        "case": case and {"id": case.pk, "number": case.number, "title": case.title, "procedure": case.procedure},
        "title": line.title,
        "unit": line.unit,
        "officer": line.officer,
        "rule": str(line.rule),
        "on": iso(line.on),
        "days": line.days,
        "hit": line.hit,
        "words": line.words,
    }


def indicator_of(request: HttpRequest, name: str, today: date) -> Indicator:
    """:raises Http404: there is none, or none of the caller's roles has the cases it counts."""
    found = indicators().get(name)
    if found is None or not is_known_to(found, request.user, today):
        raise Http404
    return found


def period_of(request: HttpRequest, today: date) -> Period:
    """What the address asks for. :raises Problem: 422, it is no period."""
    try:
        return asked({name: request.GET.get(name, "") for name in ("year", "from", "to", "as_of")}, today)
    except NoPeriod as problem:
        raise Problem(422, str(problem), errors={"*": [str(problem)]}) from problem


def _figure(request: HttpRequest, found: Table, today: date) -> dict[str, Any]:
    indicator, period = found.indicator, found.period
    asked_for = {"from": period.first.isoformat(), "to": period.last.isoformat(), "as_of": period.as_of.isoformat()}
    kept = {"year": str(period.year), **asked_for}
    address = request.build_absolute_uri(f"/api/v1/indicators/{indicator.code}/rows")
    links = {part: f"{address}?{urlencode({**kept, 'part': part})}" for part in PARTS_OF[indicator.kind]}
    return {**as_dict(found), "link": links["hit" if indicator.kind == Kind.LOAD else "counted"], "links": links}
