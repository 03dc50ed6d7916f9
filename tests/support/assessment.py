"""The people of plans and sheets: the bureau's leader and the head of its office, and who answers for a unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from casemgr.actions.perform import perform
from casemgr.assessment.models import PlanClause, UnitSheet, YearPlan
from tests.support.register import OTHER, person, unit


@dataclass(frozen=True)
class Bureau:
    leader: Any
    head: Any
    police: Any
    """Liaison of the police bureau."""
    resources: Any
    """Liaison of the bureau of natural resources."""


def bureau() -> Bureau:
    return Bureau(
        person("as-leader", "leader", at="150621", full_name="云巴特尔"),
        person("as-liaison", "liaison", at="150621-SFJ", full_name="赵永胜"),
        person("as-police", "department", at=OTHER, full_name="白志刚"),
        person("as-resources", "department", at="150621-ZRJ", full_name="王建国"),
    )


def a_plan(actor: Any, today: date, year: int = 0) -> YearPlan:
    year = year or today.year
    sent = {"year": year, "title": f"{year}年度行政争议化解工作计划", "basis": "达党办发〔2026〕3号"}
    return perform("plan.enter", None, sent, actor, today)


def a_clause(
    plan: YearPlan, actor: Any, today: date, /, number: str = "1", at: str = OTHER, **changes: Any
) -> PlanClause:
    sent = {
        "number": number,
        "text": "建立行政机关负责人出庭应诉通报制度",
        "unit": unit(at).pk,
        "due_on": date(plan.year, 12, 31),
        **changes,
    }
    perform("plan.add_clause", plan, sent, actor, today)
    return PlanClause.objects.get(plan=plan, number=number)


def step(name: str, subject: Any, actor: Any, today: date, /, **data: Any) -> Any:
    """The action on the record as it is now."""
    files = data.pop("files", None)
    return perform(name, type(subject).objects.get(pk=subject.pk), data, actor, today, files=files)


def a_sheet(actor: Any, today: date, at: str = OTHER, year: int = 0, until: date | None = None) -> UnitSheet:
    """Made and sent."""
    sheet = perform("sheet.make", None, {"year": year or today.year, "unit": unit(at).pk}, actor, today)
    return perform("sheet.send", sheet, {"object_until": until or today}, actor, today)
