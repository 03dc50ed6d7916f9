"""Reading a figure: numerator, denominator, target, and the table behind it; always from the same rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet

from casemgr.cases.deadline_rows import rule_name
from casemgr.cases.procedure import procedures
from casemgr.indicators.definition import Dimension, Indicator, Kind, Text
from casemgr.indicators.figure import Figure
from casemgr.indicators.models import Target
from casemgr.indicators.period import Period
from casemgr.indicators.reading import Source, source
from casemgr.indicators.rollup import built_codes
from casemgr.organisation.models import Unit, User
from casemgr.organisation.scope import scope


@dataclass(frozen=True)
class Line:
    """One line of the table: `key` is the unit's, town's or person's id, or a code; empty for nobody and none."""

    key: str
    label: Text
    figure: Figure


@dataclass(frozen=True)
class Table:
    """A figure as a whole and its lines, summed from one reading.

    `narrowed`: of which unit, handler, period … alone it is. The lines add up to the total, but for rows that count in
    the lines of several units (`Indicator.further_units`).
    """

    indicator: Indicator
    period: Period
    by: str
    total: Figure
    lines: tuple[Line, ...]
    target: Target | None
    narrowed: Mapping[str, str] = field(default_factory=dict)


def is_known_to(indicator: Indicator, user: Any, today: date) -> bool:
    """Whether some of the person's roles has cases that the indicator counts."""
    if getattr(user, "is_system", False):
        return True
    seen = scope(user, today).procedures
    return bool(seen.intersection(indicator.procedures) if indicator.procedures else seen)


@dataclass(frozen=True)
class Known:
    """What a page of many figures reads once for all of them: which are rolled up, and the year's targets."""

    built: frozenset[str]
    targets: Mapping[str, Target]

    @classmethod
    def of(cls, period: Period) -> Known:
        targets = {target.indicator: target for target in Target.objects.filter(year=period.year)}
        return cls(built_codes(), targets)


def table(
    indicator: Indicator,
    period: Period,
    user: Any,
    today: date,
    by: str = Dimension.UNIT,
    known: Known | None = None,
    narrowed: Mapping[str, str] | None = None,
) -> Table:
    """One query for the sums and one for names; without `known` two more, for the roll-up and the target.

    `narrowed`: by dimension, the key of the only unit, handler, period, kind or town that is asked for.
    """
    known, narrowed = known or Known.of(period), dict(narrowed or {})
    found = source(indicator, period, user, today, is_built=indicator.code in known.built).narrowed(narrowed)
    sums = _sums(found, by)
    target = target_of(indicator, period.year, known)
    value = target.value if target else None
    lines = _lines(indicator, [*sums, *further(found, by)], by, value)
    return Table(indicator, found.period, by, figure_of(indicator, sums, value), lines, target, narrowed)


def target_of(indicator: Indicator, year: int, known: Known) -> Target | None:
    """As entered for the year, or as the year's plan says elsewhere."""
    if (entered := known.targets.get(indicator.code)) is not None:
        return entered
    found = indicator.plan(year) if indicator.plan is not None else None
    return Target(indicator=indicator.code, year=year, value=found[0], by_on=found[1]) if found else None


@dataclass(frozen=True)
class Sum:
    """Rows of one key (and one handler of a load, one length of a duration)."""

    key: Any
    apart: Any
    hits: int
    counted: int
    opened: int = 0
    closed: int = 0


def apart_of(found: Source) -> str:
    """What is not added up: of a load whose cases they are, of a duration how long each row took."""
    apart = {Kind.LOAD: "officer_id", Kind.DAYS: "days"}.get(found.indicator.kind, "")
    return f"{found.prefix}{apart}" if apart else ""


