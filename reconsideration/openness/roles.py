"""Who has to do with openness, by role."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from casemgr.organisation.roles import RECONSIDERATION
from casemgr.organisation.scope import scope

OFFICER = ("officer", "head")
APPROVER = ("head", "authority")
READERS = ("officer", "head", "authority", "panel", "archive", "leader", "auditor")


def demand_reconsideration(user: Any, today: date) -> None:
    """:raises PermissionDenied: none of the person's roles sees cases of reconsideration."""
    if not getattr(user, "is_system", False) and RECONSIDERATION not in scope(user, today).procedures:
        raise PermissionDenied(_("Your roles have nothing to do with reconsideration."))


def holds(actor: Any, roles: tuple[str, ...], unit_id: int, today: date) -> bool:
    """Whether one of the roles is held over the unit."""
    return scope(actor, today).has_role(roles, unit=unit_id)


__all__ = ["APPROVER", "OFFICER", "READERS", "demand_reconsideration", "holds"]
