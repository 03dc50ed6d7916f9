"""The ladder an office begins with."""

from __future__ import annotations

from casemgr.notices.models import ReminderStep
from casemgr.notices.reminders import SEED


def load_reference() -> int:
    """Once: an office that has taken every rung away does not get them back with the next start."""
    if ReminderStep.objects.exists() or ReminderStep.history.exists():
        return 0
    for rule, days, unit, whom, is_urgent in SEED:
        ReminderStep.objects.create(rule=rule, days=days, unit=unit, whom=whom, is_urgent=is_urgent)
    return len(SEED)
