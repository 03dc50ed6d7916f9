"""Whose answer or result is near its day or late is reminded, each step once."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from django.db.models import Q

from casemgr.actions.outbox import tell_all, telling_of
from casemgr.calendar.current import current_calendar
from casemgr.cases.models import Referral
from casemgr.organisation.models import RoleAssignment
from casemgr.organisation.roles import HANDS

AHEAD = 2
"""Working days before the day."""
LATE_STEPS = (1, 3, 7, 14, 30)
"""Days after it."""
LOOKED_AHEAD = timedelta(days=15)
WAITING = ("SENT", "RECEIVED", "ACCEPTED", "IN_PROGRESS")


def remind_of_referrals(on: date) -> int:
    """Tell who works on the referral, or the hands of the unit it came to. Returns how many were told."""
    near = on + LOOKED_AHEAD
    is_near = Q(reply_due_on__lte=near) | Q(result_due_on__lte=near)
    rows = Referral.objects.filter(is_near, state__in=WAITING).select_related("number", "opened_case", "case")
    due = [row for row in rows.iterator() if row.next_due_on is not None and row.next_due_on <= near]
    hands = _hands({_working_unit(row) for row in due}, on)
    tellings = []
    for row in due:
        if not (step := _step(row.next_due_on, on)):
            continue
        lead = row.opened_case.lead_handler_id if row.opened_case is not None else None
        tellings.append(
            telling_of(
                "referral_due" if step == "ahead" else "referral_late",
                [lead] if lead else hands[_working_unit(row)],
                subject=row,
                once=f"referral:{row.pk}:{row.next_due_on}:{step}",
                number=str(row),
                day=row.next_due_on.isoformat(),
            )
        )
    tell_all(tellings)
    return len(tellings)


def _working_unit(referral: Referral) -> int:
    return referral.to_unit_id or referral.unit_id


def _step(due_on: date, on: date) -> str:
    """The step of reminding that the day has reached; empty before the first."""
    if on <= due_on:
        return "ahead" if on >= current_calendar().add_working_days(due_on, -AHEAD) else ""
    late = max((days for days in LATE_STEPS if due_on + timedelta(days=days) <= on), default=0)
    return f"late-{late}" if late else ""


def _hands(unit_ids: set[int], on: date) -> dict[int, list[int]]:
    found = defaultdict(list)
    held = RoleAssignment.objects.in_force(on).filter(unit_id__in=unit_ids, role__in=HANDS)
    for unit_id, user_id in held.values_list("unit_id", "user_id"):
        found[unit_id].append(user_id)
    return found
