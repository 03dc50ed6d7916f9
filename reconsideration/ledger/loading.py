"""Loading rows of the ledger, one by one or by the chunk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casemgr.actions.errors import InvalidInput
from casemgr.actions.perform import perform
from casemgr.ledgers.definition import CREATED, UNCHANGED, Answer
from casemgr.pages.sheets import cells
from casemgr.pages.sheets.rows import Problem, Row, RowRefused
from reconsideration.ledger.columns import COLUMNS, ENTRIES, NUMBER
from reconsideration.ledger.entries import Known, past_case
from reconsideration.ledger.writing import row_of, with_content
from reconsideration.models import ReconsiderationCase
from reconsideration.registration.past_bulk import PastCaseLane


def load(row: Row, actor: Any, today: date) -> str:
    """One row as a case of the past. A number that is registered with other content is refused, never overwritten."""
    number = cells.text(row, NUMBER)
    known = ReconsiderationCase.objects.filter(number=number).order_by("pk").first()
    if known is not None:
        _refuse_if_different(row, known)
        return UNCHANGED
    data = past_case(row, today, Known())
    try:
        perform("reconsideration.record_past_case", None, data, actor, today)
    except InvalidInput as error:
        raise RowRefused(_problems(error)) from error
    return CREATED


def load_many(rows: Sequence[Row], actor: Any, today: date) -> list[Answer]:
    """The same for a chunk, by the bulk lane."""
    chunk = _Chunk(PastCaseLane(actor, today), Known(), [cells.text(row, NUMBER) for row in rows])
    entered: list[dict[str, Any] | list[Problem]] = []
    for row in rows:
        try:
            entered.append(past_case(row, today, chunk.known))
        except RowRefused as refused:
            entered.append(refused.problems)
    chunk.lane.expect(entry for entry in entered if isinstance(entry, dict))
    answers = [chunk.load(row, entry) for row, entry in zip(rows, entered, strict=True)]
    chunk.lane.write()
    return answers


class _Chunk:
    """A chunk on its way in: what the register holds under its numbers, and what it brings itself."""

    def __init__(self, lane: PastCaseLane, known: Known, numbers: Sequence[str]) -> None:
        self.lane, self.known = lane, known
        self.added: set[str] = set()
        self.held: dict[str, ReconsiderationCase] = {}
        self._hold(numbers)

    def load(self, row: Row, entry: dict[str, Any] | list[Problem]) -> Answer:
        number = cells.text(row, NUMBER)
        if number in self.added:
            self.lane.write()
            self._hold(self.added)
            self.added.clear()
        try:
            if (case := self.held.get(number)) is not None:
                _refuse_if_different(row, case)
                return UNCHANGED
            if isinstance(entry, list):
                return entry
            self.lane.add(entry)
        except RowRefused as refused:
            return refused.problems
        except InvalidInput as error:
            return _problems(error)
        self.added.add(number)
        return CREATED

    def _hold(self, numbers: Iterable[str]) -> None:
        cases = ReconsiderationCase.objects.filter(number__in=list(numbers)).order_by("-pk")
        self.held |= {case.number: case for case in with_content(cases)}  # the oldest of a number counts


def _refuse_if_different(row: Row, case: ReconsiderationCase) -> None:
    held = row_of(case, lambda party, what: "")
    problems = [
        Problem(column, _("The register holds “%(held)s”. Correct the case, or the ledger.") % {"held": held[column]})
        for column in COLUMNS
        if column in row and column not in (NUMBER, "申请人证件号码", "承办人", "是否起诉")
        if _plain(column, row) != str(held.get(column) or "")
    ]
    if problems:
        raise RowRefused(problems)


def _plain(column: str, row: Row) -> str:
    return cells.day_or_month(row, column) if column.endswith("日期") else cells.text(row, column)


def _problems(error: InvalidInput) -> list[Problem]:
    """The form's errors under the headings of the ledger."""
    found = []
    for refusal in error.refusals:
        name = refusal.field or ""
        if name.startswith("people"):
            column = "申请人证件号码" if "identity" in name else "申请人"
        elif name.startswith("respondents"):
            column = "被申请人"
        else:
            column = ENTRIES.get(name, "")
        found.append(Problem(column, str(refusal.message)))
    return found
