"""A chunk of rows on its way in by a bulk lane: what the register holds under its keys, and what it brings itself."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from casemgr.actions.errors import ActionError, InvalidInput
from casemgr.ledgers.definition import UNCHANGED, Answer, Created
from casemgr.pages.sheets.rows import Problem, Row, RowRefused

Entry = dict[str, Any]


class Lane(Protocol):
    """A bulk lane: entries judged and kept one by one, and written at once."""

    def expect(self, entries: Iterable[Mapping[str, Any]]) -> None:
        """What may be asked for all of them at once."""

    def add(self, entry: Mapping[str, Any]) -> None:
        """Judge an entry and keep it. :raises ActionError: why it is refused; nothing of it is kept."""

    def write(self) -> Sequence[Any]:
        """Write what was kept; returns what it became, in the order in which it was added."""


class Kind(Protocol):
    """What tells a ledger's rows from each other, and what the register holds of them."""

    def key_of(self, row: Row) -> Hashable: ...

    def held_by(self, keys: Iterable[Any]) -> Mapping[Any, Any]: ...

    def refuse_if_different(self, row: Row, held: Any) -> None: ...

    def problems(self, error: InvalidInput, row: Row) -> list[Problem]: ...


def load(kind: Kind, lane: Lane, rows: Sequence[Row], read: Callable[[Row], Entry]) -> list[Answer]:
    """One answer for each row. `read` makes an entry of a row's cells. :raises RowRefused: within `read`."""
    chunk = _Chunk(kind, lane)
    chunk.hold(kind.key_of(row) for row in rows)
    entered: list[Entry | list[Problem]] = []
    for row in rows:
        try:
            entered.append(read(row))
        except RowRefused as refused:
            entered.append(refused.problems)
    lane.expect(entry for entry in entered if isinstance(entry, dict))
    answers = [chunk.load(row, entry) for row, entry in zip(rows, entered, strict=True)]
    chunk.write()
    return answers


@dataclass
class _Chunk:
    kind: Kind
    lane: Lane
    added: set[Hashable] = field(default_factory=set)
    held: dict[Hashable, Any] = field(default_factory=dict)
    waiting: list[Created] = field(default_factory=list)

    def write(self) -> None:
        """Each answer then has what it made."""
        for answer, made in zip(self.waiting, self.lane.write(), strict=True):
            answer.made = made
        self.waiting = []

    def hold(self, keys: Iterable[Hashable]) -> None:
        self.held |= self.kind.held_by(keys)

    def load(self, row: Row, entry: Entry | list[Problem]) -> Answer:
        key = self.kind.key_of(row)
        if key in self.added:
            self.write()
            self.hold(self.added)
            self.added.clear()
        try:
            if (held := self.held.get(key)) is not None:
                self.kind.refuse_if_different(row, held)
                return UNCHANGED
            if isinstance(entry, list):
                return entry
            self.lane.add(entry)
        except RowRefused as refused:
            return refused.problems
        except InvalidInput as error:
            return self.kind.problems(error, row)
        except ActionError as error:
            return [Problem("", str(error.message))]
        self.added.add(key)
        self.waiting.append(Created())
        return self.waiting[-1]


__all__ = ["Kind", "Lane", "load"]
