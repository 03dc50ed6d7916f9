"""Time per stage through the API."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from casemgr.organisation.tokens.scopes import READ
from casemgr.pages.api.auth import bearer
from casemgr.pages.clock import today as clock_today
from reconsideration.case_records import demand_reconsideration
from reconsideration.quality.times import stage_times, waiting

router = Router(auth=bearer(READ))


class StageTimeOut(Schema):
    stage: str
    label: str
    cases: int
    median_days: int | None
    ninth_decile_days: int | None
    longest_days: int | None


class WaitingOut(Schema):
    state: str
    label: str
    cases: int
    median_days: int
    longest_days: int
    longest_case: int


class TimesOut(Schema):
    year: int
    is_cut: bool
    stages: list[StageTimeOut]
    waiting: list[WaitingOut]


@router.get("/times", response=TimesOut, operation_id="get_stage_times")
def get_stage_times(request: HttpRequest, year: int | None = Query(None, ge=2000, le=2100)) -> dict[str, Any]:
    """Days that each stage took in a year (median, ninth decile), and where open cases wait."""
    today = clock_today()
    demand_reconsideration(request.user, today)
    asked = year or today.year
    rows, is_cut = stage_times(request.user, today, asked)
    return {
        "year": asked,
        "is_cut": is_cut,
        "stages": [
            {"stage": row.stage.code, "label": str(row.stage.label), "cases": row.count, "median_days": row.median,
             "ninth_decile_days": row.ninth_decile, "longest_days": row.longest}
            for row in rows
        ],
        "waiting": [
            {"state": row.state, "label": str(row.label), "cases": row.count, "median_days": row.median,
             "longest_days": row.longest, "longest_case": row.longest_case}
            for row in waiting(request.user, today)
        ],
    }  # fmt: skip
