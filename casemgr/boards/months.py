"""How many rows an indicator counts in each of the last months: one query, summed here by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count

from casemgr.boards.definition import Asked
from casemgr.indicators.definition import Indicator
from casemgr.indicators.figures import within_reach
from casemgr.indicators.models import CountedRow
from casemgr.indicators.period import Period

MONTHS = 12


def last_months(today: date, count: int = MONTHS) -> list[Period]:
    """The month of today, as far as it has gone, and those before it, oldest first."""
    found, first = [], today.replace(day=1)
    for _number in range(count):
        last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        found.append(Period(first, last, today))
        first = (first - timedelta(days=1)).replace(day=1)
    return found[::-1]


def name_of(month: Period) -> str:
    """2026-11."""
    return f"{month.first:%Y-%m}"


def began(
    asked: Asked, indicator: Indicator, months: Sequence[Period], column: str = "", day: str = "on", procedure: str = ""
) -> Mapping[tuple[int, Any], int]:
    """Rows whose day (`on`, or `until_on` for what ended) lies in each month: `{(place of the month, key): rows}`.

    `column`: the column of their case that they are split by; without it the key is empty. `procedure`: of it alone.
    """
    is_built = indicator.code in asked.known.built
    prefix = "" if is_built else "c_"
    source = CountedRow.objects.filter(indicator=indicator.code) if is_built else indicator.counting()
    span = (months[0].first, min(months[-1].last, asked.today))
    rows = source.filter(within_reach(asked.user, asked.today, indicator, prefix))
    rows = rows.filter(**{f"{prefix}{day}__range": span}).order_by()
    if procedure:
        rows = rows.filter(**{f"{prefix}procedure": procedure})
    way = (f"case__{column}" if is_built else indicator.path(column)) if column else None
    groups = [f"{prefix}{day}", *([way] if way else [])]
    places = {(one.first.year, one.first.month): place for place, one in enumerate(months)}
    found: dict[tuple[int, Any], int] = defaultdict(int)
    for row in rows.values_list(*groups).annotate(rows=Count("pk")):
        on, key = row[0], row[1] if way else ""
        found[places[on.year, on.month], key] += row[-1]
    return found


__all__ = ["MONTHS", "began", "last_months", "name_of"]
