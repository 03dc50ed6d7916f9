"""Loading rows of a ledger whose rows are cases of the past: one by one, or by the chunk in the bulk lane."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from django.utils.translation import gettext as _

from casemgr.actions.errors import InvalidInput
from casemgr.actions.perform import perform
from casemgr.cases.models import Case
from casemgr.ledgers.definition import UNCHANGED, Answer, Created
from casemgr.ledgers.taken_back import taken_back_of
from casemgr.pages.sheets import cells
from casemgr.pages.sheets.rows import Problem, Row, RowRefused
from casemgr.pages.sheets.text_cells import one_spelling


class Lane(Protocol):
    """A procedure's bulk lane for cases of the past."""

    def expect(self, entries: Iterable[Mapping[str, Any]]) -> None: ...

    def add(self, entry: Mapping[str, Any]) -> None: ...

    def write(self) -> list[Case]: ...


def plain(column: str, row: Row) -> str:
    """A cell as the register would write it out: days and months in one spelling."""
    return cells.day_or_month(row, column) if column.endswith("日期") else cells.text(row, column)


def refuse_if_different(
    row: Row, held: Mapping[str, Any], columns: Iterable[str], written: Callable[[str, Row], str] = plain
) -> None:
    """`held`: what the register holds of the row, in the ledger's columns; `written`: a cell as it would write it.

    :raises RowRefused: a cell of the row that is one of `columns` says something else.
    """
    message = _("The register holds “%(held)s”. Correct the case, or the ledger.")
    problems = [
        Problem(column, message % {"held": held[column]})
        for column in columns
        if column in row and written(column, row) != one_spelling(str(held.get(column) or ""))
    ]
    if problems:
        raise RowRefused(problems)


def problems_of(error: InvalidInput, column_of: Callable[[str], str]) -> list[Problem]:
    """A form's errors under the headings of the ledger."""
    return [Problem(column_of(refusal.field or ""), str(refusal.message)) for refusal in error.refusals]


@dataclass(frozen=True)
class CaseRows:
    """How the rows of one procedure become cases. `number` is the column that tells a case from all others.

    `read(row, today, known)` is the row as entries of `action`; `known()` keeps what names in cells stand for.
    `held(numbers)` are the cases of the numbers, newest first, `row_of` such a case in the ledger's columns.
    `not_compared`: columns in which a known case may differ. `column_of(name, row)` is the cell of a refused entry.
    """

    number: str
    columns: tuple[str, ...]
    action: str
    read: Callable[[Row, date, Any], dict[str, Any]]
    known: Callable[[], Any]
    held: Callable[[list[str]], Iterable[Case]]
    row_of: Callable[[Any], Mapping[str, Any]]
    lane: Callable[[Any, date], Lane]
    column_of: Callable[[str, Row], str]
    not_compared: tuple[str, ...] = ()
    plain: Callable[[str, Row], str] = plain

    def load(self, row: Row, actor: Any, today: date) -> str:
        """One row as a case of the past. A number registered with other content is refused, never overwritten."""
        number = cells.text(row, self.number)
        if (case := self.known_cases([number]).get(number)) is not None:
            self.refuse_if_different(row, case)
            return UNCHANGED
        data = self.read(row, today, self.known())
        try:
            return Created(perform(self.action, None, data, actor, today))
        except InvalidInput as error:
            raise RowRefused(self.problems(error, row)) from error

    def load_many(self, rows: Sequence[Row], actor: Any, today: date) -> list[Answer]:
        """The same for a chunk, by the bulk lane."""
        chunk = _Chunk(self, self.lane(actor, today))
        chunk.hold([cells.text(row, self.number) for row in rows])
        known, entered = self.known(), []
        for row in rows:
            try:
                entered.append(self.read(row, today, known))
            except RowRefused as refused:
                entered.append(refused.problems)
        chunk.lane.expect(entry for entry in entered if isinstance(entry, dict))
        answers = [chunk.load(row, entry) for row, entry in zip(rows, entered, strict=True)]
        chunk.write()
        return answers

    def reader(self, today: date) -> Callable[[Row], Any]:
        """Reads the cells of rows, and asks once what names in them stand for."""
        known = self.known()
        return lambda row: self.read(row, today, known)

    def known_cases(self, numbers: Iterable[str]) -> dict[str, Case]:
        """Of the cases of one number the oldest counts; what an undone import brought is as if it were not there."""
        found = list(self.held(list(numbers)))
        gone = taken_back_of(found)
        return {case.number: case for case in found if case.pk not in gone}

    def refuse_if_different(self, row: Row, case: Case) -> None:
        """:raises RowRefused: the register holds something else under this number."""
        compared = [column for column in self.columns if column not in (self.number, *self.not_compared)]
        refuse_if_different(row, self.row_of(case), compared, self.plain)

    def problems(self, error: InvalidInput, row: Row) -> list[Problem]:
        return problems_of(error, lambda name: self.column_of(name, row))


@dataclass
class _Chunk:
    """A chunk on its way in: what the register holds under its numbers, and what it brings itself."""

    rows: CaseRows
    lane: Lane
    added: set[str] = field(default_factory=set)
    held: dict[str, Case] = field(default_factory=dict)
    waiting: list[Created] = field(default_factory=list)

    def write(self) -> None:
        """Each answer then has its case."""
        for answer, case in zip(self.waiting, self.lane.write(), strict=True):
            answer.made = case
        self.waiting = []

    def hold(self, numbers: Iterable[str]) -> None:
        self.held |= self.rows.known_cases(numbers)

    def load(self, row: Row, entry: dict[str, Any] | list[Problem]) -> Answer:
        number = cells.text(row, self.rows.number)
        if number in self.added:
            self.write()
            self.hold(self.added)
            self.added.clear()
        try:
            if (case := self.held.get(number)) is not None:
                self.rows.refuse_if_different(row, case)
                return UNCHANGED
            if isinstance(entry, list):
                return entry
            self.lane.add(entry)
        except RowRefused as refused:
            return refused.problems
        except InvalidInput as error:
            return self.rows.problems(error, row)
        self.added.add(number)
        self.waiting.append(Created())
        return self.waiting[-1]
