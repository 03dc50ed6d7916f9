"""For which stretches of a campaign a town hands in a return, and by when."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from casemgr.calendar.current import current_calendar
from mediation.models import Campaign, CampaignReturn

DAY = timedelta(days=1)
Cadence = Campaign.Cadence


@dataclass(frozen=True)
class Stretch:
    from_on: date
    until_on: date


def stretches(cadence: str, from_on: date, until_on: date) -> Iterator[Stretch]:
    """The campaign cut into weeks (to Sunday), half months or months; first and last may be shorter."""
    begin = from_on
    while begin <= until_on:
        end = min(_end(cadence, begin, until_on), until_on)
        yield Stretch(begin, end)
        begin = end + DAY


def _end(cadence: str, begin: date, last: date) -> date:
    if cadence == Cadence.WEEK:
        return begin + timedelta(days=6 - begin.weekday())
    if cadence == Cadence.HALF_MONTH and begin.day <= 15:
        return begin.replace(day=15)
    if cadence in (Cadence.HALF_MONTH, Cadence.MONTH):
        return begin.replace(day=monthrange(begin.year, begin.month)[1])
    return last


def add_returns(campaign: Campaign, from_on: date, until_on: date) -> int:
    """Make the returns every town owes for these days; those that exist stay. Returns how many were made."""
    calendar, made = current_calendar(), 0
    for stretch in stretches(campaign.cadence, from_on, until_on):
        due = calendar.add_working_days(stretch.until_on, campaign.due_days) if campaign.due_days else stretch.until_on
        for taking_part in campaign.taking_part.all():
            _row, is_new = CampaignReturn.objects.get_or_create(
                campaign=campaign,
                unit_id=taking_part.unit_id,
                from_on=stretch.from_on,
                defaults={"until_on": stretch.until_on, "due_on": due},
            )
            made += is_new
    return made
