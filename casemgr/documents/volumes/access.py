"""Who may see the internal volume (副卷): only who holds a role of the house itself at the case's unit.

Whoever sees the case because it was shared with their unit, or opened it in an emergency, sees the main volume.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from casemgr.cases.models import Case
from casemgr.cases.people.standing import has_case_role
from casemgr.organisation.roles import HANDS
from casemgr.organisation.scope import ALL, scope

READERS = (*HANDS, "authority", "panel", "archive", "leader", "auditor")
PREPARERS = (*HANDS, "archive")
"""Who puts volumes together."""
KEEPERS = ("archive",)
"""Who keeps the frozen ones: shelf, loans, appraisal."""
APPROVERS = ("head", "authority", "leader", "town")
"""Who may agree to what the keeper proposes for a volume whose term is over."""


def may_read_internal(user: Any, case: Case, today: date) -> bool:
    return getattr(user, "is_system", False) or has_case_role(user, READERS, case, today)


def internal_units(user: Any, today: date) -> Q:
    """Condition on volumes: of cases that the person's own roles reach."""
    if getattr(user, "is_system", False):
        return Q()
    reach = scope(user, today)
    found = Q(pk__in=[])
    for procedure in reach.procedures:
        units = reach.unit_ids(procedure)
        if units is ALL:
            found |= Q(case__procedure=procedure)
        elif units:
            found |= Q(case__procedure=procedure, case__unit_id__in=units)
    return found
