"""The drill-down: exactly the rows a figure counts, as far as the person may see their cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from casemgr.cases.deadline_rows import rule_name
from casemgr.cases.models import Case
from casemgr.cases.procedure import Text
from casemgr.indicators.definition import Dimension, Indicator, Kind
from casemgr.indicators.figures import rolled_up, within_reach
from casemgr.indicators.models import CountedRow
from casemgr.indicators.period import Period
from casemgr.pages.requests import row_id

PARTS = ("counted", "hit", "missed", "opened", "closed")
"""What of a figure is listed: its denominator, its numerator, the rest; for the load also what came and what went."""
NOBODY = "nobody"


@dataclass(frozen=True)
class RowLine:
    """One counted row as a list shows it."""

    case: Case
    unit: str
    officer: str
    rule: Text
    on: date
    hit: bool
    words: str


def counted(
    indicator: Indicator, period: Period, user: Any, today: date, params: Mapping[str, str], part: str = "counted"
) -> QuerySet[CountedRow]:
    """The counted rows of the part, of the units in reach, narrowed by `unit`, `officer` and `rule`."""
    rows = _part(indicator, period, part).filter(within_reach(user, today, indicator))
    for name, column in ((Dimension.UNIT, "unit_id"), (Dimension.OFFICER, "officer_id")):
        asked = params.get(name, "")
        if asked == NOBODY:
            rows = rows.filter(**{f"{column}__isnull": True})
        elif asked:
            pk = row_id(asked)
            rows = rows.filter(**{column: pk}) if pk is not None else rows.none()
    if rule := params.get(Dimension.RULE, ""):
        rows = rows.filter(rule=rule[:40])
    return rows


def _part(indicator: Indicator, period: Period, part: str) -> QuerySet[CountedRow]:
    end = min(period.last, period.as_of)
    if indicator.kind == Kind.LOAD and part in ("opened", "closed"):
        column = "on" if part == "opened" else "until_on"
        whole = CountedRow.objects.filter(indicator=indicator.code, on__lte=period.as_of)
        return whole.filter(**{f"{column}__range": (period.first, end)})
    rows = rolled_up(indicator, period)
    return rows.filter(hit=part == "hit") if part in ("hit", "missed") else rows


def visible(rows: QuerySet[CountedRow], user: Any, today: date) -> QuerySet[CountedRow]:
    """Those whose case the person may open: a recusal hides a row that the figure counts."""
    if getattr(user, "is_system", False):
        return rows
    return rows.exclude(case_id__in=user.recusals.values("case_id"))


def hidden_count(rows: QuerySet[CountedRow], user: Any) -> int:
    """How many counted rows the list leaves out for the person."""
    if getattr(user, "is_system", False):
        return 0
    return rows.filter(Q(case_id__in=user.recusals.values("case_id"))).count()


def loaded(rows: QuerySet[CountedRow]) -> QuerySet[CountedRow]:
    return rows.select_related("case", "unit", "officer")


def lines(indicator: Indicator, rows: Iterable[CountedRow]) -> list[RowLine]:
    """The rows in words: one more query, for the register rows themselves."""
    rows = list(rows)
    register = (
        indicator.rows().model._base_manager.select_related(*indicator.joined).in_bulk([row.row_id for row in rows])
    )
    return [
        RowLine(
            case=row.case,
            unit=row.unit.name,
            officer=row.officer.full_name if row.officer else "",
            rule=rule_name(row.rule) if row.rule else "",
            on=row.on,
            hit=row.hit,
            words=str(indicator.row_words(register[row.row_id])),
        )
        for row in rows
    ]


def _register_rows(indicator: Indicator) -> QuerySet:
    found = indicator.rows().model._base_manager.all()
    return found.select_related(*indicator.joined) if indicator.joined else found
