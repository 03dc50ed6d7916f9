"""What runs by itself, and when: one list for the worker and for Celery beat."""

from __future__ import annotations

from datetime import date, time

from django.utils.translation import gettext_lazy as _

from casemgr.jobs.models import Job
from casemgr.jobs.runner import schedule_daily, work
from casemgr.pages.clock import today

SWEEP_AT = time(0, 30)


@work("sweep", _("Nightly work on statutory periods"))
def run_sweep(job: Job) -> dict:
    """The nightly sweep; `on` is the local day it was queued for."""
    from casemgr.operation.sweep import sweep

    on = date.fromisoformat(job.arguments["on"]) if "on" in job.arguments else today()
    return sweep(on).as_dict()


schedule_daily("sweep", SWEEP_AT)
