"""Who may open a case in an emergency, who is told, and what keeps the door from telling which numbers exist.

The number is looked up only when everything else is in order, and every such attempt is a row that auditors are told
of. A person who types some wrong numbers in a day finds the door closed for every number (docs/decisions/0016).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from casemgr.cases.models import Case, CaseAccess, EmergencyAccess
from casemgr.cases.people.owners import Owners
from casemgr.organisation.models import RoleAssignment, User
from casemgr.organisation.roles import HEADS, ROLES
from casemgr.organisation.scope import ALL, Scope, scope


def _opening_roles(user: User, today: date) -> list[RoleAssignment]:
    return [held for held in user.assignments(today) if held.role in settings.EMERGENCY_ROLES]


def may_open(user: User, today: date) -> bool:
    """Whether the office's policy gives one of the person's roles the door at all."""
    return bool(_opening_roles(user, today))


def opening_role(user: User, case: Case, today: date) -> RoleAssignment | None:
    """The role that opens it: one that works with this procedure; what was said in mediation stays with mediation."""
    return next((held for held in _opening_roles(user, today) if case.procedure in ROLES[held.role].procedures), None)


def is_opened_for(user: User, case: Case, today: date) -> bool:
    """Whether the person sees the case by an emergency that still runs, and by no role."""
    if case.unit_id in scope(user, today).unit_ids(case.procedure):
        return False
    return CaseAccess.objects.filter(case_id=case.pk, user_id=user.pk, until_at__gt=timezone.now()).exists()


def is_closed_for(user: User, now: datetime) -> bool:
    """Too many attempts in vain since this time yesterday: the door is closed, whatever the number."""
    since = now - timedelta(days=1)
    misses = EmergencyAccess.objects.filter(user=user, opened_at__gt=since, case__isnull=True)
    return misses.count() >= settings.EMERGENCY_MISSES


def people_to_tell(case: Case, today: date) -> list[int]:
    """The office's heads, the handlers and the auditors of the case, but for those recused from it."""
    watching = (*HEADS, "auditor")
    owners = Owners(today, watching)
    owners.look_at([case.pk])
    return sorted({*owners.handlers(case), *owners.holding(watching, case)})


def auditors_of_all(today: date) -> list[int]:
    """Auditors of the whole banner: attempts in vain belong to no unit."""
    held = RoleAssignment.objects.in_force(today).filter(role="auditor", user__is_active=True).select_related("unit")
    return sorted({one.user_id for one in held if Scope([one]).units_of_role("auditor") is ALL})
