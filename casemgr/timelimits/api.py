"""The calculator of statutory periods through the API. Nothing is stored."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from casemgr.pages.api.operations import Day
from casemgr.pages.api.paging import slice_of
from casemgr.pages.api.problems import Problem
from casemgr.timelimits import registry
from casemgr.timelimits.arithmetic import Suspension
from casemgr.timelimits.document import answer_document, rule_document
from casemgr.timelimits.question import Unanswerable, answer

router = Router()
Paused = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}:([0-9]{4}-[0-9]{2}-[0-9]{2})?$")]


class RuleOut(Schema):
    code: str
    law: str | None
    name: str
    length: int | None
    unit: str | None
    citation: str
    bound_party: str
    regulation: str | None


class RulePage(Schema):
    items: list[RuleOut]
    next: str | None


class TimelimitQuery(Schema):
    start: Annotated[date, Field(ge=date(1949, 10, 1), le=date(2099, 12, 31))]
    law: Literal["", "2017", "2023"] = ""
    suspend: list[Paused] = Field([], max_length=6, description="FROM:TO; TO empty while it is suspended.")
    extend: int | None = Field(None, ge=1, le=3650)


class TimelimitOut(Schema):
    """`due` is null while a suspension is open, and where `not_computed` says why."""

    rule: str
    name: str
    law: str | None
    start: str
    length: int | None
    unit: str | None
    nominal: Day
    due: Day
    calendar_status: str
    citation: str
    bound_party: str
    on_expiry: str
    steps: list[str]
    not_computed: str | None = None


class ListQuery(Schema):
    page: str = Field("", max_length=9)
    limit: int = Field(25, ge=1, le=100)


@router.get("", response=RulePage)
def list_timelimits(request: HttpRequest, query: Query[ListQuery]) -> Any:
    """Every rule of the law that is computed here, each version of it."""
    return slice_of(request, sorted(registry.all_rules(), key=lambda rule: rule.code), rule_document)


@router.get("/{code}", response=TimelimitOut)
def compute_timelimit(request: HttpRequest, code: str, query: Query[TimelimitQuery]) -> Any:
    """One statutory period from the day of the event; that day itself is not counted."""
    if code not in registry.codes():
        raise Http404
    paused = [_suspension(text) for text in query.suspend]
    try:
        found = answer(code, query.start, law=query.law, suspensions=paused, extension_days=query.extend or 0)
    except Unanswerable as error:
        raise Problem(422, str(error), errors={error.field or "*": [str(error)]}) from error
    return answer_document(found)


def _suspension(text: str) -> Suspension:
    first, _colon, last = text.partition(":")
    try:
        return Suspension(date.fromisoformat(first), date.fromisoformat(last) if last else None)
    except ValueError:
        message = _("This is not a day of the calendar. Write it like 2026-11-23.")
        raise Problem(422, message, errors={"suspend": [message]}) from None
