"""Plans, clauses and reports through the API."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from casemgr.actions.resources import Resource
from casemgr.assessment.models import CauseRecord, Flaw, PlanClause, Report, SheetLine, UnitSheet, YearPlan
from casemgr.assessment.plan.reading import readings
from casemgr.assessment.roles import EVERYBODY, SEEING_ALL
from casemgr.organisation.scope import scope
from casemgr.organisation.tokens.scopes import FIGURES


def _demand(user: Any, today: date, roles: Collection[str] = EVERYBODY) -> None:
    if not scope(user, today).has_role(roles):
        raise PermissionDenied


def _scoped(model: Any, *joined: str, roles: Collection[str] = EVERYBODY) -> Callable[[Any, date], QuerySet]:
    def visible(user: Any, today: date) -> QuerySet:
        _demand(user, today, roles)
        return model.objects.visible_to(user, today).select_related(*joined)

    return visible


def _all(model: Any) -> Callable[[Any, date], QuerySet]:
    def visible(user: Any, today: date) -> QuerySet:
        _demand(user, today)
        return model.objects.all()

    return visible


def _reached(clauses: Sequence[PlanClause], user: Any, today: date) -> dict[int, bool | None]:
    return {clause: reading.reached for clause, reading in readings(clauses, today).items()}


def _lines(sheets: Sequence[UnitSheet], user: Any, today: date) -> dict[int, list[dict[str, Any]]]:
    """The numbers of sent sheets; a draft's are read on its page."""
    found: dict[int, list[dict[str, Any]]] = {sheet.pk: [] for sheet in sheets}
    names = ("id", "measure", "name", "indicator", "part", "number", "base", "told_number", "told_base")
    for row in SheetLine.objects.filter(sheet__in=found).values("sheet", *names):
        found[row.pop("sheet")].append(row)
    return found


PLANS = Resource(
    "year-plans",
    YearPlan,
    _all(YearPlan),
    columns=("year", "title", "basis", "copied_from"),
    creating=("plan.enter",),
    order=("-year", "pk"),
    reading=FIGURES,
)
CLAUSES = Resource(
    "plan-clauses",
    PlanClause,
    _scoped(PlanClause, "plan", "unit"),
    columns=("plan", "number", "text", "unit", "indicator", "measured", "due_on", "state", "judged_on", "judgement"),
    together={"reached": (bool | None, _reached)},
    filters=("plan", "unit", "state"),
    order=("plan", "order", "pk"),
    reading=FIGURES,
)
FLAWS = Resource(
    "flaws",
    Flaw,
    _all(Flaw),
    columns=("code", "name", "order", "is_used"),
    creating=("flaw.add",),
    order=("order", "pk"),
    reading=FIGURES,
)
CAUSE_RECORDS = Resource(
    "cause-records",
    CauseRecord,
    _scoped(CauseRecord, "case"),
    columns=("case", "article", "flaws", "note", "entered_on"),
    creating=("cause.enter",),
    filters=("case",),
    reading=FIGURES,
)
SHEETS = Resource(
    "unit-sheets",
    UnitSheet,
    _scoped(UnitSheet, "unit"),
    columns=("year", "unit", "state", "as_of", "sent_on", "object_until", "frozen_on"),
    together={"lines": (list[dict[str, Any]], _lines)},
    creating=("sheet.make",),
    filters=("year", "unit", "state"),
    reading=FIGURES,
)
REPORTS = Resource(
    "assessment-reports",
    Report,
    _scoped(Report, roles=SEEING_ALL),
    columns=("kind", "year", "quarter", "state", "title", "as_of", "issued_on", "sha256", "word_sha256"),
    creating=("report.draft",),
    filters=("kind", "year"),
    reading=FIGURES,
)
RESOURCES = (PLANS, CLAUSES, FLAWS, CAUSE_RECORDS, SHEETS, REPORTS)
