"""Loading rows of the ledger, one by one or by the chunk: as a file of its own, or as an instance of a known one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from casemgr.actions.errors import InvalidInput
from casemgr.actions.perform import perform
from casemgr.ledgers import case_rows
from casemgr.ledgers.definition import UNCHANGED, Answer, Created
from casemgr.pages.sheets import cells
from casemgr.pages.sheets.rows import Row, RowRefused
from casemgr.parties.names import name_key
from litigation.court_numbers import key_of
from litigation.ledger.columns import (
    COLUMNS,
    DEFENDANT,
    HEAD,
    HEARD,
    NUMBER,
    OWED,
    PLAINTIFF,
    POST,
    REASON,
    THIRD,
    column_of,
)
from litigation.ledger.entries import Known, past_instance, sessions
from litigation.ledger.files import Files, Ref, note_of, ref_of
from litigation.ledger.writing import row_of, with_content
from litigation.models import Instance, LitigationCase
from litigation.registration.past import PastFile
from litigation.registration.past_bulk import ACTION, PastSuitLane

LATER = "litigation.record_past_instance"


def load(row: Row, actor: Any, today: date) -> str:
    """One row. A number registered with other content is refused, never overwritten."""
    if (known := _held([row]).get(key_of(cells.text(row, NUMBER)))) is not None:
        refuse_if_different(row, known)
        return UNCHANGED
    entry, told, files = past_instance(row, today, Known.on(today)), ref_of(row), Files()
    files.expect([row])
    files.last = _newest(files)
    found, several = files.find(told)
    try:
        if found is not None:
            return Created(perform(LATER, found.case, entry, actor, today), adds=True)
        return Created(perform(ACTION, None, {**entry, **note_of(several)}, actor, today))
    except InvalidInput as error:
        raise RowRefused(case_rows.problems_of(error, column_of)) from error


def _newest(files: Files) -> Ref | None:
    """The file that was written to last, if it is among those known."""
    case = Instance.objects.order_by("-pk").values_list("case_id", flat=True).first()
    return next((ref for refs in files.refs.values() for ref in refs if ref.case and ref.case.pk == case), None)


def _held(rows: Iterable[Row]) -> dict[str, Instance]:
    keys = [key_of(cells.text(row, NUMBER)) for row in rows]
    return {one.court_key: one for one in with_content(Instance.objects.filter(court_key__in=keys))}


def load_many(rows: Sequence[Row], actor: Any, today: date) -> list[Answer]:
    """The same for a chunk, by the bulk lane."""
    chunk = _Chunk(PastSuitLane(actor, today), actor, today, Known.on(today))
    chunk.held = _held(rows)
    chunk.known.expect(rows)
    chunk.files.expect(rows)
    chunk.files.last = _newest(chunk.files)
    answers = [chunk.load(row) for row in rows]
    chunk.lane.write()
    for answer, file in chunk.made:
        answer.made = file.case
    return answers


@dataclass
class _Chunk:
    """A chunk on its way in."""

    lane: PastSuitLane
    actor: Any
    today: date
    known: Known
    files: Files = field(default_factory=Files)
    held: dict[str, Instance] = field(default_factory=dict)
    added: set[str] = field(default_factory=set)
    made: list[tuple[Created, PastFile]] = field(default_factory=list)
    """Answers whose file is written at the end."""

    def load(self, row: Row) -> Answer:
        key = key_of(cells.text(row, NUMBER))
        try:
            if key in self.added:
                self.write()
                self.held |= _held([row])
            if (instance := self.held.get(key)) is not None:
                refuse_if_different(row, instance)
                self.files.last = self._ref_of(instance)
                return UNCHANGED
            answer = self._add(row)
        except RowRefused as refused:
            return refused.problems
        except InvalidInput as error:
            return case_rows.problems_of(error, column_of)
        self.added.add(key)
        return answer

    def write(self) -> None:
        """What waits, before the rest of the chunk is read."""
        self.lane.write()
        self.known.forget_unknown()

    def _ref_of(self, instance: Instance) -> Ref | None:
        refs = (ref for refs in self.files.refs.values() for ref in refs)
        return next((ref for ref in refs if ref.written is not None and ref.written.pk == instance.case_id), None)

    def _add(self, row: Row) -> Created:
        answer = Created()
        entry, told = past_instance(row, self.today, self.known), ref_of(row)
        found, several = self.files.find(told)
        if found is None:
            if any(ref.written is None for ref in several):
                self.write()  # the note names them
            told.pending = self.lane.open({**entry, **note_of(several)})
            told.responsible = _responsible(told)
            self.files.add(told)
            self.made.append((answer, told.pending))
        elif found.written is None and found.pending is not None:
            self.lane.go_on(found.pending, entry)
            answer.adds = True
            self.made.append((answer, found.pending))
        else:
            answer.adds = True
            answer.made = perform(LATER, LitigationCase.objects.get(pk=found.written.pk), entry, self.actor, self.today)
        self.files.last = found or told
        if found is not None:
            found.instances += told.instances
        return answer


def _responsible(told: Ref) -> str:
    """As the file will have it where the row names none."""
    if told.responsible or told.pending is None:
        return told.responsible
    agency = next((party for party in told.pending.agencies if party.unit_id), None)
    return name_key(agency.name) if agency is not None else ""


def refuse_if_different(row: Row, instance: Instance) -> None:
    """:raises RowRefused: the register holds something else under this number."""
    held = row_of(instance)
    compared = [column for column in COLUMNS if column != NUMBER]
    case_rows.refuse_if_different(row, held, compared, lambda column, row: _plain(column, row, held))


def _plain(column: str, row: Row, held: dict[str, str]) -> str:
    """A cell as the register would write it out."""
    if column == HEARD:
        return "、".join(sessions(row))
    if column in (PLAINTIFF, DEFENDANT, THIRD, OWED):
        return "、".join(cells.several(row, column))
    if column in (HEAD, POST) and len(held[OWED].split("、")) > 1:
        return "、".join(part.strip() for part in cells.text(row, column).split("、"))
    if column == REASON and len(held[OWED].split("、")) > 1:
        return _reason(row, held[REASON])
    return case_rows.plain(column, row)


def _reason(row: Row, held: str) -> str:
    """One reason written for several agencies stands in the register for each of them."""
    text = cells.text(row, REASON)
    one = text.replace("、", "，")
    return held if held and {part for part in held.split("、") if part} == {one} else text


__all__ = ["load", "load_many"]
