"""Many figures at once, each as a whole: what is rolled up in one query, however many they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, CharField, Count, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from casemgr.indicators.definition import Dimension, Indicator
from casemgr.indicators.figures import Known, Sum, Table, apart_of, counts_of, figure_of, target_of
from casemgr.indicators.period import Period
from casemgr.indicators.reading import Source, source


def overview(
    asked: Iterable[Indicator], period: Period, user: Any, today: date, known: Known | None = None
) -> list[Table]:
    """The figures without lines, in the order asked for: the totals that `figures.table` gives."""
    known, asked = known or Known.of(period), list(asked)
    sources = {one.code: source(one, period, user, today, is_built=one.code in known.built) for one in asked}
    sums = _together([found for found in sources.values() if found.is_rolled_up])
    for code, found in sources.items():
        if not found.is_rolled_up:
            sums[code] = [Sum(None, *values) for _code, *values in _arm(found)]
    tables = []
    for one in asked:
        target = target_of(one, period.year, known)
        figure = figure_of(one, sums.get(one.code, []), target.value if target else None)
        tables.append(Table(one, sources[one.code].period, Dimension.UNIT, figure, (), target))
    return tables


def _together(sources: list[Source]) -> dict[str, list[Sum]]:
    if not sources:
        return {}
    first, *others = (_arm(found) for found in sources)
    found: dict[str, list[Sum]] = {}
    for code, *values in first.union(*others, all=True) if others else first:
        found.setdefault(code, []).append(Sum(None, *values))
    return found


def _arm(found: Source) -> QuerySet:
    """Code, what is kept apart, hits, counted, opened, closed."""
    rows, counts = counts_of(found)
    apart = apart_of(found)
    nought = Value(0, IntegerField())
    kept = Cast(F(apart), BigIntegerField()) if apart else Value(0, BigIntegerField())
    code = F("indicator") if found.is_rolled_up else Value(found.indicator.code, CharField())
    return (
        rows.values(code_of=code, apart=kept)
        .annotate(**{name: counts.get(name, Count("pk") * nought) for name in ("n", "d", "opened", "closed")})
        .values_list("code_of", "apart", "n", "d", "opened", "closed")
    )


__all__ = ["overview"]
