"""The same work through Celery, when a broker is configured."""

from celery import shared_task
from django.utils import timezone

from casemgr.jobs.runner import claim, free_jobs, queue_due, run_job


@shared_task(name="casemgr.jobs.run_job")
def run_job_task(job_id: int) -> None:
    if claim(job_id, timezone.now()):
        run_job(job_id)


@shared_task(name="casemgr.jobs.queue_due")
def queue_due_task() -> None:
    """The schedule; and what a lost message or a dead worker left behind. A job sent twice is claimed once."""
    now = timezone.now()
    queue_due(now)
    for job_id in free_jobs(now):
        run_job_task.delay(job_id)
