"""Loading rows of a ledger whose rows are cases of the past: one by one, or by the chunk in the bulk lane."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casemgr.actions.errors import InvalidInput
from casemgr.actions.perform import perform
from casemgr.cases.models import Case
from casemgr.ledgers import chunks
from casemgr.ledgers.chunks import Lane
from casemgr.ledgers.definition import UNCHANGED, Answer, Created
from casemgr.ledgers.taken_back import taken_back_of
from casemgr.pages.sheets import cells
from casemgr.pages.sheets.rows import Problem, Row, RowRefused
from casemgr.pages.sheets.text_cells import one_spelling


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
        Problem(column, message % {"held": held[column]}, is_held=True)
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
        number = self.key_of(row)
        if (case := self.held_by([number]).get(number)) is not None:
            self.refuse_if_different(row, case)
            return UNCHANGED
        data = self.read(row, today, self.known())
        try:
            return Created(perform(self.action, None, data, actor, today))
        except InvalidInput as error:
            raise RowRefused(self.problems(error, row)) from error

    def load_many(self, rows: Sequence[Row], actor: Any, today: date) -> list[Answer]:
        """The same for a chunk, by the bulk lane."""
        return chunks.load(self, self.lane(actor, today), rows, self.reader(today))

    def reader(self, today: date) -> Callable[[Row], Any]:
        """Reads the cells of rows, and asks once what names in them stand for."""
        known = self.known()
        return lambda row: self.read(row, today, known)

    def key_of(self, row: Row) -> str:
        return cells.text(row, self.number)

    def held_by(self, numbers: Iterable[str]) -> dict[str, Case]:
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
