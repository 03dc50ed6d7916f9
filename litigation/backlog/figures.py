"""The figures of a year's backlog: every number is a queryset of items, and opens exactly these."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from casemgr.indicators.period import year_of
from casemgr.organisation.models import Unit
from litigation.backlog.clearance import Clearance, Forecast, burn_down, forecast
from litigation.backlog.states import OPEN, BacklogState
from litigation.indicators.backlog import CLEARANCE, DYNAMIC
from litigation.models import BacklogItem, BacklogYear, JointUnit, SnapshotEntry

SETS = ("base", "cleared", "open", "paused", "written_off", "since", "dynamic", "dynamic_cleared", "pressed")
EXCUSED = (BacklogState.CLAIMED, BacklogState.PAUSED)
"""Open with nothing for the unit to do: the bureau judges its claim, or a court stopped performance."""


def items_of(year: BacklogYear, kind: str, today: date) -> QuerySet[BacklogItem]:
    """The items one of the board's numbers counts (dossier §4.4).

    `base`: of the snapshot without what a court took out since. `cleared`: of these, by the target's day. `open`: of
    these, the rest. `paused`: of the open ones those a court stopped. `since`: items that fell due after the snapshot,
    up to today and the day of the target. `dynamic`: base and these together, `dynamic_cleared` of them.
    `pressed`: of the open ones those that are the unit's to clear now. Base and clearance are what the indicators count
    (`litigation.indicators.backlog`).
    """
    if kind == "written_off":
        taken = SnapshotEntry.objects.filter(year=year).values("item_id")
        return BacklogItem.objects.filter(pk__in=taken, state=BacklogState.WRITTEN_OFF)
    figure = DYNAMIC if kind in ("since", "dynamic", "dynamic_cleared") else CLEARANCE
    period = year_of(year.year, today)
    counted = figure.denominator(period.first, period.last, today).values("pk")
    cleared = figure.numerator(period.first, period.last, today).values("pk")
    found = BacklogItem.objects.filter(pk__in=cleared if kind in ("cleared", "dynamic_cleared") else counted)
    if kind == "since":
        return found.exclude(pk__in=items_of(year, "base", today).values("pk"))
    if kind == "paused":
        return found.filter(state=BacklogState.PAUSED)
    if kind in ("open", "pressed"):
        found = found.exclude(pk__in=cleared)
    return found.exclude(state__in=EXCUSED) if kind == "pressed" else found


@dataclass(frozen=True)
class UnitLine:
    """One unit's table line; a joint item counts in the line of each unit that is liable."""

    unit: Unit
    figure: Clearance
    paused: int
    owed: Decimal
    paid: Decimal


@dataclass(frozen=True)
class Board:
    """A year on a day."""

    year: BacklogYear
    figure: Clearance
    paused: int
    written_off: int
    dynamic: Clearance
    forecast: Forecast
    outlook: str
    lines: list[UnitLine]
    burn_down: list[tuple[date, int]]
    deciding: list[BacklogItem]
    cleared_on: tuple[date, ...] = ()

    def cleared_since(self, first: date) -> int:
        """How many of the base were cleared on that day or later."""
        return sum(day >= first for day in self.cleared_on)


def board_of(year: BacklogYear, today: date, *, seen: QuerySet[BacklogItem] | None = None) -> Board:
    """All figures in a handful of queries; `seen` narrows them to what a department may see.

    The year's base must be taken.
    """
    within = {} if seen is None else {"pk__in": seen.values("pk")}
    base = list(items_of(year, "base", today).filter(**within).select_related("unit", "number"))
    cleared = [item for item in base if _is_cleared(item, year)]
    since = list(items_of(year, "since", today).filter(**within))
    figure = Clearance(len(base), len(cleared), year.target)
    dynamic = Clearance(
        len(base) + len(since), len(cleared) + sum(_is_cleared(item, year) for item in since), year.target
    )
    days = [item.cleared_on for item in cleared]
    ahead = forecast(figure, days, today, year.target_on)
    written_off = items_of(year, "written_off", today).filter(**within).count()
    last = min(today, year.target_on)
    return Board(
        year=year,
        figure=figure,
        paused=sum(item.state == BacklogState.PAUSED for item in base),
        written_off=written_off,
        dynamic=dynamic,
        forecast=ahead,
        outlook=ahead.reaches(figure.needed),
        lines=_lines(base, year),
        burn_down=burn_down(len(base), days, year.snapshot_on, last) if last >= year.snapshot_on else [],
        deciding=deciding([item for item in base if not _is_cleared(item, year)]),
        cleared_on=tuple(days),
    )


def _is_cleared(item: BacklogItem, year: BacklogYear) -> bool:
    return item.state == BacklogState.CLEARED and item.cleared_on is not None and item.cleared_on <= year.target_on


def _lines(base: list[BacklogItem], year: BacklogYear) -> list[UnitLine]:
    liable: dict[int, list[BacklogItem]] = {}
    units: dict[int, Unit] = {}
    joint: dict[int, list[Unit]] = {}
    for one in JointUnit.objects.filter(item__in=base).select_related("unit"):
        joint.setdefault(one.item_id, []).append(one.unit)
    for item in base:
        for unit in (item.unit, *joint.get(item.pk, ())):
            units[unit.pk] = unit
            liable.setdefault(unit.pk, []).append(item)
    found = [
        UnitLine(
            unit=units[pk],
            figure=Clearance(len(items), sum(_is_cleared(item, year) for item in items), year.target),
            paused=sum(item.state == BacklogState.PAUSED for item in items),
            owed=sum((item.amount_yuan or Decimal(0) for item in items), Decimal("0.00")),
            paid=sum((item.performed_yuan for item in items), Decimal("0.00")),
        )
        for pk, items in liable.items()
    ]
    return sorted(found, key=lambda line: (-line.figure.missing, -line.figure.base, line.unit.path))


def deciding(waiting: Iterable[BacklogItem]) -> list[BacklogItem]:
    """What is still open, first what is nearest to clearance: claimed, then by how little is owed; paused ones last."""
    rank = {BacklogState.CLAIMED: 0, BacklogState.WORKING: 1, BacklogState.PAUSED: 3}

    def key(item: BacklogItem) -> tuple[Any, ...]:
        return (rank.get(item.state, 2), item.open_yuan is None, item.open_yuan or Decimal(0), item.pk)

    return sorted(waiting, key=key)


def difference(year: BacklogYear) -> QuerySet[BacklogItem]:
    """Items that would be in the base by what is known now and were not taken, or the other way round."""
    on = year.snapshot_on
    belongs = BacklogItem.objects.filter(
        perform_due_on__lte=on, verified_on__lte=on, state__in=(*OPEN, BacklogState.CLEARED)
    ).filter(Q(cleared_on__isnull=True) | Q(cleared_on__gt=on))
    taken = SnapshotEntry.objects.filter(year=year).values("item_id")
    missing = belongs.exclude(pk__in=taken)
    return BacklogItem.objects.filter(
        Q(pk__in=missing.values("pk")) | (Q(pk__in=taken) & ~Q(pk__in=belongs.values("pk")) & ~Q(state="written_off"))
    )


__all__ = ["SETS", "Board", "UnitLine", "board_of", "deciding", "difference", "items_of"]
