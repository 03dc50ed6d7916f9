"""Reports through the API: what `manage.py report` gives, within the caller's reach; JSON, Excel or a printed sheet."""

from __future__ import annotations

from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from casemgr.audit.access import record_access
from casemgr.indicators import export
from casemgr.indicators.api import LineOut, Values, indicator_of, period_of
from casemgr.indicators.definition import indicators
from casemgr.indicators.figures import Table, is_known_to, table
from casemgr.indicators.rows import RowLine, listing
from casemgr.indicators.views import demand_reach
from casemgr.organisation.tokens.scopes import FIGURES
from casemgr.pages.api.auth import bearer
from casemgr.pages.api.operations import Day
from casemgr.pages.api.problems import Problem
from casemgr.pages.clock import today as clock_today
from casemgr.pages.sheets.writing import XLSX

router = Router(auth=bearer(FIGURES))
PDF = "application/pdf"
FORMATS = ("json", "xlsx", "pdf")


class ReportOut(Schema):
    name: str
    label: str
    formula: str
    by: list[str] = Field(description="What its lines can be; the first is the default.")
    formats: list[str]


class ReportList(Schema):
    items: list[ReportOut]
    next: str | None


class ReportQuery(Schema):
    """A year, or two days, as of a day; and what the lines are."""

    year: str = Field("", description="By default this year.")
    from_: str = Field("", alias="from")
    to: str = ""
    as_of: str = ""
    by: str = ""


class ReportFileQuery(ReportQuery):
    format: Literal["xlsx", "pdf"] = "xlsx"


class ReportTable(Values):
    name: str
    label: str
    formula: str
    version: int
    from_: Day = Field(alias="from")
    to: Day
    as_of: Day
    target_by: Day
    by: str
    lines: list[LineOut]


@router.get("", response=ReportList)
def list_reports(request: HttpRequest) -> Any:
    """The tables that the caller may ask for."""
    today = clock_today()
    demand_reach(request.user, today)
    known = [one for one in indicators().values() if is_known_to(one, request.user, today)]
    return {
        "items": [
            {
                "name": one.code,
                "label": str(one.name),
                "formula": str(one.formula),
                "by": [str(by) for by in one.dimensions],
                "formats": list(FORMATS),
            }
            for one in known
        ],
        "next": None,
    }


@router.get("/{name}", response=ReportTable, by_alias=True)
def get_report(request: HttpRequest, name: str, query: Query[ReportQuery]) -> Any:
    """One table, in the keys of `manage.py report --json`."""
    return export.as_dict(_table(request, name, query.by))


_FILE = {
    "responses": {
        200: {
            "description": "The table: with the rows it counts as an Excel file, or as a printed sheet",
            "content": {media: {"schema": {"type": "string", "format": "binary"}} for media in (XLSX, PDF)},
        }
    }
}


@router.get("/{name}/file", openapi_extra=_FILE)
def get_report_file(request: HttpRequest, name: str, query: Query[ReportFileQuery]) -> HttpResponse:
    """The same as a file. Each one is recorded."""
    found, listed = _table(request, name, query.by), 0
    if query.format == "pdf":
        content = export.pdf(found, settings.OFFICE_NAME or _("Dalad Banner Justice Bureau"))
    else:
        lines = _rows(request, found)
        listed, content = len(lines), export.workbook(found, lines)
    record_access(request.user, "figures_exported", indicator=name, year=found.period.year, rows=listed, api=True)
    response = HttpResponse(content, content_type=PDF if query.format == "pdf" else XLSX)
    shown_as = f"{found.indicator.name}-{found.period.as_of.isoformat()}.{query.format}"
    response.headers["Content-Disposition"] = content_disposition_header(True, shown_as)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _table(request: HttpRequest, name: str, by: str) -> Table:
    today = clock_today()
    indicator = indicator_of(request, name, today)
    if by and by not in indicator.dimensions:
        text = _("This figure is not split by %(by)s.") % {"by": by[:40]}
        raise Problem(422, text, errors={"by": [text]})
    return table(indicator, period_of(request, today), request.user, today, by or indicator.dimensions[0])


def _rows(request: HttpRequest, found: Table) -> list[RowLine]:
    """:raises Problem: 422, there are more than one file lists."""
    listed = listing(found.indicator, found.period, request.user, clock_today(), {})
    if listed.is_longer_than(export.LIMIT):
        text = _("More than %(limit)s rows: choose a shorter period.") % {"limit": export.LIMIT}
        raise Problem(422, text, errors={"year": [text]})
    return listed.lines(listed.first())
