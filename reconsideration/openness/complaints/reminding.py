"""Reminders by night: to whoever looks into a complaint, or to the heads while nobody does."""

from __future__ import annotations

from datetime import date, timedelta

from casemgr.actions.outbox import tell_all, telling_of
from reconsideration.models import HandlingComplaint
from reconsideration.openness.complaints.actions import heads_of
from reconsideration.openness.states import WAITING

AHEAD_DAYS = 3


def remind_of_complaints(on: date) -> int:
    """Three days ahead, and once more when the day has passed. Returns how many were told."""
    near = HandlingComplaint.objects.filter(state__in=WAITING, due_on__lte=on + timedelta(days=AHEAD_DAYS))
    found = list(near.select_related("number", "unit"))
    tell_all(
        telling_of(
            "complaint_due",
            [one.handler_id] if one.handler_id else heads_of(one.unit, on),
            subject=one,
            once=f"complaint-due:{one.pk}:{'late' if one.due_on < on else 'ahead'}",
            number=str(one),
            day=one.due_on.isoformat(),
        )
        for one in found
    )
    return len(found)


__all__ = ["remind_of_complaints"]
