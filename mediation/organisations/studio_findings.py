"""What speaks against a studio going on as it is: shown on its page and in the list."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from mediation.models import Studio, StudioPolicy, StudioState
from mediation.organisations.findings import Finding, law

LIVES = (StudioState.ACTIVE, StudioState.SUSPENDED)


def is_giver_engaged(studio: Studio, day: date) -> bool:
    """Whether the name-giver mediates for the studio's committee on the day."""
    return studio.name_giver.engagements.in_force(day).filter(committee=studio.committee_id).exists()


def studio_findings(studio: Studio, day: date) -> list[Finding]:
    """In the order of weight; nothing for a studio that is not set up or is cancelled."""
    if studio.state not in LIVES:
        return []
    found = []
    if not is_giver_engaged(studio, day):
        found.append(Finding("name-giver", _("The name-giver is no longer a mediator of the committee."), ""))
    if studio.rename_by is not None:
        text = (
            _("It is to be renamed by %(day)s.") if day <= studio.rename_by else _("It was to be renamed by %(day)s.")
        )
        found.append(Finding("rename", text % {"day": studio.rename_by.isoformat()}, ""))
    if years := years_below_floor(studio, day):
        text = _("Fewer cases than asked for in %(first)d and %(second)d: a ground for its cancellation.")
        found.append(Finding("floor", text % {"first": years[0], "second": years[1]}, ""))
    started = studio.started_on
    if started is not None and started.year < day.year and not studio.reviews.filter(year=day.year - 1).exists():
        text = _("The yearly review of %(year)d is not entered.")
        found.append(Finding("review", text % {"year": day.year - 1}, ""))
    if studio.filings.filter(filed_on__isnull=True, due_on__lt=day).exists():
        found.append(Finding("filing", _("A filing is overdue."), ""))
    if studio.committee.ended_on is not None:
        found.append(Finding("committee", _("Its committee was ended."), law("29")))
    return found


def years_below_floor(studio: Studio, day: date) -> tuple[int, int] | None:
    """The last two reviewed years in a row with fewer cases than the rules ask for."""
    floor = StudioPolicy.objects.on(day).floor_cases_a_year
    reviews = {row.year: row.cases for row in studio.reviews.all()}
    if not floor or not reviews:
        return None
    last = max(reviews)
    both = (last - 1, last)
    return both if all(reviews.get(year, floor) < floor for year in both) else None
