"""What screening came to: the rows behind table M-1, columns 47 to 49, and the return of a campaign (M-5).

Each function gives the rows of a unit and everything below it between two days, both included. A lead is counted where
it was found, and again under its end on the day of that end; it is no case, and a case made of it is counted as a case.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db.models import QuerySet, Sum

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


def key_disputes(unit: Unit, campaign: Campaign | None = None) -> QuerySet[KeyDispute]:
    """The ledger of key disputes (重点纠纷台账)."""
    rows = KeyDispute.objects.within(unit)
    return rows if campaign is None else rows.filter(campaign=campaign)


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
    span = (unit, from_on, until_on)
    found = leads_found(*span, campaign)
    keys = key_disputes(unit, campaign).filter(entered_on__lte=until_on)
    waiting = Lead.objects.within(unit).filter(state=LeadState.FOUND, found_on__lte=until_on)
    return Sums(
        patrols=patrols(*span, campaign).count(),
        found=found.count(),
        people=found.aggregate(all=Sum("people"))["all"] or 0,
        on_spot=prevented(*span, campaign).count(),
        converted=dealt_with(LeadState.CONVERTED, *span, campaign).count(),
        handed_over=dealt_with(LeadState.HANDED_OVER, *span, campaign).count(),
        dropped=dealt_with(LeadState.DROPPED, *span, campaign).count(),
        waiting=(waiting if campaign is None else waiting.filter(campaign=campaign)).count(),
        key_open=keys.filter(resolved_on__isnull=True).count(),
        key_resolved=keys.filter(resolved_on__range=(from_on, until_on)).count(),
    )


__all__ = ["NOTHING", "Sums", "dealt_with", "key_disputes", "leads_found", "patrols", "prevented", "sums"]
