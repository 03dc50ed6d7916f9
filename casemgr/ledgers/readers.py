"""For whom a ledger is written out: which rows, and which numbers in full."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from casemgr.cases.models import Case
from casemgr.ledgers.batches import batches
from casemgr.ledgers.taken_back import without_taken_back
from casemgr.parties.models import Party
from casemgr.parties.scope import handled, in_scope

FULL = ("admin", "head", "officer")
"""Roles that may see numbers in full: each of those parties whose records they handle."""
BATCH = 500


@dataclass(frozen=True)
class Reader:
    """`user` None is the operator at the machine, who reads the whole register."""

    today: date
    user: Any = None
    in_full: bool = False
    _opened: set[int] = field(default_factory=set)

    def cases(self, rows: QuerySet) -> QuerySet:
        """Those of the cases that the reader may see; nothing of what an undone import had brought."""
        rows = without_taken_back(rows)
        if self.user is None:
            return rows
        return rows.filter(pk__in=Case.objects.visible_to(self.user, self.today).order_by().values("pk"))

    def parties(self, rows: QuerySet[Party]) -> Iterator[Party]:
        """Those of the parties whose names the reader may see in full."""
        for some in batches(rows.iterator(chunk_size=BATCH), BATCH):
            known = {party.pk for party in some} if self.user is None else in_scope(self.user, some, self.today)
            self.look_at(some)
            yield from (party for party in some if party.pk in known)

    def look_at(self, parties: Collection[Party]) -> None:
        """Find out, for all of them at once, whose numbers are shown in full."""
        if self.in_full and self.user is not None:
            self._opened.clear()
            self._opened.update(handled(self.user, parties, self.today))

    def number(self, party: Party, what: str) -> str:
        """`what`: "identity" or "phone"; masked unless it is the reader's to see."""
        is_open = self.in_full and (self.user is None or party.pk in self._opened)
        if what == "phone":
            return party.open_phone() if is_open else party.masked_phone
        return party.open_number() if is_open else party.masked_number
