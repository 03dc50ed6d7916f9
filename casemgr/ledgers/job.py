"""An import as a job: tried, loaded or undone chunk by chunk, with progress; stopped and resumed at a chunk's end.

A trial takes back each chunk before the next, so that nobody waits for it. A strict import, and a dry one of the API,
are one chunk: what they write stays, or goes, as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import takewhile
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casemgr.audit.context import audited
from casemgr.audit.statistics import count_grown_tables
from casemgr.jobs.models import Job
from casemgr.jobs.runner import chunk, enqueue, work
from casemgr.ledgers import keeping, trying
from casemgr.ledgers.actor import LedgerActor
from casemgr.ledgers.batches import batches
from casemgr.ledgers.definition import Ledger, ledgers
from casemgr.ledgers.importing import CHUNK, Report, load_chunk, load_rows
from casemgr.ledgers.models import ImportedRow, LedgerImport
from casemgr.ledgers.outcomes import close_load, keep_outcomes
from casemgr.ledgers.questions import Decisions
from casemgr.ledgers.same_sheet import SameSheet
from casemgr.ledgers.undoing import undo_rows
from casemgr.organisation.models import User
from casemgr.pages.clock import today

JOB = "import_ledger"
TRY, LOAD, UNDO = "try", "load", "undo"
ERRORS_KEPT = 2000
"""Reasons of refusal that the job's row keeps; every refused row is counted, and kept with the import."""


def start(of_import: LedgerImport, what: str, user: User | None, **known: Any) -> Job:
    """Queue the next piece of work on an import; what it enters bears the person's name.

    :param known: how many `rows` it has; `dry_run`, `strict`; the `reason` of an undoing.
    """
    given = {"import": of_import.pk, "what": what, "ledger": of_import.kind, **known}
    job = enqueue(JOB, requested_by=user.pk if user else None, **given)
    assert job is not None  # without a unique key it always is one
    of_import.job = job
    return job


@work(JOB, _("Load a ledger"))
def import_ledger(job: Job) -> dict[str, Any]:
    """What was asked for; the result of a trial and of a load is the report."""
    of_import = LedgerImport.objects.get(pk=job.arguments["import"])
    if of_import.job_id != job.pk:
        return {}  # given up: another piece of work was asked for since
    what = job.arguments["what"]
    if what == UNDO:
        with _as_whoever_asked(job) as (actor, day):
            return undo_rows(job, of_import, actor, day)
    ledger = ledgers()[of_import.kind]
    book = None if job.checkpoint.get("is_over") else keeping.opened(of_import)
    report = _report_of(job, of_import)
    if book is None:
        return report.as_dict()  # the worker died between the last step and its end
    if what == TRY:
        with _as_whoever_asked(job) as (actor, day):
            trying.try_rows(job, of_import, ledger, book, actor, day, report)
        return report.as_dict()
    decided = Decisions(of_import, book)
    if job.arguments.get("dry_run") or job.arguments.get("strict"):
        _as_a_whole(job, of_import, ledger, decided, report)
    else:
        _by_chunks(job, of_import, ledger, decided, report)
    return report.as_dict()


def _by_chunks(job: Job, of_import: LedgerImport, ledger: Ledger, decided: Decisions, report: Report) -> None:
    last, total = job.checkpoint.get("row", 0), decided.total
    waiting = (numbered for numbered in decided.rows() if numbered[0] > last)
    so_far = SameSheet(ledger)
    if last:
        new = set(of_import.imported_rows.filter(outcome=ImportedRow.Outcome.CREATED).values_list("number", flat=True))
        so_far.remember(takewhile(lambda numbered: numbered[0] <= last, decided.rows()), new)
    with _as_whoever_asked(job) as (actor, day):
        for some in batches(waiting, CHUNK):
            checkpoint: dict[str, Any] = {}
            with chunk(job, checkpoint=checkpoint, done=min(report.rows + len(some), total), total=total):
                keep_outcomes(of_import, load_chunk(ledger, some, actor, day, report, so_far))
                del report.errors[ERRORS_KEPT:]
                checkpoint |= {"row": some[-1][0], "report": report.as_dict()}
            count_grown_tables()
        with chunk(job, checkpoint={"report": report.as_dict(), "is_over": True}, done=total, total=total):
            close_load(of_import, report, decided.skipped, timezone.now())


def _as_a_whole(job: Job, of_import: LedgerImport, ledger: Ledger, decided: Decisions, report: Report) -> None:
    """All in one transaction; nothing of a dry run or of a refused strict one stays, but what it found."""
    answers: dict[int, Any] = {}
    with _as_whoever_asked(job) as (actor, day), transaction.atomic():
        strict = bool(job.arguments.get("strict"))
        load_rows(ledger, decided.rows(), actor, day, report, strict=strict, told=answers)
        del report.errors[ERRORS_KEPT:]
        done = {"report": report.as_dict(), "is_over": True}
        with chunk(job, checkpoint=done, done=decided.total, total=decided.total):
            if report.dry_run or (strict and report.rejected):
                answers = {number: answer for number, answer in answers.items() if not isinstance(answer, str)}
            keep_outcomes(of_import, answers)
            close_load(of_import, report, 0, timezone.now(), is_kept=not report.dry_run and not
                       (strict and report.rejected))  # fmt: skip


def _report_of(job: Job, of_import: LedgerImport) -> Report:
    """As far as the job had come."""
    dry_run = bool(job.arguments.get("dry_run")) or job.arguments["what"] == TRY
    begun = {"kind": of_import.kind, "file": of_import.file_name, "dry_run": dry_run}
    return Report(**job.checkpoint.get("report", begun))


@contextmanager
def _as_whoever_asked(job: Job) -> Iterator[tuple[Any, date]]:
    actor = User.objects.get(pk=job.requested_by) if job.requested_by else LedgerActor()
    with audited(actor_id=actor.pk, actor_name=actor.full_name, action="ledgers.import"):
        yield actor, today()
