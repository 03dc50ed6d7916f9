"""Who sees, books and keeps the rooms of an office."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from casemgr.organisation.models import Unit
from casemgr.organisation.scope import ALL, scope

READERS = ("officer", "head", "panel", "authority", "archive", "leader", "auditor", "admin")
BOOKERS = ("officer", "head", "archive")
KEEPERS = ("head", "admin")


class RoomQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> RoomQuerySet:
        """Of the units that the person's roles reach, and of those above: an office uses its bureau's rooms."""
        reach = scope(user, today)
        units = reach.units_of_role(READERS)
        if units is ALL:
            return self
        held = [row.unit.path for row in user.assignments(today) if row.role in READERS]
        above = [f"{'/'.join(path.split('/')[:n])}/" for path in held for n in range(1, path.count("/") + 1)]
        return self.filter(Q(unit_id__in=units) | Q(unit__path__in=above))

    def active(self) -> RoomQuerySet:
        return self.filter(is_active=True)


def demand_rooms(user: Any, today: date) -> None:
    """:raises PermissionDenied: no role of the person has to do with rooms."""
    if not scope(user, today).has_role(READERS):
        raise PermissionDenied(_("Your roles have nothing to do with this."))


def units_to_keep(user: Any, today: date) -> models.QuerySet[Unit]:
    """Where the person may add rooms: within reach, and for a head the bureau above."""
    units = scope(user, today).units_of_role(KEEPERS)
    if units is ALL:
        return Unit.objects.filter(ended_on=None)
    held = [row.unit for row in user.assignments(today) if row.role in KEEPERS]
    bureaus = {unit.parent_id for unit in held if unit.kind == Unit.Kind.OFFICE}
    return Unit.objects.filter(Q(pk__in=units) | Q(pk__in=bureaus), ended_on=None)
