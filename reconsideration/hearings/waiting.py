"""On the work page: coming hearings with what is missing for them. On the case page: the way to a free time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casemgr.actions import registry
from casemgr.actions.topics import Topic
from casemgr.cases.models import Case
from casemgr.cases.panels import NextStep
from reconsideration.hearings.listing import joined, lines_of, listed
from reconsideration.models import PROCEDURE

ROLES = ("officer", "head", "panel", "leader")
MOST = 5


def waiting_context(user: Any, today: date) -> dict[str, Any]:
    """No query for people who hold no hearings; one where none is planned."""
    if getattr(user, "pk", None) is None or not user.role_codes(today).intersection(ROLES):
        return {"lines": []}
    rows = joined(listed(user, today, "coming")).order_by("booking__starts_at", "pk")[:MOST]
    return {"lines": lines_of(list(rows), today)}


def slot_steps(case: Case, user: Any, today: date) -> Iterator[NextStep]:
    """Where a hearing can be planned: the times at which everybody and a room are free."""
    if case.procedure != PROCEDURE or case.is_past_record:
        return
    action = registry.get("reconsideration.plan_hearing")
    if action.is_permitted(case, user, today) and not registry.refusals(action, case, user, today):
        url = reverse("hearing_slots", args=[case.pk])
        yield NextStep(label=_("Find a free time for a hearing"), url=url, topic=Topic.HEARING)
