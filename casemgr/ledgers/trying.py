"""A trial: every row is loaded and taken back, so that all there is to say against it is known before a row stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from casemgr.jobs.models import Job
from casemgr.jobs.runner import chunk
from casemgr.ledgers.batches import batches
from casemgr.ledgers.definition import CREATED, UNCHANGED, Answer, Ledger
from casemgr.ledgers.every_problem import every_problem_of
from casemgr.ledgers.importing import CHUNK, Report, load_chunk
from casemgr.ledgers.models import ImportedRow, LedgerImport, RowQuestion
from casemgr.ledgers.outcomes import keep_outcomes, take_counts
from casemgr.ledgers.questions import Decisions, ask_about
from casemgr.ledgers.same_sheet import digest, doubled, key_of
from casemgr.pages.sheets import cells
from casemgr.pages.sheets.reading import Book
from casemgr.pages.sheets.rows import Row


class _TakeBack(Exception):
    pass


def try_rows(
    job: Job,
    of_import: LedgerImport,
    ledger: Ledger,
    book: Book,
    actor: Any,
    today: date,
    report: Report,
) -> None:
    """A trial that was stopped begins anew."""
    with transaction.atomic():
        ImportedRow.objects.filter(of_import=of_import).delete()
        RowQuestion.objects.filter(of_import=of_import).delete()
    fresh = Report(report.kind, report.file, dry_run=True)
    earlier, decided = _Earlier(ledger), Decisions(of_import, book)
    total = decided.total
    for some in batches(decided.rows(), CHUNK):
        with chunk(job, done=min(fresh.rows + len(some), total), total=total):
            answers = _tried(ledger, some, actor, today)
            answers |= earlier.answers(some, answers, today)
            for number in sorted(answers):
                fresh.count(number, answers[number])
            del fresh.errors[100:]
            keep_outcomes(of_import, {n: answer for n, answer in answers.items() if not isinstance(answer, str)})
            good = [(number, row) for number, row in some if isinstance(answers.get(number), str)]
            ask_about(of_import, ledger, [one for one in good if answers[one[0]] != UNCHANGED], actor, today)
    vars(report).update(vars(fresh))
    with chunk(job, checkpoint={"report": report.as_dict(), "is_over": True}, done=total, total=total):
        take_counts(of_import, report, 0)
        of_import.status = LedgerImport.Status.TRIED
        of_import.version += 1
        of_import.save()


def _tried(ledger: Ledger, rows: list[tuple[int, Row]], actor: Any, today: date) -> dict[int, Answer]:
    answers: dict[int, Answer] = {}
    try:
        with transaction.atomic():
            answers = load_chunk(ledger, rows, actor, today, Report(ledger.code, "", dry_run=True))
            raise _TakeBack
    except _TakeBack:
        return {number: str(answer) if isinstance(answer, str) else answer for number, answer in answers.items()}


@dataclass(frozen=True)
class _First:
    """The first row with a number: where it stands, a digest of its cells, and whether it would be new."""

    number: int
    content: bytes
    is_new: bool


class _Earlier:
    """Rows that were taken back already: a number that comes again is noticed all the same, and said to stand in the
    sheet twice, not in the register."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.seen: dict[bytes, _First] = {}

    def answers(self, rows: list[tuple[int, Row]], answers: dict[int, Answer], today: date) -> dict[int, Answer]:
        """Other answers for those of the chunk's rows that have the number of an earlier new one."""
        found: dict[int, Answer] = {}
        fresh: dict[bytes, _First] = {}
        for number, row in rows if self.ledger.key else ():
            answer = answers[number]
            key = key_of(self.ledger, row)
            whole = digest(f"{column}={cells.text(row, column)}" for column in sorted(row))
            if (first := self.seen.get(key)) is not None:
                if first.is_new and first.content == whole:
                    found[number] = UNCHANGED
                elif first.is_new:
                    found[number] = [doubled(self.ledger, first.number), *([] if isinstance(answer, str) else answer)]
            elif (first := fresh.get(key)) is None:
                if isinstance(answer, str):
                    fresh[key] = _First(number, whole, answer == CREATED)
            elif first.is_new and not isinstance(answer, str):
                told: dict[int, Answer] = {number: [doubled(self.ledger, first.number)]}
                found |= every_problem_of(self.ledger, {number: row}, told, today)
        self.seen |= fresh
        return found


__all__ = ["try_rows"]
