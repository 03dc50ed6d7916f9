"""Who may read what belongs into the internal volume (副卷): only who holds a role of the house at the case's unit.

Secret materials, approval sheets and the volume itself. Whoever sees the case because it was shared with their unit, or
opened it in an emergency, sees none of it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from casemgr.cases.models import Case
from casemgr.cases.people.standing import has_case_role
from casemgr.organisation.roles import HANDS, ROLES
from casemgr.organisation.scope import ALL, scope

READERS = (*HANDS, "authority", "panel", "archive", "leader", "auditor")


def may_read_internal(user: Any, case: Case, today: date) -> bool:
    return getattr(user, "is_system", False) or has_case_role(user, READERS, case, today)


def internal_cases(user: Any, today: date, case: str = "case__") -> Q:
    """Condition on rows of a case (`case`: the way to it): those whose inner papers the person may read."""
    if getattr(user, "is_system", False):
        return Q()
    reach = scope(user, today)
    found = Q(pk__in=[])
    for procedure in sorted(reach.procedures):
        units = reach.units_of_role([role for role in READERS if procedure in ROLES[role].procedures])
        if units is ALL:
            found |= Q(**{f"{case}procedure": procedure})
        elif units:
            found |= Q(**{f"{case}procedure": procedure, f"{case}unit_id__in": units})
    return found
