"""`record_past_case` of litigation for many entries at once: the same form judges them, one step writes them.

Files that run are written one by one all the same: their clocks ask the database about their instances.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from casemgr.actions import registry
from casemgr.actions.errors import Forbidden, InvalidInput
from casemgr.actions.signals import bulk_performed
from casemgr.audit.bulk import create_with_history
from casemgr.audit.context import audited
from casemgr.cases.bulk import writing
from casemgr.cases.models import Case, Participation
from casemgr.cases.registration.past import AgencyOfBatch, FormOfBatch, PersonOfBatch
from casemgr.parties.bulk import PartyBatch
from litigation.models import LitigationCase
from litigation.registration.form import following_unit
from litigation.registration.past import (
    InstanceRows,
    PastFile,
    accesses_of,
    all_rows,
    describe,
    link_reconsideration,
    new_file,
    record_past,
    told_by,
)
from litigation.registration.past_form import AgencyRow, PastSuitForm, PersonForm

ACTION = "litigation.record_past_case"


class _PersonOfBatch(PersonOfBatch, PersonForm):
    pass


class _AgencyOfBatch(AgencyOfBatch, AgencyRow):
    pass


class _FormOfBatch(FormOfBatch, PastSuitForm):
    person_form, agency_form = _PersonOfBatch, _AgencyOfBatch
    remembered = ("responsible",)

    def refuse_registered(self, written: str) -> None:
        """Whoever uses the lane has looked; the database keeps a number once."""


@dataclass
class PastSuitLane:
    """One batch of entries, inside one transaction: `open` a file or `go_on` with one of this batch, then `write`.

    :raises Forbidden: the actor may not enter suits of the past.
    """

    actor: Any
    today: date
    files: list[PastFile] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.action = registry.get(ACTION)
        if not self.action.is_permitted(None, self.actor, self.today):
            raise Forbidden(str(self.action.label))
        self.parties = PartyBatch(self.actor, self.today)
        self.unit = following_unit(self.actor, self.today)
        self.form = _FormOfBatch({}, actor=self.actor, today=self.today, batch=self.parties)

    def open(self, entry: Mapping[str, Any]) -> PastFile:
        """Judge an entry that begins a file. :raises InvalidInput: why it is refused; nothing of it is kept."""
        self.form.fill_again(entry)
        with self.parties.entry():
            if not self.form.is_valid():
                raise InvalidInput(self.form)
            file = new_file(self.form, self.parties.find_or_create, self.unit)
            for part in file.parts:
                part.party.data_key()  # its snapshot needs one; made before the party is written, it goes with it
        self.files.append(file)
        return file

    def go_on(self, file: PastFile, entry: Mapping[str, Any]) -> None:
        """Judge a later instance of a file that is not written yet. :raises InvalidInput:"""
        self.form.fill_again(entry)
        if not self.form.is_valid():
            raise InvalidInput(self.form)
        file.told.append(told_by(self.form))

    def write(self) -> None:
        """Write the files kept, in their order; each then has its `case`."""
        values = {"actor_id": self.actor.pk, "actor_name": self.actor.full_name, "action": ACTION, "reason": ""}
        with audited(**values):
            self.parties.write()
            still = [file for file in self.files if not file.runs]
            writing.write([describe(file) for file in still], self.today, lambda found: self._write_rows(still, found))
            if running := [file for file in self.files if file.runs]:
                self._write_running(running)
        self.files = []

    def _write_running(self, files: Iterable[PastFile]) -> None:
        cases = []
        for file in files:
            file.case = record_past(file, self.today)
            cases.append(file.case)
        bulk_performed.send(sender=LitigationCase, cases=cases, today=self.today)

    def _write_rows(self, files: Iterable[PastFile], found: list[tuple[Case, list[Participation]]]) -> None:
        rows: list[InstanceRows] = []
        accesses = []
        ordered = [(case, sorted(parts, key=lambda part: (part.role, part.order))) for case, parts in found]
        pairs = list(zip(files, ordered, strict=True))
        for file, (case, parts) in pairs:
            file.case = LitigationCase(pk=case.pk) if not isinstance(case, LitigationCase) else case
            rows += all_rows(file, case, parts)
            accesses += accesses_of(case, parts)
        for order in sorted({one.instance.order for one in rows}):  # a later one names the earlier
            create_with_history([one.instance for one in rows if one.instance.order == order])
        for name in ("standings", "rulings", "sessions", "appearances", "executions"):
            create_with_history([row for one in rows for row in getattr(one, name)])
        create_with_history(accesses)
        for file, (case, _parts) in pairs:
            link_reconsideration(case, file.first("reconsideration_number"))


__all__ = ["PastSuitLane"]
