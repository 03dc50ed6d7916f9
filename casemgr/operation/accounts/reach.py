"""Whom an administrator administers: the role is held at a unit and reaches its subtree."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from casemgr.organisation.models import Unit, User
from casemgr.organisation.scope import ALL, scope

ADMIN = "admin"


def administers(actor: User, unit: Unit | None, today: date) -> bool:
    """Whether the unit lies in the administrator's reach; None (a new root) only for one who reaches everything."""
    units = scope(actor, today).units_of_role(ADMIN)
    return units is ALL if unit is None else unit.pk in units


def administers_user(actor: User, user: User, today: date) -> bool:
    """All roles the person holds, or will hold, lie within reach: nobody takes over an account with more power."""
    units = scope(actor, today).units_of_role(ADMIN)
    if units is ALL:
        return True
    not_ended = Q(until_on__isnull=True) | Q(until_on__gte=today)
    held = user.role_assignments.filter(not_ended).values_list("unit_id", flat=True)
    return bool(units) and all(unit_id in units for unit_id in held)


def visible_users(actor: User, today: date) -> QuerySet[User]:
    """Users with a role in reach, and users without any."""
    units = scope(actor, today).units_of_role(ADMIN)
    users = User.objects.all()
    if units is ALL:
        return users
    with_role = User.objects.filter(role_assignments__unit_id__in=units).values("pk")
    with_any = User.objects.filter(role_assignments__isnull=False).values("pk")
    return users.filter(pk__in=with_role) | users.exclude(pk__in=with_any)


def administered_units(actor: User, today: date) -> QuerySet[Unit]:
    units = scope(actor, today).units_of_role(ADMIN)
    return Unit.objects.all() if units is ALL else Unit.objects.filter(pk__in=units)
