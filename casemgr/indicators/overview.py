"""Many figures at once, as a whole or by unit: what is rolled up in one query, however many they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, CharField, Count, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from casemgr.indicators.definition import Dimension, Indicator
from casemgr.indicators.figures import Figure, Known, Sum, Table, apart_of, counts_of, figure_of, further, target_of
from casemgr.indicators.period import Period
from casemgr.indicators.reading import Source, source


def overview(
    asked: Iterable[Indicator], period: Period, user: Any, today: date, known: Known | None = None
) -> list[Table]:
    """The figures without lines, in the order asked for: the totals that `figures.table` gives."""
    known, asked = known or Known.of(period), list(asked)
    sources = _sources(asked, period, user, today, known)
    sums = _read(sources, is_by_unit=False)
    tables = []
    for one in asked:
        target = target_of(one, period.year, known)
        figure = figure_of(one, sums[one.code], target.value if target else None)
        tables.append(Table(one, sources[one.code].period, Dimension.UNIT, figure, (), target))
    return tables


@dataclass(frozen=True)
class ByUnit:
    """A figure as a whole, and of each unit that has rows: what `figures.table` gives, without names."""

    total: Figure
    units: Mapping[int, Figure]


def by_unit(
    asked: Iterable[Indicator], period: Period, user: Any, today: date, known: Known | None = None
) -> dict[str, ByUnit]:
    """By code. One query for what is rolled up, one or two for each that is not."""
    known, asked = known or Known.of(period), list(asked)
    sources = _sources(asked, period, user, today, known)
    sums = _read(sources, is_by_unit=True)
    return {one.code: _split(sources[one.code], sums[one.code], known) for one in asked}


def _split(found: Source, sums: list[Sum], known: Known) -> ByUnit:
    one = found.indicator
    target = target_of(one, found.period.year, known)
    value = target.value if target else None
    grouped: dict[int, list[Sum]] = defaultdict(list)
    for row in [*sums, *further(found, Dimension.UNIT)]:
        grouped[row.key].append(row)
    return ByUnit(figure_of(one, sums, value), {unit: figure_of(one, rows, value) for unit, rows in grouped.items()})


def _sources(asked: Iterable[Indicator], period: Period, user: Any, today: date, known: Known) -> dict[str, Source]:
    return {one.code: source(one, period, user, today, is_built=one.code in known.built) for one in asked}


def _read(sources: Mapping[str, Source], *, is_by_unit: bool) -> dict[str, list[Sum]]:
    found: dict[str, list[Sum]] = {code: [] for code in sources}
    together = [_arm(one, is_by_unit) for one in sources.values() if one.is_rolled_up]
    alone = [_arm(one, is_by_unit) for one in sources.values() if not one.is_rolled_up]
    for rows in ([together[0].union(*together[1:], all=True)] if together[1:] else together) + alone:
        for code, *values in rows:
            found[code].append(Sum(*values))
    return found


def _arm(found: Source, is_by_unit: bool) -> QuerySet:
    """Code, unit, what is kept apart, hits, counted, opened, closed."""
    rows, counts = counts_of(found)
    apart = apart_of(found)
    nought = Value(0, IntegerField())
    kept = Cast(F(apart), BigIntegerField()) if apart else Value(0, BigIntegerField())
    unit = F(found.column(Dimension.UNIT)) if is_by_unit else Value(0, BigIntegerField())
    code = F("indicator") if found.is_rolled_up else Value(found.indicator.code, CharField())
    return (
        rows.values(code_of=code, unit_of=unit, apart=kept)
        .annotate(**{name: counts.get(name, Count("pk") * nought) for name in ("n", "d", "opened", "closed")})
        .values_list("code_of", "unit_of", "apart", "n", "d", "opened", "closed")
    )


__all__ = ["ByUnit", "by_unit", "overview"]
