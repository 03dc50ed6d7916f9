"""What a ledger is: its columns with their words, how a row is loaded, and how it is written out again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise

from casemgr.actions import registry
from casemgr.cases.procedure import procedures
from casemgr.ledgers.people import PersonInRow
from casemgr.ledgers.readers import Reader
from casemgr.organisation.scope import scope
from casemgr.pages.sheets.rows import Problem, Row

CREATED, UNCHANGED, UPDATED = "created", "unchanged", "updated"


class Created(str):
    """A row made something of its own: `made` has it, once the chunk is written.

    `adds`: it only added to something that was there before.
    """

    __slots__ = ("adds", "made")
    made: Any
    adds: bool

    def __new__(cls, made: Any = None, *, adds: bool = False) -> Created:
        created = super().__new__(cls, CREATED)
        created.made, created.adds = made, adds
        return created


Answer = str | list[Problem]
"""What became of a row: created, unchanged or updated, or why it was refused."""


@dataclass(frozen=True)
class Ledger:
    """`load(row, actor, today)` loads one row and says created, unchanged or updated. :raises RowRefused:

    `load_many(rows, actor, today)` does the same for a chunk in the caller's transaction, by the bulk lane: one answer
    per row, and an equal register. What it raises takes the chunk back, which then goes row by row.

    `rows(year, reader)` writes out those of the year's rows that the reader may see, with numbers as they may be seen.
    `action` is the step by which one row is entered: who may take it may load a ledger.
    `key`: the columns that tell a row from all others. `people(row)` are those it names, to be compared with the known.
    `reader(today)`: what reads a row's cells without writing, so that a refused row tells all that is wrong with it.
    `take_back`: the step that undoes what a row made, as long as nobody touched it.
    `procedure`: whose cases its rows belong to; by default the one of its own name.
    """

    code: str
    label: str | Promise
    columns: tuple[str, ...]
    load: Callable[[Row, Any, date], str]
    rows: Callable[[int, Reader], Iterator[Mapping[str, Any]]]
    action: str
    load_many: Callable[[Sequence[Row], Any, date], list[Answer]] | None = None
    required: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    procedure: str = ""
    key: tuple[str, ...] = ()
    people: Callable[[Row, date], Iterable[PersonInRow]] = lambda row, today: ()
    reader: Callable[[date], Callable[[Row], Any]] = lambda today: lambda row: None
    take_back: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "procedure", self.procedure or self.code)

    def may_load(self, user: Any, today: date) -> bool:
        return registry.get(self.action).is_permitted(None, user, today)

    def may_fetch(self, user: Any, today: date) -> bool:
        """Who sees the procedure's cases, and who may load it."""
        return self.procedure in scope(user, today).procedures or self.may_load(user, today)


_own: dict[str, Ledger] = {}
KINDS = ("mediation", "reconsideration", "litigation", "backlog", "parties")


def register(ledger: Ledger) -> None:
    """The ground's own ledgers; a procedure lists its own in `Procedure.extra["ledgers"]`."""
    _own[ledger.code] = ledger


def ledgers() -> dict[str, Ledger]:
    """Every ledger there is, by kind."""
    theirs = {ledger.code: ledger for known in procedures() for ledger in known.extra.get("ledgers", ())}
    return {**_own, **theirs}
