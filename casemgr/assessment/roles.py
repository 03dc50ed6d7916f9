"""Who keeps plans, sheets and reports, who answers for a unit, and whose units a person sees."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from casemgr.organisation.scope import ALL, scope
from casemgr.pages.clock import today as clock_today

OFFICE = ("leader", "head", "liaison", "guidance")
"""Who keeps the plan and judges what units report: the bureau's leader and the heads of its offices."""
LEADER = ("leader",)
ANSWERING = ("department", "town")
"""Who reports and objects for a unit."""
SEEING_ALL = (*OFFICE, "authority", "auditor")
EVERYBODY = (*SEEING_ALL, *ANSWERING)


def units_seen(user: Any, today: date) -> Any:
    """Units whose clauses and sheets the person may see; `ALL` when none is left out."""
    if getattr(user, "is_system", False):
        return ALL
    reach = scope(user, today)
    return ALL if reach.has_role(SEEING_ALL) else reach.units_of_role(ANSWERING)


def answers_for(user: Any, unit_id: int, today: date) -> bool:
    """Whether the person speaks for the unit."""
    return scope(user, today).has_role(ANSWERING, unit=unit_id)


def is_office(user: Any, today: date) -> bool:
    return scope(user, today).has_role(OFFICE)


def demand(*roles: str) -> Any:
    """A function that gives today, or turns away whose roles are none of these."""

    def demanded(request: HttpRequest) -> date:
        today = clock_today()
        if not scope(request.user, today).has_role(roles):
            raise PermissionDenied(_("Your roles have nothing to do with plans and reports."))
        return today

    return demanded


demand_assessment = demand(*EVERYBODY)
demand_office = demand(*SEEING_ALL)
