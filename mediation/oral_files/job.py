"""Binding in the background: a part is put together by the worker, and kept for its asker for some days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.documents.files import FileDamaged
from casemgr.documents.volumes import storage
from casemgr.jobs.models import Job
from casemgr.jobs.runner import chunk, enqueue, report_progress, work
from casemgr.organisation.models import Unit, User
from casemgr.pages.clock import today as clock_today
from casemgr.pages.dates import moment
from mediation.oral_files.binding import Binding, bind, part_of

WORK = "oral_files"
FOLDER = "oral-files"
DAYS_KEPT = 14
"""The file can be made anew at any time."""
SHOWN = 10


class NotPossible(RuntimeError):
    """What the person who asked is told."""


def ask(binding: Binding, user: Any) -> Job:
    """Queue the part, unless the person waits for it already."""
    sent = {"committee": binding.committee.pk, "year": binding.year, "part": binding.number}
    waiting = Job.objects.filter(kind=WORK, requested_by=user.pk, finished_at__isnull=True, arguments=sent).first()
    job = waiting or enqueue(WORK, requested_by=user.pk, **sent)
    assert job is not None
    return job


def asked_by(user: Any) -> list[Job]:
    """The person's latest ones."""
    return list(Job.objects.filter(kind=WORK, requested_by=user.pk).order_by("-pk")[:SHOWN])


def binding_of(job: Job) -> Binding:
    sent = job.arguments
    return Binding(Unit.objects.get(pk=sent["committee"]), sent["year"], sent["part"])


@work(WORK, gettext_lazy("Binding oral agreements"))
def run(job: Job) -> dict:
    """Within what the asker may see on the day it runs. Safe to repeat: the file is kept with the result."""
    if job.checkpoint.get("file"):
        return dict(job.checkpoint)
    user, today, binding = User.objects.get(pk=job.requested_by), clock_today(), binding_of(job)
    cases = part_of(binding, user, today)
    if not cases:
        raise NotPossible(_("There is nothing to bind in this part any more."))
    try:
        made = bind(binding, cases, user, today, lambda done, total: report_progress(job, done, total))
    except FileDamaged as error:
        raise NotPossible(_("A stored sheet is missing or was changed: restore it from a backup.")) from error
    with made.file as file:
        name = storage.keep(file, FOLDER, today.year, "pdf")
    found = {
        "url": reverse("oral_file", args=[job.pk]),
        "file": name,
        "sha256": made.sha256,
        "cases": [case.pk for case in cases],
    }
    try:
        with chunk(job, checkpoint=found):
            pass
    except BaseException:
        storage.remove(name)
        raise
    return found


def remove_old(on: date) -> int:
    """By night: files older than `DAYS_KEPT` go; nobody is told of it, so it counts nothing."""
    end = moment(on - timedelta(days=DAYS_KEPT))
    for job in Job.objects.filter(kind=WORK, finished_at__lt=end, result__has_key="file"):
        name = job.result["file"]
        with transaction.atomic():
            Job.objects.filter(pk=job.pk).update(result={}, checkpoint={})
            transaction.on_commit(lambda name=name: storage.remove(name))
    return 0
