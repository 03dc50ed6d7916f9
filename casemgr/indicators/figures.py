"""Reading a figure: numerator, denominator, target, and the table behind it; always from the same rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet

from casemgr.cases.deadline_rows import rule_name
from casemgr.indicators.definition import Dimension, Indicator, Kind, Text, counted_on
from casemgr.indicators.models import CountedRow, Target
from casemgr.indicators.period import Period
from casemgr.indicators.rollup import built_codes
from casemgr.organisation.models import Unit, User
from casemgr.organisation.scope import ALL, scope

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Figure:
    """A numerator, a denominator, and what they are to reach; compared in whole numbers, never rounded first."""

    indicator: Indicator
    numerator: int
    denominator: int
    target: Decimal | None = None
    opened: int = 0
    closed: int = 0

    @property
    def rate(self) -> Decimal | None:
        """Percent, or cases a head; two places. None when there is nothing to count: that is not 100 %.

        Rounded, but never up to a target that is missed, nor to 100 % when something is missing.
        """
        if not self.denominator:
            return None
        exact = Decimal(self.numerator) / self.denominator
        if self.indicator.kind == Kind.LOAD:
            return exact.quantize(HUNDREDTH, ROUND_HALF_UP)
        exact *= 100
        rounded = exact.quantize(HUNDREDTH, ROUND_HALF_UP)
        flatters = rounded == 100 or (self.target is not None and exact < self.target <= rounded)
        return exact.quantize(HUNDREDTH, ROUND_DOWN) if flatters else rounded

    @property
    def reached(self) -> bool | None:
        """None without a target or without anything to count."""
        if self.target is None or not self.denominator:
            return None
        have, wanted = self._sides()
        return have >= wanted if self.indicator.at_least else have <= wanted

    @property
    def needed(self) -> int | None:
        """How many more must be in the numerator (fewer, where the target is a ceiling) to reach the target.

        Where each further one is also counted in the denominator, as many in a row as it takes; None when no number of
        them is enough (100 % after a miss), without a target, or without anything to count.
        """
        if self.target is None or not self.denominator:
            return None
        if self.reached:
            return 0
        have, wanted = self._sides()
        if not self.indicator.at_least:
            return -((wanted - have) // self._scale)
        if self.indicator.base_is_fixed:
            return -((have - wanted) // self._scale)
        gain = self._scale - int(self.target * 100)
        return -((have - wanted) // gain) if gain > 0 else None

    @property
    def _scale(self) -> int:
        return 100 if self.indicator.kind == Kind.LOAD else 10_000

    def _sides(self) -> tuple[int, int]:
        """numerator ÷ denominator against the target, both times the same whole number."""
        return self.numerator * self._scale, int((self.target or 0) * 100) * self.denominator


@dataclass(frozen=True)
class Line:
    """One line of the table: `key` is the unit's or person's id, or the rule's code; empty for nobody."""

    key: str
    label: Text
    figure: Figure


@dataclass(frozen=True)
class Table:
    """A figure as a whole and its lines, summed from one reading."""

    indicator: Indicator
    period: Period
    by: str
    total: Figure
    lines: tuple[Line, ...]
    target: Target | None


def within_reach(user: Any, today: date, indicator: Indicator, prefix: str = "") -> Q:
    """Counted rows of the units that the person's roles reach; SYSTEM's reach is everything.

    Where rows count to another unit than the case's, both see them.
    """
    if getattr(user, "is_system", False):
        return Q()
    reach, found = scope(user, today), Q(pk__in=[])
    columns = [f"{prefix}unit_id"]
    if indicator.unit is not None:
        columns.append(indicator.path("unit_id") if prefix else "case__unit_id")
    for procedure in reach.procedures:
        units = reach.unit_ids(procedure)
        if units is ALL:
            found |= Q(**{f"{prefix}procedure": procedure})
        elif units:
            for column in columns:
                found |= Q(**{f"{prefix}procedure": procedure, f"{column}__in": units})
    return found


def is_known_to(indicator: Indicator, user: Any, today: date) -> bool:
    """Whether some of the person's roles has cases that the indicator counts."""
    if getattr(user, "is_system", False):
        return True
    seen = scope(user, today).procedures
    return bool(seen.intersection(indicator.procedures) if indicator.procedures else seen)


