"""`manage.py worker`: runs job rows and the schedule when there is no broker."""

from __future__ import annotations

import signal
import threading

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from casemgr.jobs.runner import claim_next, queue_due, run_job
from casemgr.operation.practice.guard import refuse_wrong_database


class Command(BaseCommand):
    help = "Run queued jobs and the daily schedule until stopped (SIGTERM or Ctrl-C finishes the running job first)."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is queued and due now, then stop")
        parser.add_argument("--poll", type=float, default=2.0, help="seconds between looks at the queue (default 2)")

    def handle(self, *args, **options) -> None:
        refuse_wrong_database()
        stop = threading.Event()
        if not options["once"]:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_args: stop.set())
        while not stop.is_set():
            if not options["once"]:
                close_old_connections()
            queue_due(timezone.now())
            if (job := claim_next(timezone.now())) is not None:
                finished = run_job(job.pk)
                self.stdout.write(f"job {finished.pk} {finished.kind}: {finished.status}")
                continue
            if options["once"]:
                break
            stop.wait(options["poll"])
