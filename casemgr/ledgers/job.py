"""An import as a job: chunk by chunk with progress, stopped and resumed at a chunk's end.

A trial run (`dry_run`) and a strict one are one chunk: what they write stays, or goes, as a whole.

The uploaded file waits in a folder of its own, outside of what the web serves, until the job has read it to its end.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from casemgr.audit.context import audited
from casemgr.jobs.models import Job
from casemgr.jobs.runner import chunk, enqueue, work
from casemgr.ledgers.actor import LedgerActor
from casemgr.ledgers.batches import batches
from casemgr.ledgers.definition import Ledger, ledgers
from casemgr.ledgers.importing import CHUNK, Report, load, load_chunk
from casemgr.organisation.models import User
from casemgr.pages.clock import today
from casemgr.pages.sheets.reading import rows_of

JOB = "import_ledger"
ERRORS_KEPT = 2000
"""Reasons of refusal that the job's row keeps; every refused row is counted."""
_KEPT = re.compile(r"[0-9a-f]{32}\.(?:xlsx|xls|csv)")


def folder() -> Path:
    return Path(settings.VAR_DIR) / "ledgers"


def keep_file(content: File, suffix: str) -> str:
    """Keep an uploaded sheet for its job; returns the name the job is given. :raises ValueError: no sheet's suffix."""
    name = uuid.uuid4().hex + suffix.lower()
    if not _KEPT.fullmatch(name):
        raise ValueError(suffix)
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / name).open("xb") as kept:
        for piece in content.chunks():
            kept.write(piece)
    (folder() / name).chmod(0o600)
    return name


def start(kind: str, file: str, user: User | None, *, name: str = "", **known: int) -> Job | None:
    """Queue the import of a kept file; what it enters bears the person's name. The same file is queued once.

    :param name: the file's own name, for the report. :param known: how many `rows` it has; `dry_run`, `strict`.
    """
    if kind not in ledgers() or not _KEPT.fullmatch(file):
        raise ValueError(f"{kind}: {file}")
    requested_by = user.pk if user else None
    given = {"ledger": kind, "file": file, "name": name, **known}
    return enqueue(JOB, requested_by=requested_by, unique_key=f"{JOB}:{file}", **given)


@work(JOB, _("Load a ledger"))
def import_ledger(job: Job) -> dict[str, Any]:
    """The rows behind the checkpoint, `CHUNK` at a time, or all at once; the result is the report."""
    ledger, path = ledgers()[job.arguments["ledger"]], folder() / job.arguments["file"]
    report = _report_of(job)
    if not path.exists() and report.rows and report.rows == job.checkpoint.get("total"):
        return report.as_dict()  # the worker died between the last step and its end
    if job.arguments.get("dry_run") or job.arguments.get("strict"):
        report = _as_a_whole(job, ledger, path)
    else:
        _by_chunks(job, ledger, path, report)
    path.unlink(missing_ok=True)
    return report.as_dict()


def _by_chunks(job: Job, ledger: Ledger, path: Path, report: Report) -> None:
    total = job.checkpoint.get("total") or sum(1 for _row in rows_of(path, ledger.required))
    last = job.checkpoint.get("row", 0)
    waiting = (numbered for numbered in rows_of(path, ledger.required) if numbered[0] > last)
    with _as_whoever_asked(job) as (actor, day):
        for rows in batches(waiting, CHUNK):
            checkpoint: dict[str, Any] = {}
            with chunk(job, checkpoint=checkpoint, done=report.rows + len(rows), total=total):
                load_chunk(ledger, rows, actor, day, report)
                del report.errors[ERRORS_KEPT:]
                checkpoint |= {"row": rows[-1][0], "total": total, "report": report.as_dict()}
            job.checkpoint = checkpoint


def _as_a_whole(job: Job, ledger: Ledger, path: Path) -> Report:
    total = sum(1 for _row in rows_of(path, ledger.required))
    how = {name: bool(job.arguments.get(name)) for name in ("dry_run", "strict")}
    checkpoint: dict[str, Any] = {}
    with _as_whoever_asked(job) as (actor, day), chunk(job, checkpoint=checkpoint, done=total, total=total):
        report = load(ledger, path, actor, day, **how)
        report.file = _report_of(job).file
        del report.errors[ERRORS_KEPT:]
        checkpoint |= {"total": total, "report": report.as_dict()}
    return report


def _report_of(job: Job) -> Report:
    """As far as the job had come."""
    given = job.arguments
    begun = {"kind": given["ledger"], "file": given.get("name") or given["file"], "dry_run": bool(given.get("dry_run"))}
    return Report(**job.checkpoint.get("report", begun))


@contextmanager
def _as_whoever_asked(job: Job) -> Iterator[tuple[Any, date]]:
    actor = User.objects.get(pk=job.requested_by) if job.requested_by else LedgerActor()
    with audited(actor_id=actor.pk, actor_name=actor.full_name, action="ledgers.import"):
        yield actor, today()
