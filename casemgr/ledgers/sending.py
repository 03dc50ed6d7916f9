"""A sheet becomes an import: sent in by a person, or by the operator's command."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from casemgr.audit.access import record_access
from casemgr.jobs.models import Job
from casemgr.jobs.runner import ask_to_cancel, claim, run_job
from casemgr.ledgers import job as import_job
from casemgr.ledgers import keeping
from casemgr.ledgers.definition import Ledger
from casemgr.ledgers.forms import safe_name
from casemgr.ledgers.layout import Layout, identity, rows
from casemgr.ledgers.models import ImportedRow, LedgerImport
from casemgr.organisation.models import User
from casemgr.pages.sheets.reading import Book, read_path, rows_of_book
from casemgr.parties.registry import unit_of

LOOK = 1.0
"""Seconds between two looks at a job that another worker has taken."""


def sent_in(book: Book, kind: str, file_name: str, actor: Any, today: date, **more: Any) -> LedgerImport:
    """The import of a sheet, with its cells kept."""
    is_person = actor.pk is not None
    made = LedgerImport.objects.create(
        kind=kind,
        file_name=safe_name(file_name),
        by=actor if is_person else None,
        by_name=actor.full_name,
        unit=unit_of(actor, today) if is_person else None,
        rows=sum(len(sheet.rows) for sheet in book.sheets),
        **more,
    )
    keeping.keep(made, book)
    return made


def start_loading(
    book: Book, kind: str, file_name: str, actor: Any, today: date, layout: Layout, count: int, **how: bool
) -> Job:
    """The import of a sheet whose columns need no assigning, and the job that loads its `count` rows; `how` as
    `job.start` has it."""
    status = LedgerImport.Status.LOADING
    made = sent_in(book, kind, file_name, actor, today, layout=layout.as_dict(), status=status)
    user = actor if isinstance(actor, User) else None
    job = import_job.start(made, import_job.LOAD, user, rows=count, **how)
    made.save()
    record_access(actor, "ledger_sent", made, ledger=made.kind, rows=count, **how)
    return job


def load_file(ledger: Ledger, path: Path, actor: Any, today: date, *, strict: bool = False) -> dict[str, Any]:
    """Load a file in the ledger's own columns as an import of its own, and wait for it; the report with every error.

    :raises FileRefused: it cannot be read as a whole, or lacks a column. :raises LoadFailed: the work broke off.
    """
    book = read_path(path)
    rows_of_book(book, ledger.required)
    layout = identity(book, ledger)
    count = sum(1 for _row in rows(book, layout))
    with transaction.atomic():
        job = start_loading(book, ledger.code, path.name, actor, today, layout, count, strict=strict)
    job = _ended(job)
    if job.status != Job.State.DONE:
        raise LoadFailed(job.error or str(job.get_status_display()))
    return {**job.result, "errors": list(_errors(job))}


class LoadFailed(RuntimeError):
    """The work ended before its end; what it loaded stays with its import, which can be resumed or undone."""


def _ended(job: Job) -> Job:
    """Do the job here, unless a worker was faster. Interrupted, it is stopped like on its page."""
    try:
        while not job.is_over:
            if claim(job.pk, timezone.now()):
                job = run_job(job.pk)
            else:
                time.sleep(LOOK)
                job.refresh_from_db()
    except KeyboardInterrupt:
        ask_to_cancel(job, timezone.now())
        Job.objects.filter(pk=job.pk, status=Job.State.RUNNING).update(
            status=Job.State.CANCELLED, finished_at=timezone.now(), leased_until=None
        )
        job.refresh_from_db()
    return job


def _errors(job: Job) -> Iterator[dict[str, Any]]:
    """All of them: the job keeps only so many."""
    found = ImportedRow.objects.filter(of_import=job.arguments["import"], outcome=ImportedRow.Outcome.REJECTED)
    rejected = found.order_by("number")
    for number, problems in rejected.values_list("number", "problems").iterator(chunk_size=1000):
        yield from ({"row": number, "column": column, "reason": reason} for column, reason in problems)


__all__ = ["LoadFailed", "load_file", "sent_in", "start_loading"]
