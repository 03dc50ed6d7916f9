"""Working days through the API."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Query, Router, Schema
from pydantic import Field

from casemgr.calendar.current import current_calendar
from casemgr.calendar.models import CalendarDay, CalendarYear
from casemgr.pages.api.operations import Day
from casemgr.pages.api.problems import Problem

router = Router()
KnownDay = Annotated[date, Field(ge=date(1949, 10, 1), le=date(2099, 12, 31))]
YearNumber = Annotated[int, Path(ge=1949, le=2099)]


class WorkdaysQuery(Schema):
    first: KnownDay = Field(alias="from")
    last: KnownDay = Field(alias="to")


class WorkdaysOut(Schema):
    first: str = Field(alias="from")
    last: str = Field(alias="to")
    working_days: int
    calendar_status: str


class YearOut(Schema):
    year: int
    status: str
    notice_number: str
    published_on: Day


class SpecialDay(Schema):
    date: str
    kind: str
    name: str
    source: str


class WholeYear(YearOut):
    days: list[SpecialDay] = Field(description="Days that are not what their weekday says.")


class YearPage(Schema):
    items: list[YearOut]
    next: None


@router.get("/workdays", response=WorkdaysOut, by_alias=True)
def count_workdays(request: HttpRequest, query: Query[WorkdaysQuery]) -> Any:
    """Working days after `from` up to and including `to`."""
    if query.last < query.first:
        text = _("The last day lies before the first.")
        raise Problem(422, text, errors={"to": [text]})
    calendar = current_calendar()
    status = calendar.status_between(min(query.first + timedelta(days=1), query.last), query.last)
    return {
        "from": query.first.isoformat(),
        "to": query.last.isoformat(),
        "working_days": calendar.working_days_between(query.first, query.last),
        "calendar_status": str(status),
    }


@router.get("/calendar-years", response=YearPage)
def list_calendar_years(request: HttpRequest) -> Any:
    """The years kept, the latest first: whether their holidays are published."""
    return {"items": [_year(year) for year in CalendarYear.objects.order_by("-year")[:100]], "next": None}


@router.get("/calendar-years/{year}", response=WholeYear)
def get_calendar_year(request: HttpRequest, year: YearNumber) -> Any:
    """A year with its days off, its working weekends and its local days."""
    found = CalendarYear.objects.filter(year=year).first()
    if found is None:
        raise Http404
    days = CalendarDay.objects.filter(date__year=year).order_by("date", "kind")
    told = [{"date": day.date.isoformat(), "kind": day.kind, "name": day.name, "source": day.source} for day in days]
    return _year(found) | {"days": told}


def _year(year: CalendarYear) -> dict[str, Any]:
    return {
        "year": year.year,
        "status": year.status,
        "notice_number": year.notice_number,
        "published_on": year.published_on.isoformat() if year.published_on else None,
    }
