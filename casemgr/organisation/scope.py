"""Scope: which units a person's roles reach, for which procedure, on which day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from casemgr.organisation.models import RoleAssignment, Unit, User
from casemgr.organisation.roles import ROLES


class _All:
    """Every unit there is: no condition on the unit is needed. Compare with `is`."""

    def __contains__(self, unit_id: object) -> bool:
        return True

    def __repr__(self) -> str:
        return "ALL"


ALL: Final = _All()
UnitIds = frozenset[int] | _All


@dataclass(frozen=True)
class Tree:
    """The tree of units by value: small, read whole in one query."""

    paths: dict[int, str]
    successors: dict[int, int]

    @classmethod
    def load(cls) -> Tree:
        rows = list(Unit.objects.order_by().values_list("pk", "path", "successor_id"))
        return cls({pk: path for pk, path, _ in rows}, {pk: successor for pk, _, successor in rows if successor})

    @cached_property
    def predecessors(self) -> dict[int, list[int]]:
        found = defaultdict(list)
        for pk, successor in self.successors.items():
            found[successor].append(pk)
        return found

    def reach(self, unit_id: int) -> frozenset[int]:
        """The unit's subtree, with every unit that one of its members has succeeded, and their subtrees."""
        reached: set[int] = set()
        waiting = [unit_id]
        while waiting:
            top = waiting.pop()
            if top in reached or top not in self.paths:
                continue
            prefix = self.paths[top]
            for pk in [pk for pk, path in self.paths.items() if path.startswith(prefix)]:
                if pk not in reached:
                    reached.add(pk)
                    waiting += self.predecessors.get(pk, ())
        return frozenset(reached)

    def with_predecessors(self, unit_ids: Iterable[int]) -> frozenset[int]:
        """The units and those they have succeeded, without what lies below."""
        found: set[int] = set()
        waiting = list(unit_ids)
        while waiting:
            unit_id = waiting.pop()
            if unit_id not in found:
                found.add(unit_id)
                waiting += self.predecessors.get(unit_id, ())
        return frozenset(found)


class Scope:
    """What the roles of one person reach on one day. At most two queries, then none."""

    def __init__(self, assignments: Collection[RoleAssignment]) -> None:
        self._assignments = tuple(assignments)
        self._reach: dict[int, frozenset[int]] = {}
        self._by_procedure: dict[str, UnitIds] = {}
        self._let_in: dict[str, frozenset[int]] = {}

    @cached_property
    def _tree(self) -> Tree:
        return Tree.load()

    @cached_property
    def procedures(self) -> frozenset[str]:
        """Procedures of which the person may see cases somewhere."""
        return frozenset(procedure for held in self._assignments for procedure in ROLES[held.role].procedures)

    def unit_ids(self, procedure: str) -> UnitIds:
        """Units whose cases of the procedure the person may see; `ALL` when none is left out."""
        if procedure not in self._by_procedure:
            held = [held for held in self._assignments if procedure in ROLES[held.role].procedures]
            self._by_procedure[procedure] = self._union(held)
        return self._by_procedure[procedure]

    @cached_property
    def held_unit_ids(self) -> frozenset[int]:
        """Units at which a role with cases is held, and those they have succeeded."""
        return frozenset().union(*(self.units_let_in(procedure) for procedure in self.procedures))

    def units_let_in(self, procedure: str) -> frozenset[int]:
        """Units through which a case of the procedure reaches the person when it is shared with them: where a role for
        the procedure is held. Sharing widens the units a role sees, not the procedures: a suit shared with a town
        government is not its mediators'."""
        if procedure not in self._let_in:
            held = {held.unit_id for held in self._assignments if procedure in ROLES[held.role].procedures}
            self._let_in[procedure] = self._tree.with_predecessors(held) if held else frozenset()
        return self._let_in[procedure]

    def has_role(
        self, codes: str | Collection[str], procedure: str | None = None, unit: Unit | int | None = None
    ) -> bool:
        """Whether one of the roles is held, for the procedure and with the unit in reach if these are given."""
        wanted = {codes} if isinstance(codes, str) else set(codes)
        unit_id = unit.pk if isinstance(unit, Unit) else unit
        return any(
            held.role in wanted
            and (procedure is None or procedure in ROLES[held.role].procedures)
            and (unit_id is None or unit_id in self._reached_from(held.unit_id))
            for held in self._assignments
        )

    def units_of_role(self, codes: str | Collection[str]) -> UnitIds:
        """Units that the given roles reach."""
        wanted = {codes} if isinstance(codes, str) else set(codes)
        return self._union([held for held in self._assignments if held.role in wanted])

    def _reached_from(self, unit_id: int) -> frozenset[int]:
        if unit_id not in self._reach:
            self._reach[unit_id] = self._tree.reach(unit_id)
        return self._reach[unit_id]

    def _union(self, held: list[RoleAssignment]) -> UnitIds:
        if not held:
            return frozenset()
        reached = frozenset().union(*(self._reached_from(assignment.unit_id) for assignment in held))
        return ALL if len(reached) == len(self._tree.paths) else reached


def scope(user: User, today: date) -> Scope:
    """The person's scope on `today`, kept on the user object: computed once per request."""
    cache = user.__dict__.setdefault("_scopes", {})
    if today not in cache:
        cache[today] = Scope(user.assignments(today) if user.is_active else ())
    return cache[today]
