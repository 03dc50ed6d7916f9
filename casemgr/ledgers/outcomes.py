"""What became of the rows, kept with their import: what each made, or why it was refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from casemgr.audit.inserting import insert
from casemgr.ledgers import keeping
from casemgr.ledgers.definition import Answer, Created
from casemgr.ledgers.importing import Report
from casemgr.ledgers.models import ImportedRow, LedgerImport
from casemgr.pages.masking import without_numbers
from casemgr.pages.sheets.rows import Problem

Outcome = ImportedRow.Outcome
REASON = 400
"""Signs of a reason that are kept."""


def keep_outcomes(of_import: LedgerImport, answers: Mapping[int, Answer]) -> None:
    """Rows that were known already are only counted."""
    found = (_row(of_import, number, answer) for number, answer in sorted(answers.items()))
    insert([row for row in found if row is not None])


def _row(of_import: LedgerImport, number: int, answer: Answer) -> ImportedRow | None:
    if isinstance(answer, Created) and answer.made is not None:
        made = answer.made
        return ImportedRow(
            of_import=of_import, number=number, outcome=Outcome.ADDED if answer.adds else Outcome.CREATED,
            made_type=made._meta.concrete_model._meta.label_lower, made_id=made.pk, made_version=made.version,
        )  # fmt: skip
    if isinstance(answer, str):
        return None
    return ImportedRow(of_import=of_import, number=number, outcome=Outcome.REJECTED, problems=as_kept(answer))


def as_kept(problems: list[Problem]) -> list[list[str]]:
    return [[one.column, without_numbers(one.reason)[:REASON]] for one in problems]


def take_counts(of_import: LedgerImport, report: Report, skipped: int) -> None:
    for name in ("rows", "created", "unchanged", "updated", "rejected"):
        setattr(of_import, name, getattr(report, name))
    of_import.skipped = skipped


def close_load(of_import: LedgerImport, report: Report, skipped: int, at: datetime, *, is_kept: bool = True) -> None:
    """The load is done. The cells stay only for the sheet of refused rows."""
    take_counts(of_import, report, skipped)
    Status = LedgerImport.Status
    of_import.status = Status.LOADED if is_kept else Status.TRIED if report.dry_run else Status.DISCARDED
    of_import.loaded_at = at if is_kept else None
    of_import.version += 1
    of_import.save()
    if is_kept and not report.rejected:
        keeping.forget(of_import)


__all__ = ["as_kept", "close_load", "keep_outcomes", "take_counts"]
