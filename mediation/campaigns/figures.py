"""What screening came to: the rows behind table M-1, columns 47 to 49, and the return of a campaign (M-5).

Each function gives the rows of a unit and everything below it between two days, both included. A lead is counted where
it was found, and again under its end on the day of that end; it is no case, and a case made of it is counted as a case.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from casemgr.organisation.models import Unit
from mediation.models import Campaign, KeyDispute, Lead, LeadState, Patrol


def patrols(unit: Unit, from_on: date, until_on: date, campaign: Campaign | None = None) -> QuerySet[Patrol]:
    """Column 47, 排查次数: rounds that were made, without those struck."""
    rows = Patrol.objects.within(unit).filter(on__range=(from_on, until_on), struck_on__isnull=True)
    return rows if campaign is None else rows.filter(campaign=campaign)


def leads_found(unit: Unit, from_on: date, until_on: date, campaign: Campaign | None = None) -> QuerySet[Lead]:
    """Column 48, 排查发现纠纷: leads found, whatever became of them."""
    rows = Lead.objects.within(unit).filter(found_on__range=(from_on, until_on))
    return rows if campaign is None else rows.filter(campaign=campaign)


def dealt_with(
    state: str, unit: Unit, from_on: date, until_on: date, campaign: Campaign | None = None
) -> QuerySet[Lead]:
    """Leads that came to this end in these days."""
    rows = Lead.objects.within(unit).filter(state=state, done_on__range=(from_on, until_on))
    return rows if campaign is None else rows.filter(campaign=campaign)


def prevented(unit: Unit, from_on: date, until_on: date, campaign: Campaign | None = None) -> QuerySet[Lead]:
    """Column 49, 预防纠纷: leads settled on the spot, before there was a dispute to mediate."""
    return dealt_with(LeadState.ON_SPOT, unit, from_on, until_on, campaign)


@dataclass(frozen=True)
class Sums:
    """One line of M-5. `waiting`: leads found until the last day and not dealt with now."""

    patrols: int
    found: int
    people: int
    on_spot: int
    converted: int
    handed_over: int
    dropped: int
    waiting: int
    key_open: int
    key_resolved: int

    def as_dict(self) -> dict[str, int]:
        return asdict(self)

    def __add__(self, other: Sums) -> Sums:
        mine, theirs = self.as_dict(), other.as_dict()
        return Sums(**{name: mine[name] + theirs[name] for name in mine})


NOTHING = Sums(*([0] * 10))


def sums(unit: Unit, from_on: date, until_on: date, campaign: Campaign | None = None) -> Sums:
    """The line of one unit with everything below it."""
    return sums_of([unit], from_on, until_on, campaign)[unit.pk]


def sums_of(
    units: Collection[Unit], from_on: date, until_on: date, campaign: Campaign | None = None
) -> dict[int, Sums]:
    """The lines of several units, each with everything below it; six queries, whatever their number."""
    within = Q(pk__in=[])
    for unit in units:
        within |= Q(unit__path__startswith=unit.path)
    if campaign is not None:
        within &= Q(campaign=campaign)
    days = (from_on, until_on)
    by_unit: dict[int, Counter[str]] = defaultdict(Counter)

    def count(rows: QuerySet, **asked: Any) -> None:
        for unit_id, *found in rows.order_by().values("unit_id").annotate(**asked).values_list("unit_id", *asked):
            by_unit[unit_id].update(dict(zip(asked, found, strict=True)))

    leads, keys = Lead.objects.filter(within), KeyDispute.objects.filter(within, entered_on__lte=until_on)
    rounds = Patrol.objects.filter(within, on__range=days, struck_on__isnull=True)
    count(rounds, patrols=Count("pk"))
    count(leads.filter(found_on__range=days), found=Count("pk"), people=Sum("people"))
    ends = {name: Count("pk", filter=Q(state=state)) for state, name in ENDS.items()}
    count(leads.filter(done_on__range=days), **ends)
    count(leads.filter(state=LeadState.FOUND, found_on__lte=until_on), waiting=Count("pk"))
    resolved = Count("pk", filter=Q(resolved_on__range=days))
    count(keys, key_open=Count("pk", filter=Q(resolved_on__isnull=True)), key_resolved=resolved)
    paths = dict(Unit.objects.filter(pk__in=by_unit).values_list("pk", "path"))
    found = {}
    for unit in units:
        below = (by_unit[pk] for pk, path in paths.items() if path.startswith(unit.path))
        total: Counter[str] = sum(below, Counter())
        found[unit.pk] = Sums(**{field.name: total[field.name] for field in fields(Sums)})
    return found


ENDS = {
    LeadState.ON_SPOT: "on_spot",
    LeadState.CONVERTED: "converted",
    LeadState.HANDED_OVER: "handed_over",
    LeadState.DROPPED: "dropped",
}


__all__ = ["NOTHING", "Sums", "dealt_with", "leads_found", "patrols", "prevented", "sums", "sums_of"]