def counts_of(found: Source) -> tuple[QuerySet, dict[str, Count]]:
    """The rows to be counted, and the counts of a group of them: hits, counted, and of a load what came and went."""
    if found.indicator.kind != Kind.LOAD:
        return found.denominator(), {"n": Count("pk", filter=found.is_hit), "d": Count("pk")}
    period = found.period
    end = min(period.last, period.as_of)
    rows = found.rows.filter(found.on(on__lte=period.as_of, until_on__gte=min(period.first, period.as_of)))
    is_open = found.on(on__lte=period.as_of, until_on__gt=period.as_of)
    return rows, {
        "n": Count("pk", filter=is_open & found.is_hit),
        "d": Count("pk", filter=is_open),
        "opened": Count("pk", filter=found.on(on__range=(period.first, end))),
        "closed": Count("pk", filter=found.on(until_on__range=(period.first, end))),
    }


def _sums(found: Source, by: str) -> list[Sum]:
    """By the key of the dimension."""
    apart, (rows, counts) = apart_of(found), counts_of(found)
    groups = list(dict.fromkeys([found.column(by), *([apart] if apart else [])]))
    asked = rows.values(*groups).annotate(**counts).values_list(*groups, *counts)
    return [Sum(row[0], row[len(groups) - 1] if apart else None, *row[len(groups) :]) for row in asked]


def further(found: Source, by: str) -> list[Sum]:
    """What counts once more in the lines of further units."""
    path = found.indicator.further_units
    if by != Dimension.UNIT or not path:
        return []
    rows = found.denominator().filter(**{f"{path}__isnull": False}).values(path)
    counted = rows.annotate(n=Count("pk", filter=found.is_hit), d=Count("pk"))
    return [Sum(key, None, hits, count) for key, hits, count in counted.values_list(path, "n", "d")]


def figure_of(indicator: Indicator, sums: Iterable[Sum], target: Decimal | None) -> Figure:
    sums = list(sums)
    hits, counted = sum(one.hits for one in sums), sum(one.counted for one in sums)
    if indicator.kind == Kind.LOAD:
        counted = len({one.apart for one in sums if one.apart is not None and one.hits})
        return Figure(
            indicator, hits, counted, target, sum(one.opened for one in sums), sum(one.closed for one in sums)
        )
    if indicator.kind == Kind.DAYS:
        spread: dict[int, int] = defaultdict(int)
        for one in sums:
            spread[one.apart] += one.counted
        together = sum(days * count for days, count in spread.items())
        return Figure(indicator, together, counted, target, spread=tuple(sorted(spread.items())))
    return Figure(indicator, hits, counted, target)


def _lines(indicator: Indicator, sums: Iterable[Sum], by: str, target: Decimal | None) -> tuple[Line, ...]:
    grouped: dict[Any, list[Sum]] = defaultdict(list)
    for one in sums:
        grouped[None if one.key == "" else one.key].append(one)
    labels = _labels(indicator, by, [key for key in grouped if key is not None])
    lines = [
        Line("" if key is None else str(key), labels.get(key, ""), _of_line(indicator, key, rows, by, target))
        for key, rows in grouped.items()
    ]
    return tuple(sorted(lines, key=lambda line: (line.key == "", str(line.label), line.key)))


def _of_line(indicator: Indicator, key: Any, rows: list[Sum], by: str, target: Decimal | None) -> Figure:
    figure = figure_of(indicator, rows, target)
    if indicator.kind == Kind.LOAD and key is None and by == Dimension.OFFICER:  # open cases that nobody leads yet
        return Figure(indicator, sum(row.counted for row in rows), 0, target, figure.opened, figure.closed)
    return figure


def _labels(indicator: Indicator, by: str, keys: list[Any]) -> Mapping[Any, Text]:
    if by in indicator.splits:
        return indicator.splits[by].names(keys)
    if by == Dimension.UNIT:
        return dict(Unit.objects.filter(pk__in=keys).order_by().values_list("pk", "name"))
    if by == Dimension.OFFICER:
        return dict(User.objects.filter(pk__in=keys).values_list("pk", "full_name"))
    if by == Dimension.PROCEDURE:
        return {one.code: one.name for one in procedures()}
    return {key: rule_name(key) for key in keys}


__all__ = ["Figure", "Known", "Line", "Table", "is_known_to", "table"]
