"""The work of the notices row that runs by itself."""

from __future__ import annotations

from datetime import date, time

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casemgr.jobs.models import Job
from casemgr.jobs.runner import schedule_daily, schedule_every, work
from casemgr.notices.digest import queue_digests
from casemgr.notices.listener import SEND
from casemgr.notices.sending import send_waiting

DIGEST_AT = time(7, 30)


@work(SEND, _("Sending of mails and SMS"))
def run_send(job: Job) -> dict:
    """Each sending is its own claim: a killed worker repeats none."""
    return {"sent": send_waiting(timezone.now())}


@work("digests", _("Morning summaries"))
def run_digests(job: Job) -> dict:
    on = date.fromisoformat(job.arguments["on"]) if "on" in job.arguments else timezone.localdate()
    return {"mails": queue_digests(on)}


schedule_every(SEND, 10)
schedule_daily("digests", DIGEST_AT)
