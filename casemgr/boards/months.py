"""How many rows an indicator counts in each of the last months: one query, summed here by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count

from casemgr.boards.definition import Asked
from casemgr.indicators.definition import Indicator
from casemgr.indicators.period import Period
from casemgr.indicators.reading import source

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
    asked: Asked,
    indicator: Indicator,
    months: Sequence[Period],
    by: str = "",
    day: str = "on",
    narrowed: Mapping[str, str] | None = None,
) -> Mapping[tuple[int, Any], int]:
    """Rows whose day (`on`, or `until_on` for what ended) lies in each month: `{(place of the month, key): rows}`.

    `by`: the dimension that they are split by; without it the key is empty. `narrowed`: as for a table.
    """
    span = Period(months[0].first, min(months[-1].last, asked.today), asked.today)
    found = source(indicator, span, asked.user, asked.today, is_built=indicator.code in asked.known.built)
    found = found.narrowed(narrowed or {})
    rows = found.rows.filter(found.on(**{f"{day}__range": (span.first, span.last), "on__lte": asked.today}))
    groups = [f"{found.prefix}{day}", *([found.column(by)] if by else [])]
    places = {(one.first.year, one.first.month): place for place, one in enumerate(months)}
    counted: dict[tuple[int, Any], int] = defaultdict(int)
    for row in rows.order_by().values_list(*groups).annotate(rows=Count("pk")):
        on, key = row[0], row[1] if by else ""
        counted[places[on.year, on.month], key] += row[-1]
    return counted


__all__ = ["MONTHS", "began", "last_months", "name_of"]
