"""Batches and rate tables through the API."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casemgr.actions.resources import Resource
from mediation.models import SubsidyBatch, SubsidyRate
from mediation.organisations.permission import may_look


def _demand_role(user: Any, today: date) -> None:
    if not may_look(user, today) and "finance" not in user.role_codes(today):
        raise PermissionDenied(_("Your roles have nothing to do with the subsidy."))


def _batches(user: Any, today: date) -> QuerySet:
    _demand_role(user, today)
    return SubsidyBatch.objects.visible_to(user, today).prefetch_related("results__case", "results__shares")


def _rates(user: Any, today: date) -> QuerySet:
    _demand_role(user, today)
    return SubsidyRate.objects.prefetch_related("grades")


def _results(batch: SubsidyBatch, user: Any, today: date) -> list[dict[str, Any]]:
    return [
        {
            "case": row.case.number,
            "grade": row.grade,
            "yuan": format(row.amount_yuan, "f"),
            "reasons": row.reasons,
            "shares": [
                {"name": one.name, "lead": one.is_lead, "excluded": one.excluded, "yuan": format(one.amount_yuan, "f")}
                for one in row.shares.all()
            ],
        }
        for row in batch.results.all()
    ]


def _grades(rate: SubsidyRate, user: Any, today: date) -> list[dict[str, Any]]:
    names = ("code", "name", "form", "sessions_at_least", "people_at_least", "with_death")
    return [
        {name: getattr(grade, name) for name in names}
        | {
            "yuan": format(grade.amount_yuan, "f"),
            "yuan_at_least": None if grade.yuan_at_least is None else format(grade.yuan_at_least, "f"),
        }
        for grade in rate.grades.all()
    ]


SUBSIDY_BATCHES = Resource(
    "subsidy-batches",
    SubsidyBatch,
    _batches,
    columns=(
        *("unit", "first_on", "last_on", "computed_on", "total_yuan", "state", "submitted_on", "approved_on"),
        *("notice_from", "notice_until", "paid_on", "voucher", "dropped_on", "drop_reason"),
    ),
    computed={"results": (list[dict[str, Any]], _results)},
    creating=("subsidy.compute",),
    filters=("unit", "state"),
)
SUBSIDY_RATES = Resource(
    "subsidy-rates",
    SubsidyRate,
    _rates,
    columns=("code", "from_on", "until_on", "basis"),
    computed={"grades": (list[dict[str, Any]], _grades)},
    creating=("subsidy.set_rate",),
)
RESOURCES = (SUBSIDY_BATCHES, SUBSIDY_RATES)
