"""Loading a ledger: good rows load each wholly or not at all; with `strict` one bad row stops all."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casemgr.actions.errors import ActionError
from casemgr.ledgers.definition import CREATED, UNCHANGED, UPDATED, Ledger
from casemgr.pages.masking import without_numbers
from casemgr.pages.sheets.reading import rows_of
from casemgr.pages.sheets.rows import Problem, RowRefused


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

    def as_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in (
            "kind", "file", "rows", "created", "unchanged", "updated", "rejected", "dry_run", "errors")}  # fmt: skip


class _TakeBack(Exception):
    pass


def load(ledger: Ledger, path: Path, actor: Any, today: date, *, dry_run: bool = False, strict: bool = False) -> Report:
    """Load the file. :raises FileRefused: it cannot be read as a whole; nothing was written."""
    report = Report(ledger.code, path.name, dry_run)
    try:
        if not (dry_run or strict):
            _load_rows(ledger, path, actor, today, report)
            return report
        with transaction.atomic():
            _load_rows(ledger, path, actor, today, report)
            if dry_run or report.rejected:
                raise _TakeBack
    except _TakeBack:
        if strict and not dry_run:
            report.created = report.updated = report.unchanged = 0
    return report


def _load_rows(ledger: Ledger, path: Path, actor: Any, today: date, report: Report) -> None:
    for number, row in rows_of(path, ledger.required):
        report.rows += 1
        try:
            with transaction.atomic():
                _require(ledger, row)
                done = ledger.load(row, actor, today)
        except RowRefused as refused:
            _reject(report, number, refused.problems)
        except ActionError as error:
            _reject(report, number, [Problem("", str(error.message))])
        except ValidationError as error:
            _reject(report, number, [Problem("", " ".join(error.messages))])
        else:
            report.created += done == CREATED
            report.unchanged += done == UNCHANGED
            report.updated += done == UPDATED


def _require(ledger: Ledger, row) -> None:
    missing = [Problem(column, _("This cell must be filled in.")) for column in ledger.required if column not in row]
    if missing:
        raise RowRefused(missing)


def _reject(report: Report, number: int, problems: list[Problem]) -> None:
    report.rejected += 1
    report.errors += [
        {"row": number, "column": problem.column, "reason": without_numbers(problem.reason)} for problem in problems
    ]
