"""The rows an indicator counts for somebody: from its roll-up where that is built, else from the register itself.

Table and drill-down read the same rows by the same conditions, so a number opens exactly what it counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from casemgr.indicators.definition import Dimension, Indicator, Kind
from casemgr.indicators.models import CountedRow
from casemgr.indicators.period import Period
from casemgr.organisation.scope import ALL, scope
from casemgr.pages.requests import row_id

NOBODY = "nobody"
"""In an address: rows without a handler, without a town, without a kind."""
PARTS = ("counted", "hit", "missed", "opened", "closed")
"""What of a figure is listed: its denominator, its numerator, the rest; for the load also what came and what went."""


@dataclass(frozen=True)
class Source:
    """Rows of the register or of the roll-up, with where their columns stand."""

    indicator: Indicator
    period: Period
    rows: QuerySet
    prefix: str

    @property
    def is_rolled_up(self) -> bool:
        return not self.prefix

    def column(self, by: str) -> str:
        """The column of a dimension."""
        one = self.indicator
        if by in one.splits:
            path = one.splits[by].path
            return f"case__{path}" if self.is_rolled_up else one.path(path)
        if by == Dimension.RULE or by == Dimension.PROCEDURE:
            return f"{self.prefix}{by}"
        return f"{self.prefix}{'unit_id' if by == Dimension.UNIT else 'officer_id'}"

    def on(self, **conditions: Any) -> Q:
        """Conditions on counted columns, whatever their prefix."""
        return Q(**{f"{self.prefix}{name}": value for name, value in conditions.items()})

    def denominator(self) -> QuerySet:
        return self.rows.filter(self.indicator.counted_in(self.period, self.prefix))

    @property
    def is_hit(self) -> Q:
        if self.indicator.kind == Kind.LOAD:
            return self.on(hit=True)
        return self.indicator.hit_in(self.period, self.prefix)

    def part(self, part: str) -> QuerySet:
        """One of `PARTS`."""
        period = self.period
        if self.indicator.kind == Kind.LOAD and part in ("opened", "closed"):
            column = "on" if part == "opened" else "until_on"
            return self.rows.filter(
                self.on(on__lte=period.as_of, **{f"{column}__range": (period.first, min(period.last, period.as_of))})
            )
        rows = self.denominator()
        if part == "hit":
            return rows.filter(self.is_hit)
        return rows.exclude(self.is_hit) if part == "missed" else rows

    def narrowed(self, asked: Mapping[str, str]) -> Source:
        """Only the rows of a unit, a handler, a period, a kind of matter or a town."""
        rows = self.rows
        for by in {*self.indicator.dimensions, Dimension.UNIT, Dimension.OFFICER}:
            if key := asked.get(str(by), ""):
                rows = rows.filter(self._is(by, key))
        return Source(self.indicator, self.period, rows, self.prefix)

    def _is(self, by: str, key: str) -> Q:
        column = self.column(by)
        if key == NOBODY:
            return Q(**{f"{column}__isnull": True}) | (Q(**{column: ""}) if _is_text(by) else Q())
        if _is_text(by):
            return Q(**{column: key[:40]}) if "\0" not in key else Q(pk__in=[])
        pk = row_id(key)
        if pk is None:
            return Q(pk__in=[])
        found = Q(**{column: pk})
        if by == Dimension.UNIT and self.indicator.further_units:
            found |= Q(pk__in=self.rows.model._base_manager.filter(**{self.indicator.further_units: pk}).values("pk"))
        return found


def _is_text(by: str) -> bool:
    return by in (Dimension.RULE, Dimension.PROCEDURE, Dimension.CAUSE)


def source(indicator: Indicator, period: Period, user: Any, today: date, *, is_built: bool) -> Source:
    """The rows within the person's reach."""
    period = indicator.of(period)
    if indicator.is_kept and is_built:
        rows, prefix = CountedRow.objects.filter(indicator=indicator.code), ""
    else:
        rows, prefix = indicator.counting(period), "c_"
    rows = indicator.with_later(rows.filter(within_reach(user, today, indicator, prefix)).order_by(), prefix)
    return Source(indicator, period, rows, prefix)


def within_reach(user: Any, today: date, indicator: Indicator, prefix: str = "") -> Q:
    """Counted rows of the units that the person's roles reach; SYSTEM's reach is everything.

    Where rows count to another unit than the case's, both see them.
    """
    if getattr(user, "is_system", False):
        return Q()
    if indicator.within is not None:
        return indicator.within(user, today)
    reach, found = scope(user, today), Q(pk__in=[])
    columns = [f"{prefix}unit_id"]
    if indicator.unit is not None and indicator.case is not None:
        columns.append(indicator.path("unit_id") if prefix else "case__unit_id")
    for procedure in reach.procedures:
        units = reach.unit_ids(procedure)
        if units is ALL:
            found |= Q(**{f"{prefix}procedure": procedure})
        elif units:
            for column in columns:
                found |= Q(**{f"{prefix}procedure": procedure, f"{column}__in": units})
    return found


def not_recused(rows: QuerySet, user: Any, prefix: str = "") -> QuerySet:
    """Rows without those of cases from which the person is recused."""
    if getattr(user, "is_system", False):
        return rows
    column = f"{prefix}case_id"
    hidden = Q(**{f"{column}__in": user.recusals.values("case_id")})
    return rows.filter(~hidden | Q(**{f"{column}__isnull": True}))


__all__ = ["NOBODY", "PARTS", "Source", "not_recused", "source", "within_reach"]
