"""Who reviews a unit, and who audits the reviews."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from casemgr.organisation.models import RoleAssignment, Unit, User
from casemgr.organisation.scope import ALL, UnitIds, scope

REVIEWERS = ("admin", "head", "authority", "leader", "committee")
"""Heads of offices and committees, their superiors, and administrators, at the unit or above it."""
READERS = (*REVIEWERS, "auditor")


def may_review(user: User, unit: Unit, today: date) -> bool:
    return scope(user, today).has_role(REVIEWERS, unit=unit)


def reviewed_units(user: User, today: date) -> QuerySet[Unit]:
    """Units the person reviews; the schedule's own actor reviews none and begins them all."""
    if getattr(user, "is_system", False):
        return Unit.objects.all()
    units = scope(user, today).units_of_role(REVIEWERS)
    return Unit.objects.all() if units is ALL else Unit.objects.filter(pk__in=units)


def readable_units(user: User, today: date) -> UnitIds:
    """Units whose reviews the person may read."""
    return scope(user, today).units_of_role(READERS)


def reviewers(unit: Unit, today: date) -> list[int]:
    """The heads at the unit itself; where it has none, administrators and superiors above it."""
    own = _holders(("head", "committee", "admin"), [unit.code], today)
    return own or _holders(("admin", "head", "authority"), unit.path.strip("/").split("/"), today)


def auditors(unit: Unit, today: date) -> list[int]:
    return _holders(("auditor",), unit.path.strip("/").split("/"), today)


def _holders(roles: Iterable[str], unit_codes: list[str], today: date) -> list[int]:
    held = RoleAssignment.objects.in_force(today).filter(
        role__in=list(roles), unit__code__in=unit_codes, user__is_active=True
    )
    return sorted(set(held.values_list("user_id", flat=True)))
