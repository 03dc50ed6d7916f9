"""Next year's plan is a copy of this year's, its days moved by the years between."""

from __future__ import annotations

from datetime import date

from casemgr.assessment.models import PlanClause, YearPlan
from casemgr.indicators.models import Target

COPIED = ("order", "number", "text", "unit_id", "indicator", "measured")


def moved(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def copy_clauses(source: YearPlan, plan: YearPlan) -> None:
    """All that were not dropped, each under way again; a unit that was succeeded by another hands its clauses on."""
    for clause in source.clauses.exclude(state="dropped").select_related("unit__successor"):
        new = PlanClause(plan=plan, due_on=moved(clause.due_on, plan.year - source.year))
        for name in COPIED:
            setattr(new, name, getattr(clause, name))
        new.unit = clause.unit.current()
        new.save()


def targets_to_copy(source: YearPlan, plan: YearPlan) -> list[Target]:
    """Targets of the old year for indicators of the plan that have none in the new one yet."""
    codes = set(source.clauses.exclude(indicator="").exclude(state="dropped").values_list("indicator", flat=True))
    there = set(Target.objects.filter(year=plan.year).values_list("indicator", flat=True))
    return list(Target.objects.filter(year=source.year, indicator__in=codes - there).order_by("indicator"))


__all__ = ["copy_clauses", "moved", "targets_to_copy"]
