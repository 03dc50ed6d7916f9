"""Who may handle cases of which unit: the one rule for assigning, handing over and standing in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from casemgr.organisation.models import RoleAssignment
from casemgr.organisation.roles import HANDLERS, ROLES
from casemgr.organisation.scope import Tree


class Handlers:
    """The handling roles in force on one day, read in two queries whatever is asked afterwards."""

    def __init__(self, today: date) -> None:
        self._tree = Tree.load()
        self._reached: dict[int, frozenset[int]] = {}
        self._held: dict[int, list[tuple[str, int]]] = defaultdict(list)
        held = RoleAssignment.objects.in_force(today).filter(role__in=HANDLERS, user__is_active=True)
        for user, role, unit in held.values_list("user_id", "role", "unit_id"):
            self._held[user].append((role, unit))

    def may_handle(self, user_id: int, procedure: str, unit_id: int) -> bool:
        """Whether one of the person's handling roles has the procedure and reaches the unit."""
        return any(
            procedure in ROLES[role].procedures and unit_id in self._reach(unit)
            for role, unit in self._held.get(user_id, ())
        )

    def who_may_handle(self, procedure: str, unit_id: int) -> set[int]:
        return {user for user in self._held if self.may_handle(user, procedure, unit_id)}

    def who_hold(self, roles: Collection[str], unit_id: int) -> set[int]:
        """People with one of these handling roles at the unit or above it."""
        return {
            user
            for user, held in self._held.items()
            if any(role in roles and unit_id in self._reach(unit) for role, unit in held)
        }

    def may_stand_in(self, user_id: int, absent_id: int) -> bool:
        """Whether the person's own roles reach every place where the absent one handles cases."""
        places = {
            (procedure, unit) for role, unit in self._held.get(absent_id, ()) for procedure in ROLES[role].procedures
        }
        return bool(places) and all(self.may_handle(user_id, procedure, unit) for procedure, unit in places)

    def who_may_stand_in(self, absent_ids: set[int]) -> set[int]:
        """Everybody who could stand in for at least one of the people."""
        return {
            user
            for user in self._held
            if any(user != absent and self.may_stand_in(user, absent) for absent in absent_ids)
        }

    def below(self, unit_ids) -> set[int]:
        """People who handle cases at one of the units."""
        return {user for user, held in self._held.items() if any(unit in unit_ids for _role, unit in held)}

    def handles_cases(self, user_id: int) -> bool:
        return user_id in self._held

    def _reach(self, unit_id: int) -> frozenset[int]:
        if unit_id not in self._reached:
            self._reached[unit_id] = self._tree.reach(unit_id)
        return self._reached[unit_id]
