"""Queue, claim and run jobs. The worker process and Celery call the same `run_job(id)`.

The contract for whoever writes a job: work in chunks, each inside `with chunk(job, …)`. A chunk's effect and the place
to go on from are one transaction, so that a job whose worker was killed goes on behind its last whole chunk and does
nothing twice. A worker that was taken for dead and comes back fails at its next chunk (`LeaseLost`), because another
attempt holds the job. What is not in the database (a file, a mail) must be safe to repeat.
"""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise

from casemgr.jobs.models import Job, ScheduleRun
from casemgr.pages.masking import loggable

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
BEAT = 60.0
"""Seconds between two renewals of a running job's lease."""
TRIES = 5
FIRST_WAIT = timedelta(seconds=30)
TRANSIENT = (OperationalError, InterfaceError, ConnectionError, TimeoutError)
"""Bad luck: the job is tried again by itself, a few times with growing waits."""

Work = Callable[[Job], dict | None]
_kinds: dict[str, Work] = {}
_labels: dict[str, str | Promise] = {}


class LeaseLost(RuntimeError):
    """Another attempt holds the job: this worker was taken for dead. Its chunk is rolled back."""


class Cancelled(RuntimeError):
    """Somebody asked to cancel the job; what its chunks did stays."""


@dataclass(frozen=True)
class Scheduled:
    """A kind queued once a day at or after `at` (Asia/Shanghai), or every so many `minutes`."""

    kind: str
    at: time | None = None
    minutes: int = 0

    def slot(self, local: datetime) -> str | None:
        """The key of the run that is due at this local time, or None."""
        if self.at is not None:
            return f"{self.kind}:{local.date()}" if local.time() >= self.at else None
        minute = (local.hour * 60 + local.minute) // self.minutes
        return f"{self.kind}:{local.date()}:{minute}"


_schedule: list[Scheduled] = []


def work(kind: str, label: str | Promise = "") -> Callable[[Work], Work]:
    """Decorator: the function does jobs of this kind, by the contract of this module."""

    def register(function: Work) -> Work:
        _kinds[kind], _labels[kind] = function, label
        return function

    return register


def kind_label(kind: str) -> str | Promise:
    """What people call jobs of the kind."""
    return _labels.get(kind) or kind


def schedule_daily(kind: str, at: time) -> None:
    _schedule[:] = [entry for entry in _schedule if entry.kind != kind] + [Scheduled(kind, at)]


def schedule_every(kind: str, minutes: int) -> None:
    _schedule[:] = [entry for entry in _schedule if entry.kind != kind] + [Scheduled(kind, minutes=minutes)]


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
        transaction.on_commit(lambda: _send(job.pk))
    return job


def _send(job_id: int) -> None:
    """Hand the job to Celery; a broker that is down loses nothing, the next beat sends what waits."""
    from casemgr.jobs.tasks import run_job_task

    try:
        run_job_task.delay(job_id)
    except Exception:
        log.exception("job %s could not be handed to the broker; it waits for the next beat", job_id)


def queue_due(now: datetime) -> list[Job]:
    """Queue what the schedule asks for by `now`; each kind once per slot, whoever calls."""
    local = timezone.localtime(now)
    queued = []
    for entry in _schedule:
        key = entry.slot(local)
        if key is None:
            continue
        if (job := enqueue(entry.kind, unique_key=key, on=local.date().isoformat())) is not None:
            ScheduleRun.objects.update_or_create(kind=entry.kind)
            queued.append(job)
    ScheduleRun.objects.update_or_create(kind=HEARTBEAT)
    return queued


HEARTBEAT = "heartbeat"
"""The row of `ScheduleRun` that says when a worker or beat last looked at the schedule."""


def _free(now: datetime) -> Q:
    waiting = Q(status=Job.State.QUEUED) & (Q(not_before__isnull=True) | Q(not_before__lte=now))
    return waiting | Q(status=Job.State.RUNNING, leased_until__lt=now)


def free_jobs(now: datetime, limit: int = 20) -> list[int]:
    """Ids of jobs that wait, or whose worker died (lease over), oldest first."""
    return list(Job.objects.filter(_free(now)).order_by("id").values_list("id", flat=True)[:limit])


def claim_next(now: datetime) -> Job | None:
    """Take the oldest free job by a conditional update."""
    for job_id in free_jobs(now, 5):
        if claim(job_id, now):
            return Job.objects.get(pk=job_id)
    return None


def claim(job_id: int, now: datetime) -> bool:
    """True for exactly one claimant; each claim is a new attempt."""
    return bool(
        Job.objects.filter(_free(now), pk=job_id).update(
            status=Job.State.RUNNING, leased_until=now + LEASE, started_at=now, attempts=F("attempts") + 1
        )
    )


def _hold(job: Job, **values: Any) -> None:
    """Write to the row of a running job if this attempt still holds it."""
    held = Job.objects.filter(pk=job.pk, status=Job.State.RUNNING, attempts=job.attempts)
    if not held.update(leased_until=timezone.now() + LEASE, **values):
        raise LeaseLost(f"job {job.pk}, attempt {job.attempts}")


def report_progress(job: Job, done: int, total: int) -> None:
    """Record progress and renew the lease. :raises LeaseLost: :raises Cancelled:"""
    _refuse_if_cancelled(job)
    _hold(job, progress_done=done, progress_total=total)


