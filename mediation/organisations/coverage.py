"""Which towns have a studio (dossier §3.5): by units, never by the number of studios, on any day, by two readings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from casemgr.indicators.rounding import percent_of
from casemgr.organisation.models import Unit
from mediation.models import StudioPeriod


class Universe(TextChoices):
    """Which units are to have a studio. The goal's own words name towns and sumus only."""

    TOWNS = "towns", _("Towns and sumus")
    STREETS = "streets", _("Towns, sumus and streets")
    ZONES = "zones", _("Towns, sumus, streets and zones")


class Reading(TextChoices):
    """How “set up one each within the year” is read."""

    STANDING = "standing", _("Active on the day")
    NEW = "new", _("Set up within the year")


KINDS: Mapping[str, tuple[str, ...]] = {
    Universe.TOWNS: (Unit.Kind.TOWN,),
    Universe.STREETS: (Unit.Kind.TOWN, Unit.Kind.STREET),
    Universe.ZONES: (Unit.Kind.TOWN, Unit.Kind.STREET, Unit.Kind.ZONE),
}


@dataclass(frozen=True)
class Place:
    """A town with the studios that cover it."""

    code: str
    name: str
    studios: tuple[str, ...]


@dataclass(frozen=True)
class Coverage:
    """The count on a day. `percent` is rounded half up to two places; None when there is no unit at all."""

    on: date
    universe: str
    reading: str
    places: tuple[Place, ...]

    @property
    def covered(self) -> int:
        return sum(bool(place.studios) for place in self.places)

    @property
    def total(self) -> int:
        return len(self.places)

    @property
    def missing(self) -> tuple[Place, ...]:
        return tuple(place for place in self.places if not place.studios)

    @property
    def percent(self) -> Decimal | None:
        if not self.places:
            return None
        return percent_of(self.covered, self.total)


def coverage(on: date, universe: str = Universe.TOWNS, reading: str = Reading.STANDING) -> Coverage:
    """The units of the universe on the day, and which of them a studio covers; two queries.

    Standing: a studio of the unit was active on the day (from ≤ day < until; a suspended one is not active).
    New: a studio of the unit began to work between 1 January of the day's year and the day, whatever became of it.
    """
    units = {unit.pk: unit for unit in Unit.objects.filter(kind__in=KINDS[Universe.ZONES])}
    wanted = {pk for pk, unit in units.items() if unit.kind in KINDS[universe] and _exists(unit, on)}
    studios: dict[int, set[str]] = defaultdict(set)
    for town_id, name in _periods(on, reading).values_list("studio__town_id", "studio__short_name"):
        if (place := _answering(town_id, units, wanted)) is not None:
            studios[place].add(name)
    ordered = sorted((units[pk] for pk in wanted), key=lambda unit: (unit.kind != Unit.Kind.TOWN, unit.code))
    places = tuple(Place(unit.code, unit.name, tuple(sorted(studios[unit.pk]))) for unit in ordered)
    return Coverage(on, universe, reading, places)


def _exists(unit: Unit, day: date) -> bool:
    return (unit.started_on is None or unit.started_on <= day) and (unit.ended_on is None or day <= unit.ended_on)


def _periods(on: date, reading: str):
    if reading == Reading.NEW:
        return StudioPeriod.objects.filter(is_first=True, from_on__range=(date(on.year, 1, 1), on))
    return StudioPeriod.objects.covering(on)


def _answering(unit_id: int | None, units: Mapping[int, Unit], wanted: set[int]) -> int | None:
    """The unit itself, or the one that succeeded it by that day: a merged town keeps its studios."""
    seen: set[int] = set()
    while unit_id is not None and unit_id not in seen:
        if unit_id in wanted:
            return unit_id
        seen.add(unit_id)
        unit = units.get(unit_id)
        unit_id = unit.successor_id if unit is not None else None
    return None