def rolled_up(indicator: Indicator, period: Period) -> QuerySet[CountedRow]:
    """The rows in the denominator, from the roll-up."""
    rows = CountedRow.objects.filter(indicator=indicator.code)
    return rows.filter(counted_on(indicator.kind, period.first, period.last, period.as_of))


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
) -> Table:
    """One query for the sums and one for names; without `known` two more, for the roll-up and the target."""
    known = known or Known.of(period)
    prefix = "" if indicator.code in known.built else "c_"
    source = indicator.counting() if prefix else CountedRow.objects.filter(indicator=indicator.code)
    source = source.filter(within_reach(user, today, indicator, prefix)).order_by()
    sums = _load(source, period, prefix) if indicator.kind == Kind.LOAD else _rates(indicator, source, period, prefix)
    target = known.targets.get(indicator.code)
    lines = _lines(indicator, sums, by, target.value if target else None)
    return Table(indicator, period, by, _total(indicator, sums, target.value if target else None), lines, target)


def _groups(prefix: str) -> list[str]:
    return [f"{prefix}unit_id", f"{prefix}officer_id", f"{prefix}rule"]


Sum = tuple[Any, Any, str, int, int, int, int]
"""unit, officer, rule, hits, counted, opened, closed"""


def _rates(indicator: Indicator, source: QuerySet, period: Period, prefix: str) -> list[Sum]:
    rows = source.filter(counted_on(indicator.kind, period.first, period.last, period.as_of, prefix))
    found = rows.values(*_groups(prefix)).annotate(n=Count("pk", filter=Q(**{f"{prefix}hit": True})), d=Count("pk"))
    return [(*row, 0, 0) for row in found.values_list(*_groups(prefix), "n", "d")]


def _load(source: QuerySet, period: Period, prefix: str) -> list[Sum]:
    on, until = f"{prefix}on", f"{prefix}until_on"
    end = min(period.last, period.as_of)
    rows = source.filter(**{f"{on}__lte": period.as_of, f"{until}__gte": min(period.first, period.as_of)})
    is_open = Q(**{f"{on}__lte": period.as_of, f"{until}__gt": period.as_of})
    counts = {
        "n": Count("pk", filter=is_open & Q(**{f"{prefix}hit": True})),
        "d": Count("pk", filter=is_open),
        "opened": Count("pk", filter=Q(**{f"{on}__range": (period.first, end)})),
        "closed": Count("pk", filter=Q(**{f"{until}__range": (period.first, end)})),
    }
    return list(rows.values(*_groups(prefix)).annotate(**counts).values_list(*_groups(prefix), *counts))


def _total(indicator: Indicator, sums: Iterable[Sum], target: Decimal | None) -> Figure:
    sums = list(sums)
    hits, counted, opened, closed = (sum(row[place] for row in sums) for place in (3, 4, 5, 6))
    if indicator.kind == Kind.LOAD:
        counted = len({row[1] for row in sums if row[1] is not None and row[3]})
    return Figure(indicator, hits, counted, target, opened, closed)


def _lines(indicator: Indicator, sums: Iterable[Sum], by: str, target: Decimal | None) -> tuple[Line, ...]:
    place = [Dimension.UNIT, Dimension.OFFICER, Dimension.RULE].index(Dimension(by))
    grouped: dict[Any, list[Sum]] = defaultdict(list)
    for row in sums:
        grouped[row[place]].append(row)
    labels = _labels(by, grouped)
    lines = [
        Line("" if key is None else str(key), labels.get(key, ""), _of_line(indicator, key, rows, by, target))
        for key, rows in grouped.items()
    ]
    return tuple(sorted(lines, key=lambda line: (line.key == "", str(line.label), line.key)))


def _of_line(indicator: Indicator, key: Any, rows: list[Sum], by: str, target: Decimal | None) -> Figure:
    figure = _total(indicator, rows, target)
    if indicator.kind == Kind.LOAD and key is None and by == Dimension.OFFICER:  # open cases that nobody leads yet
        return Figure(indicator, sum(row[4] for row in rows), 0, target, figure.opened, figure.closed)
    return figure


def _labels(by: str, keys: Iterable[Any]) -> Mapping[Any, Text]:
    keys = list(keys)
    if by == Dimension.UNIT:
        return dict(Unit.objects.filter(pk__in=keys).order_by().values_list("pk", "name"))
    if by == Dimension.OFFICER:
        return dict(User.objects.filter(pk__in=[key for key in keys if key]).values_list("pk", "full_name"))
    return {key: rule_name(key) for key in keys}
