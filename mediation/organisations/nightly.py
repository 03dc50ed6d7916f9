"""What the night does by itself: the coverage of 31 December is frozen when that day is over."""

from __future__ import annotations

from datetime import date

from casemgr.actions.perform import perform
from casemgr.actions.system import system_actor
from mediation.models import CoverageSnapshot, StudioPeriod


def freeze_year_end(on: date) -> bool:
    """Freeze the last 31 December unless it is frozen; True when it was done. Nothing before there were studios."""
    day = date(on.year - 1, 12, 31)
    if CoverageSnapshot.objects.filter(on=day).exists() or not StudioPeriod.objects.filter(from_on__lte=day).exists():
        return False
    sent = {"on": day, "occasion": CoverageSnapshot.Occasion.YEAR_END}
    perform("coverage.freeze", None, sent, system_actor, on)
    return True


def freeze_by_night(on: date) -> int:
    """The same for the sweep, which counts what was told: nobody is told of it."""
    freeze_year_end(on)
    return 0
