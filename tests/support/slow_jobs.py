"""A job that takes its time, for tests that kill its worker. Loaded by the workers those tests start."""

from __future__ import annotations

import time

from casemgr.jobs.models import Job, ScheduleRun
from casemgr.jobs.runner import chunk, work


@work("support.slow")
def slow(job: Job) -> dict:
    """`pieces` pieces of a fifth of a second; each leaves one row behind."""
    pieces = job.arguments["pieces"]
    for piece in range(job.checkpoint.get("next", 0), pieces):
        with chunk(job, checkpoint={"next": piece + 1}, done=piece + 1, total=pieces):
            ScheduleRun.objects.create(kind=f"slow-{job.pk}-{piece}-{job.attempts}")
            time.sleep(0.2)
    return {"pieces": pieces}
