"""Statistical tables of the procedures through the API, as `manage.py report M-1` gives them, within the reach."""

from __future__ import annotations

from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from ninja import Query, Router, Schema
from pydantic import Field

from casemgr.audit.access import record_access
from casemgr.indicators.api_reports import PDF
from casemgr.indicators.further_reports import NoReport, Report, further_reports
from casemgr.organisation.tokens.scopes import FIGURES
from casemgr.pages.api.auth import bearer
from casemgr.pages.api.operations import Day
from casemgr.pages.api.problems import Problem
from casemgr.pages.clock import today as clock_today
from casemgr.pages.sheets.writing import XLSX

router = Router(auth=bearer(FIGURES))


class TableOut(Schema):
    name: str
    label: str
    formula: str


class TableList(Schema):
    items: list[TableOut]
    next: str | None


class ColumnOut(Schema):
    code: str
    number: int
    label: str
    measure: str


class CommitteeLine(Schema):
    unit: str
    label: str
    values: dict[str, int | str] = Field(description="By the column's code; money in yuan as text.")


class TownLine(CommitteeLine):
    state: str | None
    frozen_months: int
    committees: list[CommitteeLine]


class MonthCorrection(Schema):
    month: str
    unit: str
    differences: dict[str, int | str]
    reason: str
    by: str
    on: Day


class OfficialLine(Schema):
    code: str
    label: str
    values: dict[str, int | str]


class RateOut(Schema):
    label: str
    numerator: int | str
    denominator: int | str
    percent: float | None
    divided_by: str


class ComparedOut(Schema):
    from_: Day = Field(alias="from")
    to: Day
    total: dict[str, int | str]


class TableAnswer(Schema):
    name: str
    label: str
    formula: str
    missing: str
    from_: Day = Field(alias="from")
    to: Day
    as_of: Day
    columns: list[ColumnOut]
    total: dict[str, int | str]
    broken: list[str] = Field(description="Codes of the checks that are not met.")
    basis: str = Field("", description="Of monthly tables.")
    restated: bool = Field(False, description="Of monthly tables.")
    towns: list[TownLine] = Field([], description="Of monthly tables.")
    corrections: list[MonthCorrection] = Field([], description="Of monthly tables.")
    lines: list[OfficialLine] = Field([], description="Of official tables: the lines of the office's list.")
    rates: list[RateOut] = Field([], description="Of official tables.")
    compared: list[ComparedOut] = Field([], description="Of official tables: the last period, and that of last year.")


class TableQuery(Schema):
    """A year or a part of it: quarter, month and unit of monthly tables; half-year, two days and a past day of
    official ones."""

    year: str = Field("", description="By default this year.")
    quarter: str = ""
    month: str = ""
    unit: str = Field("", description="The id of a town or committee.")
    restated: str = Field("yes", description="“no”: submitted months without later corrections.")
    part: str = Field("", description="1 or 2: a half-year.")
    from_: str = Field("", alias="from")
    to: str = ""
    as_of: str = Field("", description="As it was known at the end of this day.")


class TableFileQuery(TableQuery):
    format: Literal["xlsx", "pdf"] = "xlsx"


@router.get("", response=TableList)
def list_tables(request: HttpRequest) -> Any:
    """The tables that the caller may ask for."""
    today = clock_today()
    known = [one for one in further_reports().values() if one.is_known_to(request.user, today)]
    if not known:
        raise PermissionDenied
    items = [{"name": one.code, "label": str(one.name), "formula": str(one.formula)} for one in known]
    return {"items": items, "next": None}


@router.get("/{name}", response=TableAnswer, by_alias=True)
def get_table(request: HttpRequest, name: str, query: Query[TableQuery]) -> Any:
    """One table, in the keys of `manage.py report --json`."""
    report = _report(request, name)
    try:
        return report.as_dict(query.dict(), request.user, clock_today())
    except NoReport as problem:
        raise Problem(422, str(problem), errors={"year": [str(problem)]}) from problem


_FILE = {
    "responses": {
        200: {
            "description": "The table: with the rows it counts as an Excel file, or as a printed sheet",
            "content": {media: {"schema": {"type": "string", "format": "binary"}} for media in (XLSX, PDF)},
        }
    }
}


@router.get("/{name}/file", openapi_extra=_FILE)
def get_table_file(request: HttpRequest, name: str, query: Query[TableFileQuery]) -> HttpResponse:
    """The same as a file. Each one is recorded."""
    report = _report(request, name)
    try:
        content, rows = report.file(query.dict(), request.user, clock_today(), query.format)
    except NoReport as problem:
        raise Problem(422, str(problem), errors={"year": [str(problem)]}) from problem
    record_access(request.user, "figures_exported", indicator=name, rows=rows, api=True)
    response = HttpResponse(content, content_type=PDF if query.format == "pdf" else XLSX)
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.{query.format}")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _report(request: HttpRequest, name: str) -> Report:
    """:raises Http404: there is none. :raises PermissionDenied: it is none of the person's business."""
    found = further_reports().get(name)
    if found is None:
        raise Http404
    if not found.is_known_to(request.user, clock_today()):
        raise PermissionDenied
    return found