@contextmanager
def chunk(
    job: Job, *, checkpoint: Mapping[str, Any] | None = None, done: int | None = None, total: int | None = None
) -> Iterator[None]:
    """One piece of a job: its effect and `checkpoint` are one transaction.

    :raises Cancelled: before the piece, when somebody asked to cancel. :raises LeaseLost: the piece is rolled back.
    """
    _refuse_if_cancelled(job)
    with transaction.atomic():
        yield
        values: dict[str, Any] = {}
        if checkpoint is not None:
            values["checkpoint"] = dict(checkpoint)
        if done is not None:
            values["progress_done"] = done
        if total is not None:
            values["progress_total"] = total
        _hold(job, **values)
    if checkpoint is not None:
        job.checkpoint = dict(checkpoint)


def _refuse_if_cancelled(job: Job) -> None:
    if Job.objects.filter(pk=job.pk, cancel_asked_at__isnull=False).exists():
        raise Cancelled(f"job {job.pk}")


def ask_to_cancel(job: Job, now: datetime) -> None:
    """A waiting job is cancelled at once, a running one at its next chunk."""
    if not Job.objects.filter(pk=job.pk, status=Job.State.QUEUED).update(
        status=Job.State.CANCELLED, finished_at=now, cancel_asked_at=now
    ):
        Job.objects.filter(pk=job.pk, status=Job.State.RUNNING).update(cancel_asked_at=now)


def try_again(job: Job) -> bool:
    """Queue a failed or cancelled job anew; it goes on from its checkpoint. False when it is neither."""
    over = Job.objects.filter(pk=job.pk, status__in=(Job.State.FAILED, Job.State.CANCELLED))
    queued = over.update(
        status=Job.State.QUEUED, error="", finished_at=None, leased_until=None, not_before=None, cancel_asked_at=None
    )
    if queued and settings.CELERY_BROKER_URL:
        transaction.on_commit(lambda: _send(job.pk))
    return bool(queued)


def run_job(job_id: int) -> Job:
    """Run a claimed job to its end. Errors are kept on the row; the person who asked sees them."""
    job = Job.objects.get(pk=job_id)
    if not job.attempts:  # run directly, without a claim
        Job.objects.filter(pk=job_id).update(attempts=1, status=Job.State.RUNNING, started_at=timezone.now())
        job.refresh_from_db()
    try:
        with _beating(job):
            result = _kinds[job.kind](job) or {}
    except LeaseLost:
        log.warning("job %s was taken over; this attempt stops", job_id)
    except Cancelled:
        _finish(job, status=Job.State.CANCELLED)
    except TRANSIENT as error:
        log.exception("job %s of kind %s had bad luck", job_id, job.kind)
        _later_or_failed(job, error)
    except Exception as error:
        log.exception("job %s of kind %s failed", job_id, job.kind)
        _finish(job, status=Job.State.FAILED, error=_in_words(error))
    else:
        _finish(job, status=Job.State.DONE, result=result)
    job.refresh_from_db()
    return job


def _in_words(error: BaseException) -> str:
    return loggable("".join(traceback.format_exception_only(error)).strip())[:2000]


def _finish(job: Job, **values: Any) -> None:
    Job.objects.filter(pk=job.pk, status=Job.State.RUNNING, attempts=job.attempts).update(
        finished_at=timezone.now(), leased_until=None, **values
    )


def _later_or_failed(job: Job, error: BaseException) -> None:
    if job.attempts >= TRIES:
        _finish(job, status=Job.State.FAILED, error=_in_words(error))
        return
    wait = FIRST_WAIT * 2 ** (job.attempts - 1)
    Job.objects.filter(pk=job.pk, status=Job.State.RUNNING, attempts=job.attempts).update(
        status=Job.State.QUEUED, error=_in_words(error), leased_until=None, not_before=timezone.now() + wait
    )


@contextmanager
def _beating(job: Job) -> Iterator[None]:
    """Renew the lease while a long chunk runs, so that only a dead worker's job is taken over."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(BEAT):
            try:
                _hold(job)
            except LeaseLost:
                return
            except TRANSIENT:
                log.warning("the lease of job %s could not be renewed", job.pk)
            finally:
                connection.close()

    thread = threading.Thread(target=beat, name=f"job-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()


@dataclass(frozen=True)
class Health:
    """What readiness asks: when the schedule was last looked at, and what waits or failed."""

    seen_at: datetime | None
    waiting: int
    oldest_waiting: datetime | None
    failed: int

    def is_alive(self, now: datetime) -> bool:
        """A worker or beat looked at the schedule in the last five minutes."""
        return self.seen_at is not None and now - self.seen_at < timedelta(minutes=5)


def health() -> Health:
    """Four small queries."""
    heartbeat = ScheduleRun.objects.filter(kind=HEARTBEAT).first()
    waiting = Job.objects.filter(status=Job.State.QUEUED)
    return Health(
        seen_at=heartbeat.last_queued_at if heartbeat else None,
        waiting=waiting.count(),
        oldest_waiting=waiting.order_by("id").values_list("created_at", flat=True).first(),
        failed=Job.objects.filter(status=Job.State.FAILED, finished_at__gt=timezone.now() - timedelta(days=7)).count(),
    )
