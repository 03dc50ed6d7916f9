"""Units, accounts and roles through the API, within an administrator's reach."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casemgr.actions import registry
from casemgr.actions.resources import Resource
from casemgr.operation.accounts.reach import administered_units, visible_users
from casemgr.organisation.accounts.models import SecondFactorRule
from casemgr.organisation.models import RoleAssignment, Unit, User


def _units(user: User, today: date) -> QuerySet[Unit]:
    if not registry.get("organisation.create_unit").is_permitted(None, user, today):
        raise PermissionDenied(_("Units are kept by administrators."))
    return administered_units(user, today)


def _users(user: User, today: date) -> QuerySet[User]:
    if not registry.get("organisation.create_user").is_permitted(None, user, today):
        raise PermissionDenied(_("Accounts are kept by administrators."))
    return visible_users(user, today)


def _first_password(user: Any) -> dict[str, str]:
    """Told in this one answer, and kept nowhere."""
    password = getattr(user, "temporary_password", "")
    return {"temporary_password": password} if password else {}


def _rules(user: User, today: date) -> QuerySet[SecondFactorRule]:
    if not registry.get("organisation.set_second_factor_rule").is_permitted(None, user, today):
        raise PermissionDenied
    return SecondFactorRule.objects.all()


SECOND_FACTOR_RULES = Resource(
    "second-factor-rules",
    SecondFactorRule,
    _rules,
    columns=("role", "required_from"),
    creating=("organisation.set_second_factor_rule",),
    order=("role", "pk"),
)
UNITS = Resource(
    "units",
    Unit,
    _units,
    columns=("code", "name", "short_name", "kind", "parent", "successor", "started_on", "ended_on"),
    creating=("organisation.create_unit",),
    order=("path", "pk"),
)
USERS = Resource(
    "users",
    User,
    _users,
    columns=("username", "full_name", "is_active", "must_change_password"),
    creating=("organisation.create_user",),
    order=("username", "pk"),
    told_once=_first_password,
)
ROLES = Resource(
    "roles",
    RoleAssignment,
    lambda user, today: RoleAssignment.objects.filter(user__in=_users(user, today).values("pk")),
    columns=("user", "role", "unit", "from_on", "until_on"),
)
