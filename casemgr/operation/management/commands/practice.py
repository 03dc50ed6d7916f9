"""`manage.py practice start|prepare|reset`: the practice system beside the real one, in an environment of its own."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from casemgr.operation.practice.resetting import reset

PORT = "8100"


class Command(BaseCommand):
    help = "Start, prepare or reset the practice system; it never touches the real database, files or keys."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("step", choices=["start", "prepare", "reset"])
        port = os.environ.get("PRACTICE_PORT") or PORT
        parser.add_argument("--port", default=port, help=f"default: PRACTICE_PORT, else {PORT}")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.PRACTICE:
            # These settings are the real system's: the same command again, with those of the practice system.
            words = [sys.executable, sys.argv[0], "practice", options["step"], "--port", options["port"]]
            self.stdout.flush()
            os.execve(sys.executable, words, {**os.environ, "PRACTICE": "1"})
        if options["step"] == "start":
            call_command("start", port=options["port"], stdout=self.stdout)
        else:
            call_command("start", prepare_only=True, stdout=self.stdout)
            if options["step"] == "reset":
                self.stdout.write(f"{reset('manage.py')} cases; everybody logs in again.")
