"""Who has to do with litigation, by role. Names only: models, forms and actions all read them here."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from casemgr.organisation.roles import LITIGATION
from casemgr.organisation.scope import scope

LIAISON = ("liaison",)
"""The court liaison of the justice bureau: follows every suit."""
DEPARTMENT = ("department",)
"""The liaison of a unit that is sued: sees and does what is its own."""
BOTH = (*LIAISON, *DEPARTMENT)


def demand_litigation(user: Any, today: date) -> None:
    """:raises PermissionDenied: none of the person's roles sees cases of litigation."""
    if not getattr(user, "is_system", False) and LITIGATION not in scope(user, today).procedures:
        raise PermissionDenied(_("Your roles have nothing to do with litigation."))


def demand_liaison(user: Any, today: date) -> None:
    """:raises PermissionDenied: the person neither follows suits nor is a unit's liaison."""
    if not scope(user, today).has_role(BOTH):
        raise PermissionDenied(_("Your roles have nothing to do with suits."))


__all__ = ["BOTH", "DEPARTMENT", "LIAISON", "demand_liaison", "demand_litigation"]
