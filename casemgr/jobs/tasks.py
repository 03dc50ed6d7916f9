"""The same work through Celery, when a broker is configured."""

from celery import shared_task
from django.utils import timezone

from casemgr.jobs.runner import claim, queue_due, run_job


@shared_task(name="casemgr.jobs.run_job")
def run_job_task(job_id: int) -> None:
    if claim(job_id, timezone.now()):
        run_job(job_id)


@shared_task(name="casemgr.jobs.queue_due")
def queue_due_task() -> None:
    queue_due(timezone.now())
