"""Who answers for a case today: a handler who can work, or whoever leads the office while nobody handles it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from casemgr.cases.models import Absence, Case
from casemgr.cases.people.owners import Owners
from casemgr.cases.people.reach import Handlers
from casemgr.operation.ownership.models import OwnershipGap

HANDLED, WITH_HEADS = "handled", "with_heads"
Kind = OwnershipGap.Kind


class Office:
    """The people of one day, read in a handful of queries; recusals and second handlers once per batch of cases."""

    def __init__(self, today: date) -> None:
        self.owners = Owners(today)
        self._reach = Handlers(today)
        self._stand_in = dict(Absence.objects.in_force(today).values_list("person_id", "stand_in_id"))

    def look_at(self, case_ids: Iterable[int]) -> None:
        self.owners.look_at(case_ids)

    def answers_for(self, case: Case) -> str:
        """`HANDLED`, `WITH_HEADS`, or the kind of gap. The case comes with its unit."""
        named = self.owners.named(case)
        if any(self._works_on(user, case) for user in named):
            return HANDLED
        if named:
            return Kind.GONE
        return WITH_HEADS if self.owners.heads(case) else Kind.NOBODY

    def _works_on(self, user: int, case: Case) -> bool:
        """An open account, a role that reaches the case and no recusal; of whoever is away also of the stand-in."""
        return all(
            self._reach.may_handle(person, case.procedure, case.unit_id) and person not in self.owners.recused(case)
            for person in {user, self._stand_in.get(user, user)}
        )
