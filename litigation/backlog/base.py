"""Who takes steps on backlog items: the liaison on any, a department on its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from casemgr.actions.records import RecordAction
from casemgr.organisation.scope import ALL, scope
from litigation.models import BacklogItem
from litigation.models.backlog import units_seen
from litigation.roles import BOTH, LIAISON


def may_work_on(item: BacklogItem, actor: Any, roles: Iterable[str], today: date) -> bool:
    """Whether one of the roles lets the person work on the item."""
    roles = tuple(roles)
    if not scope(actor, today).has_role(roles):
        return False
    units = units_seen(actor, today)
    if units is ALL:
        return scope(actor, today).has_role(LIAISON)
    return "department" in roles and (item.unit_id in units or item.joint_units.filter(unit_id__in=units).exists())


class ItemStep(RecordAction):
    """A step on an item."""

    model: ClassVar = BacklogItem
    roles = BOTH

    def is_permitted(self, subject: BacklogItem, actor: Any, today: date) -> bool:
        return may_work_on(subject, actor, self.roles, today)


__all__ = ["ItemStep", "may_work_on"]
