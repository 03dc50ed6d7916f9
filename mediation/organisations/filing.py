"""Opening what must be filed and told when an organisation is set up, changed or ended."""

from __future__ import annotations

from datetime import date

from casemgr.calendar.current import current_calendar
from casemgr.timelimits.arithmetic import compute, working_days
from mediation.models import Committee, Filing, Studio, StudioPolicy

Matter = Filing.Matter


def members_changed(committee: Committee, day: date, note: str) -> None:
    """The court is told of changed members (People's Mediation Law, art. 10).

    What has not been told yet takes the change in: one notice names who is in the committee now.
    """
    waiting = committee.filings.filter(
        court_informed_on__isnull=True, studio__isnull=True, matter__in=(Matter.FOUNDED, Matter.MEMBERS)
    ).first()
    if waiting is not None and (waiting.matter == Matter.FOUNDED or waiting.happened_on == day):
        return
    Filing.objects.create(committee=committee, matter=Matter.MEMBERS, happened_on=day, note=note[:200])


def committee_event(committee: Committee, matter: str, day: date, note: str = "") -> Filing:
    """A committee was set up, changed or ended: the court is told (art. 10)."""
    return Filing.objects.create(committee=committee, matter=matter, happened_on=day, note=note[:200])


def studio_event(studio: Studio, matter: str, day: date, note: str = "") -> Filing:
    """A studio was set up, changed or ended: filed within the working days of the rules in force that day."""
    filing = Filing(committee=studio.committee, studio=studio, matter=matter, happened_on=day, note=note[:200])
    if days := StudioPolicy.objects.on(day).filing_working_days:
        computed = compute(working_days(days), day, current_calendar())
        filing.due_on, filing.calendar_status = computed.due, computed.calendar_status
    filing.save()
    return filing
