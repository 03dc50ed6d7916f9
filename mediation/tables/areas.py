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

    def town_of(self, unit_id: int) -> Unit | None:
        """The unit that submits for this one."""
        unit = self.units[unit_id]
        parts = unit.path.rstrip("/").split("/")
        for end in range(len(parts), 0, -1):
            above = self._by_path.get("/".join(parts[:end]) + "/")
            if above is not None and above.kind in REPORTING:
                return above
        return self.bureau

    def standing(self, first: date, last: date) -> list[int]:
        """Committees that stood on some day of the span, in the order of the tree: those without a case count zero."""
        return [
            unit for unit, founded, ended in self.registered if founded <= last and (ended is None or ended > first)
        ]

    def by_town(self, committees: Collection[int]) -> dict[int, list[int]]:
        """The committees of each town, both in the order of the tree."""
        found: dict[int, list[int]] = defaultdict(list)
        for unit_id in sorted(committees, key=lambda pk: self.units[pk].path):
            town = self.town_of(unit_id)
            if town is not None:
                found[town.pk].append(unit_id)
        return dict(sorted(found.items(), key=lambda pair: self._place(self.units[pair[0]])))

    def of_town(self, town_id: int) -> list[int]:
        """Every committee, studio and other unit whose disputes the town reports."""
        town = self.units[town_id]
        return [pk for pk in self.units if (found := self.town_of(pk)) is not None and found.pk == town.pk]

    @staticmethod
    def _place(unit: Unit) -> tuple[int, str]:
        order = (Unit.Kind.TOWN, Unit.Kind.STREET, Unit.Kind.ZONE)
        return (order.index(unit.kind) if unit.kind in order else len(order), unit.code)
