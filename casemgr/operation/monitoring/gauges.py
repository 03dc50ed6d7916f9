"""What the database says of the system's state, read when Prometheus asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily

from casemgr.audit.models import Seal
from casemgr.cases.models import Deadline
from casemgr.jobs.models import Job
from casemgr.jobs.runner import health
from casemgr.notices.models import Delivery
from casemgr.operation.backup.runs import last_good

FORGOTTEN = timedelta(days=7)
"""A failed job that nobody tried again is an alarm for so long."""


class StateCollector:
    """Nine small queries; nothing is counted over a whole table of cases."""

    def describe(self) -> list:
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        now = timezone.now()
        jobs = GaugeMetricFamily("casemgr_jobs", "Jobs by kind and state", labels=["kind", "state"])
        long_ago = Job.objects.filter(
            status__in=(Job.State.FAILED, Job.State.CANCELLED), finished_at__lt=now - FORGOTTEN
        )
        shown = Job.objects.exclude(status=Job.State.DONE).exclude(pk__in=long_ago)
        for row in shown.values("kind", "status").annotate(n=Count("pk")):
            jobs.add_metric([row["kind"], row["status"]], row["n"])
        yield jobs
        state = health()
        oldest = (now - state.oldest_waiting).total_seconds() if state.oldest_waiting else 0
        yield _gauge("casemgr_job_queue_seconds", "Age of the oldest waiting job", oldest)
        yield _gauge("casemgr_worker_alive", "A worker looked at the schedule in five minutes", state.is_alive(now))
        overdue = Deadline.objects.filter(status=Deadline.Status.OPEN, due_on__lt=timezone.localdate())[:10_000].count()
        yield _gauge("casemgr_deadlines_overdue", "Running periods past their last day, up to 10000", overdue)
        failed = Delivery.objects.filter(status__in=(Delivery.State.FAILED, Delivery.State.UNKNOWN))[:10_000].count()
        yield _gauge("casemgr_deliveries_failed", "Mails and SMS that failed or are uncertain", failed)
        backup = last_good()
        age = (now - backup.at).total_seconds() if backup else -1
        yield _gauge("casemgr_backup_age_seconds", "Age of the last good backup; -1: none", age)
        seal = Seal.objects.order_by("-number").first()
        age = (now - seal.sealed_at).total_seconds() if seal else -1
        yield _gauge("casemgr_seal_age_seconds", "Age of the last seal; -1: none", age)
        sweep = Job.objects.filter(kind="sweep", status=Job.State.DONE).order_by("-id").first()
        age = (now - sweep.finished_at).total_seconds() if sweep else -1
        yield _gauge("casemgr_sweep_age_seconds", "Age of the last nightly sweep; -1: none", age)


def _gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, text, value=float(value))
