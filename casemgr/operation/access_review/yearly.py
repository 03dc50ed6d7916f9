"""The year's round: which units are due for a review, and whom to remind. Runs every day, does nothing twice."""

from __future__ import annotations

from datetime import date, timedelta

from casemgr.actions.outbox import tell
from casemgr.actions.perform import perform
from casemgr.actions.system import system_actor
from casemgr.operation.access_review.models import AccessReview
from casemgr.operation.access_review.people import auditors, reviewers
from casemgr.organisation.models import RoleAssignment, Unit

BEFORE = 7
"""Days before the last day on which the reviewers are reminded; then on it, and every week after."""


def units_due(today: date) -> list[Unit]:
    """Units with roles in force, no open review, and the next one due, or none ever."""
    held = RoleAssignment.objects.in_force(today).values("unit_id")
    running = AccessReview.objects.filter(status=AccessReview.Status.OPEN).values("unit_id")
    not_due = AccessReview.objects.filter(next_on__gt=today).values("unit_id")
    units = Unit.objects.filter(pk__in=held).exclude(pk__in=running).exclude(pk__in=not_due)
    return list(units.order_by("path"))


def yearly(today: date) -> dict[str, int]:
    """Begin what is due and remind of what is not signed."""
    begun = units_due(today)
    for unit in begun:
        perform("access_review.begin", None, {"unit": unit.pk}, system_actor, today)
    return {"begun": len(begun), "reminded": remind(today)}


def remind(today: date) -> int:
    """Reviewers before, on and weekly after the last day; auditors from the day after it."""
    reminded = 0
    running = AccessReview.objects.filter(
        status=AccessReview.Status.OPEN, due_on__lte=today + timedelta(days=BEFORE)
    ).select_related("unit")
    for review in running:
        late = (today - review.due_on).days
        step = "before" if late < 0 else f"{late // 7}"
        people = reviewers(review.unit, today) + (auditors(review.unit, today) if late > 0 else [])
        once = f"access-review:{review.pk}:{step}:{'late' if late > 0 else 'due'}"
        words = {"unit": str(review.unit), "day": review.due_on.isoformat()}
        tell("access_review_due", people, subject=review, once=once, **words)
        reminded += 1
    return reminded
