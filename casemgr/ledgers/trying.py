"""A trial: every row is loaded and taken back, so that all there is to say against it is known before a row stays."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from casemgr.jobs.models import Job
from casemgr.jobs.runner import chunk
from casemgr.ledgers.batches import batches
from casemgr.ledgers.definition import UNCHANGED, Answer, Ledger
from casemgr.ledgers.importing import CHUNK, Report, load_chunk
from casemgr.ledgers.models import ImportedRow, LedgerImport, RowQuestion
from casemgr.ledgers.outcomes import keep_outcomes, take_counts
from casemgr.ledgers.questions import Decisions, ask_about
from casemgr.pages.sheets import cells
from casemgr.pages.sheets.reading import Book
from casemgr.pages.sheets.rows import Problem, Row


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
            answers |= earlier.answers(some, answers)
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


class _Earlier:
    """Rows of chunks that were taken back already: a number that comes again is noticed all the same."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.seen: dict[bytes, tuple[int, bytes]] = {}

    def answers(self, rows: list[tuple[int, Row]], answers: dict[int, Answer]) -> dict[int, Answer]:
        found: dict[int, Answer] = {}
        fresh: dict[bytes, tuple[int, bytes]] = {}
        for number, row in rows:
            if not self.ledger.key or not isinstance(answers.get(number), str):
                continue
            key = _digest([cells.text(row, column) for column in self.ledger.key])
            whole = _digest([f"{column}={cells.text(row, column)}" for column in sorted(row)])
            if key in self.seen:
                before, content = self.seen[key]
                found[number] = UNCHANGED if content == whole else [Problem(self.ledger.key[0], _doubled(before))]
            else:
                fresh.setdefault(key, (number, whole))
        self.seen |= fresh
        return found


def _doubled(before: int) -> str:
    return _("Row %(row)s has the same number with other content. Correct one of the two.") % {"row": before}


def _digest(parts: list[str]) -> bytes:
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=12).digest()


__all__ = ["try_rows"]
