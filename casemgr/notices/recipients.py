"""Who is to be told about a deadline: the case's handlers, its office's heads, or the leaders of the bureau."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from casemgr.cases.models import Deadline
from casemgr.cases.people.owners import Owners
from casemgr.notices.models import ReminderStep
from casemgr.organisation.roles import HEADS

Whom = ReminderStep.Whom
ROLES_OF = {Whom.HEAD: HEADS, Whom.LEADER: ("leader",)}
"""Each procedure has heads of its own: of the reconsideration office, of the committee and its town, for suits."""


class Recipients:
    """The office of one day: the holders of roles are read once, second handlers once per batch of deadlines."""

    def __init__(self, today: date) -> None:
        self._owners = Owners(today, {role for roles in ROLES_OF.values() for role in roles})

    def of_all(self, deadlines: Sequence[Deadline], whom: str) -> Iterator[tuple[Deadline, list[int]]]:
        """Each deadline with the ids of the people of the rung; the deadlines come with their case and its unit."""
        self._owners.look_at(deadline.case_id for deadline in deadlines)
        for deadline in deadlines:
            case = deadline.case
            yield (
                deadline,
                (
                    self._owners.handlers(case)
                    if whom == Whom.HANDLER
                    else self._owners.holding(ROLES_OF[Whom(whom)], case)
                ),
            )
