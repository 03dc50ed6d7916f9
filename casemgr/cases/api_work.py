"""My work and the line of a dispute through the API."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from casemgr.cases.api_rows import short
from casemgr.cases.home import work_of
from casemgr.cases.links import line_of
from casemgr.cases.rows import CaseRow
from casemgr.cases.visibility import visible_case
from casemgr.pages.api.operations import Day, Id
from casemgr.pages.clock import today as clock_today

router = Router()


class WorkCase(Schema):
    id: int
    procedure: str
    number: str
    title: str
    state: str


class DueCase(WorkCase):
    sides: str
    due_on: Day
    is_ours: bool
    rule: str
    about: str
    calendar_status: str


class Choice(Schema):
    code: str
    label: str
    is_shown: bool


class WorkSection(Schema):
    code: str
    label: str
    count: str = Field(description="Capped: “1000+”.")
    cases: list[DueCase]


class WorkOut(Schema):
    whose: list[Choice]
    sections: list[WorkSection]


class DisputeCaseOut(WorkCase):
    relations: list[str]
    is_this: bool


class DisputeOut(Schema):
    cases: list[DisputeCaseOut]
    referrals: list[int]
    hidden: int = Field(description="How many cases of the line lie outside the caller's scope.")


class WorkQuery(Schema):
    whose: str = Field("", max_length=40, description="One of the codes under “whose”.")


@router.get("/worklist", response=WorkOut)
def get_worklist(request: HttpRequest, query: Query[WorkQuery]) -> Any:
    """What waits for the caller, the overdue first: the first rows of each section, as on the page “My work”."""
    work = work_of(request.user, query.whose, clock_today())
    sections = [
        {
            "code": section.queue.code,
            "label": str(section.queue.label),
            "count": section.count,
            "cases": [_due(row) for row in section.rows],
        }
        for section in work.sections
    ]
    return {
        "whose": [{"code": tab.code, "label": str(tab.label), "is_shown": tab.is_current} for tab in work.tabs],
        "sections": sections,
    }


@router.get("/cases/{case_id}/line", response=DisputeOut)
def get_case_line(request: HttpRequest, case_id: Id) -> Any:
    """The one line of a dispute through all procedures, oldest first."""
    today = clock_today()
    line = line_of(visible_case(request.user, case_id, today), request.user, today)
    cases = [
        short(one.case) | {"relations": [str(text) for text in one.relations], "is_this": one.is_this}
        for one in line.cases
    ]
    return {"cases": cases, "referrals": [referral.pk for referral in line.referrals], "hidden": line.hidden}


def _due(row: CaseRow) -> dict[str, Any]:
    return short(row.case) | {
        "sides": row.sides,
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "is_ours": row.is_ours,
        "rule": str(row.rule),
        "about": row.about,
        "calendar_status": row.calendar_status,
    }
