"""Who has to do with the reception."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from casemgr.organisation.scope import scope
from reconsideration.models.reception import READERS


def demand_reception(user: Any, today: date) -> None:
    """:raises PermissionDenied: the person neither works at the desk nor leads or audits it."""
    if not getattr(user, "is_system", False) and not scope(user, today).has_role(READERS, procedure="reconsideration"):
        raise PermissionDenied(_("Your roles have nothing to do with the reception."))
