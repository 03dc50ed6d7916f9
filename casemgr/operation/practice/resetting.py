"""Back to the demo office: what people tried is gone, in one transaction; a reset that fails did nothing."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management import CommandError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.jobs.models import Job, ScheduleRun
from casemgr.jobs.runner import chunk, work
from casemgr.operation.backup.tables import backed_up, empty
from casemgr.operation.demo import load_demo
from casemgr.operation.practice.guard import is_marked, refuse_wrong_database
from casemgr.operation.practice.models import PracticeCopy
from casemgr.operation.reference import load_all
from casemgr.organisation.accounts.models import UserSession
from casemgr.organisation.office import forget
from casemgr.pages.clock import today

CASES, SEED = 40, 20261123
KEPT = (Job, ScheduleRun, PracticeCopy)
WORK = "practice_reset"


def reset(by: str, keep_job: int | None = None) -> int:
    """Empty every table and load the demo office anew; returns the number of cases. Everybody logs in again.

    :raises CommandError: this is not the practice system.
    """
    refuse_wrong_database()
    if not settings.PRACTICE or not is_marked():
        raise CommandError(_("Only the practice system can be reset."))
    with transaction.atomic():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA defer_foreign_keys = ON")
        for model in (*backed_up(), UserSession):
            if model not in KEPT:
                empty(model._meta.db_table)
        Job.objects.exclude(pk=keep_job).delete()
        forget()
        load_all()
        made = load_demo(today(), CASES, SEED)
        PracticeCopy.objects.update(reset_at=timezone.now(), reset_by=by)
        transaction.on_commit(_remove_files)
    return sum(made.values())


def _remove_files() -> None:
    """Papers and heads of what is gone, in the practice system's own folder. What the demo just wrote stays."""
    Path(settings.SEAL_HEADS_FILE).unlink(missing_ok=True)
    media = Path(settings.MEDIA_ROOT)
    if not media.is_relative_to(settings.VAR_DIR):
        return
    before = PracticeCopy.objects.get().reset_at.timestamp() - LOADING_SECONDS
    for path in media.rglob("*"):
        if path.is_file() and path.stat().st_mtime < before:
            path.unlink()


LOADING_SECONDS = 600


@work(WORK, gettext_lazy("Practice system: back to the beginning"))
def run_reset(job: Job) -> dict:
    with chunk(job, done=1, total=1):
        return {"cases": reset(str(job.arguments.get("by", "")), keep_job=job.pk)}
