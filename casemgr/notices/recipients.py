"""Who is to be told about a case: its handlers, or those who hold a role at its unit or above."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property

from casemgr.cases.models import Case, Deadline
from casemgr.notices.models import ReminderStep
from casemgr.organisation.models import RoleAssignment

Whom = ReminderStep.Whom


class Recipients:
    """The office of one day: the holders of roles are read once, second handlers once per batch of deadlines."""

    def __init__(self, today: date) -> None:
        self.today = today

    def of_all(self, deadlines: Sequence[Deadline], whom: str) -> Iterator[tuple[Deadline, list[int]]]:
        """Each deadline with the ids of the people of the rung; the deadlines come with their case and its unit."""
        further = self._further(deadline.case_id for deadline in deadlines) if whom == Whom.HANDLER else {}
        for deadline in deadlines:
            yield deadline, self._of(deadline.case, whom, further.get(deadline.case_id, []))

    def _of(self, case: Case, whom: str, further: list[int]) -> list[int]:
        """Where nobody handles the case, the head is told instead."""
        if whom != Whom.HANDLER:
            return self._holding(whom, case)
        handlers = [pk for pk in (case.lead_handler_id, *further) if pk]
        return handlers or self._holding(Whom.HEAD, case)

    def _holding(self, role: str, case: Case) -> list[int]:
        path = case.unit.path
        return sorted({user for user, above in self._holders[role] if path.startswith(above)})

    @cached_property
    def _holders(self) -> dict[str, list[tuple[int, str]]]:
        """Role → (user, path of the unit at which it is held), for the roles a ladder names."""
        held = RoleAssignment.objects.in_force(self.today).filter(role__in=(Whom.HEAD, Whom.LEADER))
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for role, user, path in held.filter(user__is_active=True).values_list("role", "user_id", "unit__path"):
            found[role].append((user, path))
        return found

    @staticmethod
    def _further(case_ids: Iterable[int]) -> dict[int, list[int]]:
        rows = Case.further_handlers.through.objects.filter(case_id__in=set(case_ids)).order_by("id")
        found: dict[int, list[int]] = defaultdict(list)
        for case_id, user_id in rows.values_list("case_id", "user_id"):
            found[case_id].append(user_id)
        return found
