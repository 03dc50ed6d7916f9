"""Queue, claim and run jobs. The worker process and Celery call the same `run_job(id)`."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise

from casemgr.jobs.models import Job, ScheduleRun
from casemgr.pages.masking import without_numbers

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)

Work = Callable[[Job], dict | None]
_kinds: dict[str, Work] = {}
_labels: dict[str, str | Promise] = {}


@dataclass(frozen=True)
class Scheduled:
    """A kind queued once a day, at or after `at` (Asia/Shanghai). Serves the worker and Celery beat alike."""

    kind: str
    at: time


_schedule: list[Scheduled] = []


def work(kind: str, label: str | Promise = "") -> Callable[[Work], Work]:
    """Decorator: the function does jobs of this kind; it must be safe to run again after a crash."""

    def register(function: Work) -> Work:
        _kinds[kind], _labels[kind] = function, label
        return function

    return register


def kind_label(kind: str) -> str | Promise:
    """What people call jobs of the kind."""
    return _labels.get(kind) or kind


def schedule_daily(kind: str, at: time) -> None:
    _schedule[:] = [entry for entry in _schedule if entry.kind != kind] + [Scheduled(kind, at)]


def schedule() -> tuple[Scheduled, ...]:
    return tuple(_schedule)


def enqueue(kind: str, *, requested_by: int | None = None, unique_key: str | None = None, **arguments) -> Job | None:
    """Add a job in the current transaction; None when `unique_key` was queued before."""
    if kind not in _kinds:
        raise KeyError(f"no work registered for jobs of kind {kind!r}")
    try:
        with transaction.atomic():
            job = Job.objects.create(kind=kind, arguments=arguments, requested_by=requested_by, unique_key=unique_key)
    except IntegrityError:
        return None
    if settings.CELERY_BROKER_URL:
        from casemgr.jobs.tasks import run_job_task

        transaction.on_commit(lambda: run_job_task.delay(job.pk))
    return job


def queue_due(now: datetime) -> list[Job]:
    """Queue what the schedule asks for by `now`; each kind once per local day, whoever calls."""
    local = timezone.localtime(now)
    queued = []
    for entry in _schedule:
        if local.time() < entry.at:
            continue
        job = enqueue(entry.kind, unique_key=f"{entry.kind}:{local.date()}", on=local.date().isoformat())
        if job is not None:
            ScheduleRun.objects.update_or_create(kind=entry.kind)
            queued.append(job)
    return queued


def claim_next(now: datetime) -> Job | None:
    """Take the oldest waiting job, or one whose worker died (lease over), by a conditional update."""
    free = Q(status=Job.State.QUEUED) | Q(status=Job.State.RUNNING, leased_until__lt=now)
    for job_id in Job.objects.filter(free).order_by("id").values_list("id", flat=True)[:5]:
        if claim(job_id, now):
            return Job.objects.get(pk=job_id)
    return None


def claim(job_id: int, now: datetime) -> bool:
    """True for exactly one claimant."""
    free = Q(status=Job.State.QUEUED) | Q(status=Job.State.RUNNING, leased_until__lt=now)
    return bool(
        Job.objects.filter(free, pk=job_id).update(status=Job.State.RUNNING, leased_until=now + LEASE, started_at=now)
    )


def report_progress(job: Job, done: int, total: int) -> None:
    """Record progress and renew the lease."""
    now = timezone.now()
    Job.objects.filter(pk=job.pk).update(progress_done=done, progress_total=total, leased_until=now + LEASE)


def run_job(job_id: int) -> Job:
    """Run a claimed job to its end. Errors are kept on the row; the person who asked sees them."""
    job = Job.objects.get(pk=job_id)
    Job.objects.filter(pk=job_id).update(attempts=job.attempts + 1)
    try:
        result = _kinds[job.kind](job) or {}
    except Exception as error:
        log.exception("job %s of kind %s failed", job_id, job.kind)
        Job.objects.filter(pk=job_id).update(
            status=Job.State.FAILED,
            error=without_numbers("".join(traceback.format_exception_only(error)).strip())[:2000],
            finished_at=timezone.now(),
            leased_until=None,
        )
    else:
        Job.objects.filter(pk=job_id).update(
            status=Job.State.DONE, result=result, finished_at=timezone.now(), leased_until=None
        )
    job.refresh_from_db()
    return job
