"""Submitted months, entries by hand and rules through the API; the tables themselves are reports."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casemgr.actions.resources import Resource
from mediation.models import FundEntry, TablePolicy, TableReturn
from mediation.organisations.permission import may_look


def _demand_role(user: Any, today: date) -> None:
    if not may_look(user, today):
        raise PermissionDenied(_("Your roles have nothing to do with people's mediation."))


def _returns(user: Any, today: date) -> QuerySet:
    _demand_role(user, today)
    return TableReturn.objects.visible_to(user, today).prefetch_related("lines__committee")


def _entries(user: Any, today: date) -> QuerySet:
    _demand_role(user, today)
    return FundEntry.objects.visible_to(user, today)


def _rules(user: Any, today: date) -> QuerySet:
    _demand_role(user, today)
    return TablePolicy.objects.all()


def _lines(row: TableReturn, user: Any, today: date) -> list[dict[str, Any]]:
    return [{"committee": line.committee.code, "values": line.values} for line in row.lines.all()]


TABLE_RETURNS = Resource(
    "table-returns",
    TableReturn,
    _returns,
    columns=(
        *("table", "unit", "year", "month", "first_on", "last_on", "basis", "counted_on", "is_zero", "state"),
        *("submitted_by", "decided_by", "decided_on", "decision_note"),
    ),
    computed={"lines": (list[dict[str, Any]], _lines)},
    creating=("table.submit",),
    filters=("table", "unit", "year", "month", "state"),
)
FUND_ENTRIES = Resource(
    "fund-entries",
    FundEntry,
    _entries,
    columns=(*("unit", "on", "guidance_yuan", "subsidy_yuan", "insurance_yuan", "note", "is_struck"),),
    creating=("table.record_funds",),
    filters=("unit",),
)
TABLE_RULES = Resource(
    "table-rules",
    TablePolicy,
    _rules,
    columns=("effective_on", "cut_off_day", "basis", "due_days", "note"),
    creating=("table.set_rule",),
)
RESOURCES = (TABLE_RETURNS, FUND_ENTRIES, TABLE_RULES)
