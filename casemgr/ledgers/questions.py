"""People of a sheet who resemble somebody known (levels of `casemgr.parties.duplicates`): asked about before loading.

SAME is reused and CONFLICT refuses its row, both without a question.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from casemgr.ledgers import layout
from casemgr.ledgers.definition import Ledger
from casemgr.ledgers.layout import Layout
from casemgr.ledgers.models import LedgerImport, RowQuestion
from casemgr.ledgers.people import DecidedRow, PersonInRow
from casemgr.pages.sheets.reading import Book
from casemgr.pages.sheets.rows import Row, RowRefused
from casemgr.parties import duplicates
from casemgr.parties.matching import similar_to_many

ASKED = (duplicates.SAME_Q, duplicates.LIKELY, duplicates.POSSIBLE)
SETTLED = ("renamed",)
"""Same number under a former name: the registry takes it for the same by itself."""
Answer = RowQuestion.Answer


def ask_about(
    of_import: LedgerImport, ledger: Ledger, rows: Sequence[tuple[int, Row]], actor: Any, today: date
) -> None:
    """Keep a question for everybody in the rows who resembles somebody known: the most alike is shown."""
    named = [(number, person) for number, row in rows for person in _people(ledger, row, today)]
    matches = similar_to_many([person.told for _number, person in named])
    found = []
    for (number, person), similar in zip(named, matches, strict=True):
        if any(match.level in (duplicates.SAME, duplicates.CONFLICT) or match.why in SETTLED for match in similar):
            continue
        best = next((match for match in similar if match.level in ASKED), None)
        if best is not None:
            found.append(
                RowQuestion(
                    of_import=of_import,
                    number=number,
                    column=person.column,
                    position=person.position,
                    name=person.told.name[:120],
                    party=best.party,
                    level=best.level,
                    why=best.why,
                )
            )
    RowQuestion.objects.bulk_create(found, batch_size=1000)


def _people(ledger: Ledger, row: Row, today: date) -> list[PersonInRow]:
    try:
        return list(ledger.people(row, today))
    except RowRefused:  # the trial has said why
        return []


def still_open(of_import: LedgerImport) -> bool:
    return of_import.questions.filter(answer="").exists()


class Decisions:
    """The rows of an import as they were decided about: some left out, of some the known party chosen."""

    def __init__(self, of_import: LedgerImport, book: Book) -> None:
        self.book, self.layout = book, Layout.of(of_import.layout)
        self._chosen: dict[int, dict[tuple[str, int], int]] = {}
        self._left_out: set[int] = set()
        for question in of_import.questions.exclude(answer__in=("", Answer.NEW)):
            if question.answer == Answer.SKIP:
                self._left_out.add(question.number)
            else:
                chosen = self._chosen.setdefault(question.number, {})
                chosen[question.column, question.position] = question.party_id

    def rows(self) -> Iterator[tuple[int, Row]]:
        for number, row in layout.rows(self.book, self.layout):
            if number in self._left_out:
                continue
            if number in self._chosen:
                decided = DecidedRow(row)
                decided.chosen = self._chosen[number]
                row = decided
            yield number, row

    @cached_property
    def total(self) -> int:
        return sum(1 for _row in self.rows())

    @property
    def skipped(self) -> int:
        return len(self._left_out)


__all__ = ["Decisions", "ask_about", "still_open"]
