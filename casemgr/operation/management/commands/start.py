"""`manage.py start`: prepares what is missing, then runs web server and worker side by side until Ctrl-C."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.urls import reverse
from django.utils.translation import gettext as _

from casemgr.operation.first_start.token import new_token
from casemgr.operation.processes import Processes, Stopped, die_with_parent
from casemgr.operation.readiness import make_ready
from casemgr.organisation.roles import ROLES

HOST = "127.0.0.1"


def _ended(name: str) -> CommandError:
    return CommandError(_("The process “%(name)s” ended by itself; its last lines are above.") % {"name": name})


class Command(BaseCommand):
    help = "Prepare what is missing, then run web server and worker side by side until Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", default=os.environ.get("PORT") or "8000", help="default: PORT, else 8000")
        parser.add_argument("--no-demo", action="store_true", help="never load the demo office")
        parser.add_argument("--prepare-only", action="store_true", help="prepare and stop, for servers run otherwise")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["prepare_only"]:
            make_ready(self._say, with_demo=settings.PRACTICE)
            if token := new_token():
                self._say(
                    _("Nobody has an account yet. Open once, within a day: %(address)s")
                    % {"address": reverse("first_start", args=[token])}
                )
            return
        if "MAKELEVEL" in os.environ:
            die_with_parent()
        port = self._free_port(options["port"])
        try:
            with Processes() as processes:
                make_ready(self._say, with_demo=not options["no_demo"])
                logins = self._demo_logins() or self._first_start(port)
                connections.close_all()
                self._serve(processes, port, logins)
        except Stopped:
            self._say(_("Stopped."))

    def _serve(self, processes: Processes, port: int, logins: str) -> None:
        processes.start("web", [sys.executable, "-m", "gunicorn", *self._gunicorn_options(port)])
        if "worker" in get_commands():
            processes.start("worker", [sys.executable, "manage.py", "worker"])
        while not self._answers(port):
            if name := processes.ended():
                raise CommandError(
                    _("The process “%(name)s” ended by itself; its last lines are above.") % {"name": name}
                )
            time.sleep(0.05)
        self._say(_("casemgr is ready: %(address)s") % {"address": f"http://{HOST}:{port}/"})
        if logins:
            self._say(logins)
        self._say(_("Ctrl-C stops it."))
        name = processes.wait()
        raise _ended(name)

    @staticmethod
    def _gunicorn_options(port: int) -> list[str]:
        # Loaded before the fork: one start-up instead of three, and the port answers only when pages can be served.
        return [
            "casemgr.wsgi",
            *("--bind", f"{HOST}:{port}", "--preload", "--workers", "2", "--threads", "4"),
            *("--graceful-timeout", "5", "--log-level", "warning"),
        ]

    @staticmethod
    def _demo_logins() -> str:
        """The line for whoever tries the demo; empty where it was not loaded."""
        users = {user.get_username(): user for user in get_user_model().objects.filter(username__in=ROLES)}
        if len(users) < len(ROLES):
            return ""
        password = os.environ.get("DEMO_PASSWORD") or "dalad-demo"
        values = {"names": " ".join(ROLES), "password": password}
        if not users["officer"].check_password(password):
            return _("Demo log-ins: %(names)s; the password is the one the demo was loaded with") % values
        return _("Demo log-ins: %(names)s; password: %(password)s") % values

    @staticmethod
    def _first_start(port: int) -> str:
        """The line that lets the first administrator in; empty once there are accounts."""
        token = new_token()
        if not token:
            return ""
        address = f"http://{HOST}:{port}" + reverse("first_start", args=[token])
        return _("Nobody has an account yet. Open once, within a day: %(address)s") % {"address": address}

    @staticmethod
    def _free_port(text: str) -> int:
        if not text.isdecimal() or not 0 < int(text) < 65536:
            raise CommandError(_("PORT must be a number from 1 to 65535, not “%(port)s”.") % {"port": text})
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, int(text)))
            except OSError:
                raise CommandError(
                    _("Port %(port)s is in use; choose another: make run PORT=8001") % {"port": text}
                ) from None
        return int(text)

    @staticmethod
    def _answers(port: int) -> bool:
        with socket.socket() as probe:
            probe.settimeout(0.5)
            return probe.connect_ex((HOST, port)) == 0

    def _say(self, line: str) -> None:
        # Whoever read our output may be gone when we stop.
        with contextlib.suppress(BrokenPipeError):
            self.stdout.write(line)
            self.stdout.flush()
