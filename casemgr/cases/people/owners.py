"""Whose case it is when something about it is to be told: its handlers, and who leads the office that handles it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from casemgr.cases.models import Case, CaseRecusal
from casemgr.organisation.models import RoleAssignment
from casemgr.organisation.roles import HEADS, ROLES


class Owners:
    """The people of one day. Holders of `roles` are read once; handlers and recusals once per `look_at`."""

    def __init__(self, today: date, roles: Collection[str] = HEADS) -> None:
        self._holders: dict[str, list[tuple[int, str]]] = defaultdict(list)
        held = RoleAssignment.objects.in_force(today).filter(role__in=roles, user__is_active=True)
        for role, user, path in held.values_list("role", "user_id", "unit__path"):
            self._holders[role].append((user, path))
        self._second: dict[int, list[int]] = {}
        self._recused: dict[int, set[int]] = {}

    def look_at(self, case_ids: Iterable[int]) -> None:
        """Read who handles these cases besides and who is recused from them; earlier ones are forgotten."""
        ids = set(case_ids)
        self._second, self._recused = defaultdict(list), defaultdict(set)
        rows = Case.further_handlers.through.objects.filter(case_id__in=ids).order_by("id")
        for case_id, user_id in rows.values_list("case_id", "user_id"):
            self._second[case_id].append(user_id)
        recused = CaseRecusal.objects.filter(case_id__in=ids)
        for case_id, user_id in recused.values_list("case_id", "user_id"):
            self._recused[case_id].add(user_id)

    def handlers(self, case: Case) -> list[int]:
        """The handlers; where nobody handles the case, its heads."""
        return self.named(case) or self.heads(case)

    def named(self, case: Case) -> list[int]:
        """The lead handler and the further ones."""
        return [pk for pk in (case.lead_handler_id, *self._second.get(case.pk, ())) if pk]

    def recused(self, case: Case) -> set[int]:
        """Who sees the case no more, whatever the roles."""
        return self._recused.get(case.pk, set())

    def heads(self, case: Case) -> list[int]:
        return self.holding(HEADS, case)

    def holding(self, roles: Collection[str], case: Case) -> list[int]:
        """Who holds one of the roles at the case's unit or above and sees its procedure by it; nobody recused."""
        path = case.unit.path
        found = {
            user
            for role in roles
            if case.procedure in ROLES[role].procedures
            for user, above in self._holders[role]
            if path.startswith(above)
        }
        return sorted(found - self.recused(case))
