"""Which town reports which committee: the nearest town, street or zone above it, or else the bureau itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from casemgr.organisation.models import Unit
from casemgr.organisation.reference import JUSTICE_BUREAU
from mediation.models import Committee

REPORTING = (Unit.Kind.TOWN, Unit.Kind.STREET, Unit.Kind.ZONE)


class Areas:
    """The tree of units by value, read once: two queries."""

    def __init__(self) -> None:
        self.units = {unit.pk: unit for unit in Unit.objects.all()}
        self._by_path = {unit.path: unit for unit in self.units.values()}
        self.bureau = next((unit for unit in self.units.values() if unit.code == JUSTICE_BUREAU), None)
        self.registered = list(
            Committee.objects.order_by("unit__path").values_list("unit_id", "founded_on", "ended_on")
        )

    def town_of(self, unit_id: int, on: date | None = None) -> Unit | None:
        """The unit that submits for this one; for a town merged before the day, the one that succeeded it."""
        unit = self.units[unit_id]
        parts = unit.path.rstrip("/").split("/")
        for end in range(len(parts), 0, -1):
            above = self._by_path.get("/".join(parts[:end]) + "/")
            if above is not None and above.kind in REPORTING:
                return self._answering(above, on)
        return self.bureau

    def _answering(self, town: Unit, on: date | None) -> Unit:
        seen: set[int] = set()
        while on and town.ended_on and town.ended_on < on and town.successor_id and town.pk not in seen:
            seen.add(town.pk)
            town = self.units[town.successor_id]
        return town

    def standing(self, first: date, last: date) -> list[int]:
        """Committees that stood on some day of the span, in the order of the tree: those without a case count zero."""
        return [
            unit for unit, founded, ended in self.registered if founded <= last and (ended is None or ended > first)
        ]

    def by_town(self, pairs: Collection[tuple[int, int]]) -> dict[int, list[int]]:
        """Town → its committees, of pairs of the two, both in the order of the tree."""
        found: dict[int, list[int]] = defaultdict(list)
        for town_id, unit_id in sorted(pairs, key=lambda pair: self.units[pair[1]].path):
            found[town_id].append(unit_id)
        return dict(sorted(found.items(), key=lambda pair: self._place(self.units[pair[0]])))

    def of_town(self, town_id: int, on: date | None = None) -> list[int]:
        """Every committee, studio and other unit whose disputes the town reports."""
        return [pk for pk in self.units if (found := self.town_of(pk, on)) is not None and found.pk == town_id]

    def open_units(
        self, on: date, submitted: Collection[int], told: Collection[int], reach: Collection[int] | None
    ) -> frozenset[int]:
        """Units within reach whose town has not submitted, without those that another town told already."""
        towns = set(submitted)
        within = self.units if reach is None else reach
        return frozenset(
            pk for pk in within if pk not in told and (town := self.town_of(pk, on)) and town.pk not in towns
        )

    @staticmethod
    def _place(unit: Unit) -> tuple[int, str]:
        order = (Unit.Kind.TOWN, Unit.Kind.STREET, Unit.Kind.ZONE)
        return (order.index(unit.kind) if unit.kind in order else len(order), unit.code)
