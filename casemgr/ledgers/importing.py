"""Loading a ledger: good rows load each wholly or not at all; with `strict` one bad row stops all."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from casemgr.actions.errors import ActionError, Forbidden
from casemgr.audit.statistics import count_grown_tables
from casemgr.ledgers.batches import batches
from casemgr.ledgers.definition import CREATED, UNCHANGED, UPDATED, Answer, Ledger
from casemgr.ledgers.every_problem import every_problem_of
from casemgr.ledgers.same_sheet import SameSheet
from casemgr.pages.masking import without_numbers
from casemgr.pages.sheets.reading import MAX_CELL, rows_of
from casemgr.pages.sheets.rows import Problem, Row, RowRefused

CHUNK = 500
"""Rows to a transaction: short enough for rival writers to get their turn."""


@dataclass
class Report:
    """What one import did."""

    kind: str
    file: str
    dry_run: bool
    rows: int = 0
    created: int = 0
    unchanged: int = 0
    updated: int = 0
    rejected: int = 0
    errors: list[dict[str, Any]] = field(default_factory=list)

    def count(self, number: int, answer: Answer) -> None:
        """Take in what became of row `number`."""
        self.rows += 1
        self.created += answer == CREATED
        self.unchanged += answer == UNCHANGED
        self.updated += answer == UPDATED
        if not isinstance(answer, str):
            self.rejected += 1
            self.errors += [{"row": number, "column": p.column, "reason": without_numbers(p.reason)} for p in answer]

    def as_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in (
            "kind", "file", "rows", "created", "unchanged", "updated", "rejected", "dry_run", "errors")}  # fmt: skip


class _TakeBack(Exception):
    pass


def load(
    ledger: Ledger,
    path: Path,
    actor: Any,
    today: date,
    *,
    dry_run: bool = False,
    strict: bool = False,
    chunk: int = CHUNK,
) -> Report:
    """Load the file, `chunk` rows to a transaction; with `dry_run` or `strict` all in one.

    A run that was killed leaves whole chunks; the same file again finds them unchanged and goes on.

    :raises FileRefused: it cannot be read as a whole.
    """
    report = Report(ledger.code, path.name, dry_run)
    return load_rows(ledger, rows_of(path, ledger.required), actor, today, report, strict=strict, chunk=chunk)


def load_rows(
    ledger: Ledger,
    rows: Iterable[tuple[int, Row]],
    actor: Any,
    today: date,
    report: Report,
    *,
    strict: bool = False,
    chunk: int = CHUNK,
    told: dict[int, Answer] | None = None,
) -> Report:
    """The same of rows that are read already; a dry report writes nothing. `told` takes what became of each."""
    chunks, dry_run, answers = batches(rows, chunk), report.dry_run, {} if told is None else told
    so_far = SameSheet(ledger)
    try:
        if not (dry_run or strict):
            for some in chunks:
                answers |= load_chunk(ledger, some, actor, today, report, so_far)
                count_grown_tables()
            return report
        with transaction.atomic():
            for some in chunks:
                answers |= load_chunk(ledger, some, actor, today, report, so_far)
            if dry_run or report.rejected:
                raise _TakeBack
    except _TakeBack:
        if strict and not dry_run:
            report.created = report.updated = report.unchanged = 0
    return report


def load_chunk(
    ledger: Ledger,
    rows: Sequence[tuple[int, Row]],
    actor: Any,
    today: date,
    report: Report,
    so_far: SameSheet | None = None,
) -> dict[int, Answer]:
    """Load numbered rows in one transaction, each wholly or not at all, and count them in the report.

    :param so_far: the rows of the same sheet that were loaded before these.
    :returns: what became of each.
    """
    answers: dict[int, Answer] = {}
    good: list[tuple[int, Row]] = []
    for number, row in rows:
        if wrong := [*_missing(ledger, row), *_too_long(row)]:
            answers[number] = wrong
        else:
            good.append((number, row))
    with uncollected(), transaction.atomic():
        loaded = _at_once(ledger, [row for _number, row in good], actor, today)
        if loaded is None:
            loaded = [_one(ledger, row, actor, today) for _number, row in good]
    answers |= {number: answer for (number, _row), answer in zip(good, loaded, strict=True)}
    answers |= (so_far or SameSheet(ledger)).answers(rows, answers)
    answers |= every_problem_of(ledger, dict(rows), answers, today)
    for number in sorted(answers):
        report.count(number, answers[number])
    return answers


@contextmanager
def uncollected() -> Iterator[None]:
    """Without looking for cycles among objects: a chunk makes half a million that live as long as it, and each look
    goes through all that the process holds."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _at_once(ledger: Ledger, rows: Sequence[Row], actor: Any, today: date) -> list[Answer] | None:
    """By the bulk lane; None when there is none, a rival wrote in the meantime what these rows bring too, or the actor
    may not: then each row says so."""
    if ledger.load_many is None or not rows:
        return None
    try:
        with transaction.atomic():
            return ledger.load_many(rows, actor, today)
    except (IntegrityError, Forbidden):
        return None


def _one(ledger: Ledger, row: Row, actor: Any, today: date) -> Answer:
    try:
        with transaction.atomic():
            return ledger.load(row, actor, today)
    except (RowRefused, ActionError, ValidationError) as error:
        return problems_of(error)


def problems_of(error: RowRefused | ActionError | ValidationError) -> list[Problem]:
    """Why a row was refused."""
    if isinstance(error, RowRefused):
        return error.problems
    if isinstance(error, ActionError):
        return [Problem("", str(error.message))]
    return [Problem("", " ".join(error.messages))]


def _missing(ledger: Ledger, row: Row) -> list[Problem]:
    return [Problem(column, _("This cell must be filled in.")) for column in ledger.required if column not in row]


def _too_long(row: Row) -> list[Problem]:
    found = [column for column, cell in row.items() if isinstance(cell, str) and len(cell) > MAX_CELL]
    if not found:
        return []
    message = _("More than %(most)s characters stand here. Shorten the cell.") % {"most": MAX_CELL}
    return [Problem(column, message) for column in found]
