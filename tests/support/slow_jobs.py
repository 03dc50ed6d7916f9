"""Jobs for tests that start workers: one that takes its time to be killed, one that fails with a person in its hand."""

from __future__ import annotations

import os
import time

from django.db import IntegrityError, connection, transaction

from casemgr.jobs.models import Job, ScheduleRun
from casemgr.jobs.runner import chunk, work
from casemgr.parties.models import Party


@work("support.slow")
def slow(job: Job) -> dict:
    """`pieces` pieces of a fifth of a second; each leaves one row behind."""
    pieces = job.arguments["pieces"]
    for piece in range(job.checkpoint.get("next", 0), pieces):
        with chunk(job, checkpoint={"next": piece + 1}, done=piece + 1, total=pieces):
            ScheduleRun.objects.create(kind=f"slow-{job.pk}-{piece}-{job.attempts}")
            time.sleep(0.2)
    return {"pieces": pieces, "process": os.getpid()}


@work("support.clumsy")
def clumsy(job: Job) -> dict:
    """Breaks a constraint with a party's name, and fails with its number in the error."""
    party = Party.objects.get(pk=job.arguments["party"])
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO parties_party (id, name) VALUES (%s, %s)", [party.pk, party.name])
    except IntegrityError as error:
        raise ValueError(f"{party.open_number()} cannot be entered: {error}") from error
    return {}
