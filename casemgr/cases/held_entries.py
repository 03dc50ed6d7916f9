"""A case's entries as a running action reads them: once, however many guards, deadlines and figures ask for them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from casemgr.actions import held
from casemgr.cases.models import Case, Event


class Entries:
    """All entries of one case that the running action has locked or made, in the order in which they were recorded.

    Entries are only ever added, and only by `events.record`: it adds them here, too.
    """

    def __init__(self, case_id: int, events: list[Event] | None = None) -> None:
        self.case_id = case_id
        self._events = events
        self.folded: Any = None
        """What `events.facts_of` made of them."""

    def all(self) -> list[Event]:
        if self._events is None:
            self._events = list(Event.objects.filter(case_id=self.case_id).order_by("sequence"))
        return self._events

    def add(self, event: Event) -> None:
        self.all().append(event)
        self.folded = None

    def forget(self) -> None:
        self._events = self.folded = None


def hold(case_id: int, *, is_new: bool = False) -> None:
    """The running action has locked the case, or has just made it: from now on its entries are read once."""
    held.hold(_key(case_id), Entries(case_id, [] if is_new else None))


def locked(case_id: int, rows: QuerySet[Case] | None = None) -> Case:
    """The case (one of `rows` if they are given), locked: from now on the running action reads its entries once.

    :raises Case.DoesNotExist:
    """
    found = (Case.objects.all() if rows is None else rows).select_for_update(of=("self",)).get(pk=case_id)
    hold(found.pk)
    return found


def held_of(case_id: int) -> Entries | None:
    """What the running action holds of the case; None if it has not said that it locked it."""
    return held.of(_key(case_id))


def _key(case_id: int) -> tuple[str, int]:
    return ("entries", case_id)


__all__ = ["Entries", "held_of", "hold", "locked"]
