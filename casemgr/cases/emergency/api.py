"""Emergency openings through the API: everybody their own, auditors those they judge."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from casemgr.actions.resources import Resource
from casemgr.cases.emergency.actions import OUTCOME, judged_by
from casemgr.cases.emergency.views import openings_in_reach
from casemgr.cases.models import EmergencyAccess
from casemgr.organisation.scope import scope


def _visible(user, today: date) -> QuerySet[EmergencyAccess]:
    if scope(user, today).units_of_role("auditor"):
        return openings_in_reach(user, today)
    return EmergencyAccess.objects.filter(user=user).select_related("case")


def _find(user, pk: int, today: date) -> EmergencyAccess | None:
    found = EmergencyAccess.objects.select_related("case").filter(pk=pk).first()
    return found if found and (found.user_id == user.pk or judged_by(user, found, today)) else None


def _case(opening: EmergencyAccess, user, today: date) -> int | None:
    """An attempt in vain tells nobody but the auditor whether there is such a case."""
    told = opening.outcome == OUTCOME.OPENED or judged_by(user, opening, today)
    return opening.case_id if told else None


EMERGENCIES = Resource(
    "emergency-openings",
    EmergencyAccess,
    _visible,
    columns=("user", "number", "category", "reason", "opened_at", "until_at"),
    computed={"case": (int | None, _case)},
    creating=("cases.open_in_emergency",),
    find=_find,
)
