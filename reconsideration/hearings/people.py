"""Who may sit on a panel."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from casemgr.cases.models import Case
from casemgr.organisation.models import RoleAssignment, User

SITTING = ("officer", "head", "panel")
"""Reconsideration officers (art. 50(3)), by their roles."""


def may_sit(case: Case, today: date) -> QuerySet[User]:
    """Officers of the case's office and of what stands above it, without who is recused from the case."""
    path = case.unit.path
    above = [f"{'/'.join(path.split('/')[:n])}/" for n in range(1, path.count("/") + 1)]
    held = RoleAssignment.objects.in_force(today).filter(role__in=SITTING)
    held = held.filter(Q(unit__path__startswith=path) | Q(unit__path__in=above))
    found = User.objects.filter(pk__in=held.values("user_id"), is_active=True)
    return found.exclude(pk__in=case.recusals.values("user_id")).order_by("full_name", "pk")
