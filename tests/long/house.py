"""An office of its own for tests that kill: a database, a folder for files, a web server and workers as processes."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings

from tests.support import migrated
from tests.support.services import free_port


class House:
    """Processes on one database. `run(code)` executes Python beside them and returns what it prints as JSON."""

    START = "import os, json, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'casemgr.settings'; django.setup()\n"
    """What a piece of code begins with that is started by itself."""

    def __init__(self, folder: Path, database: str, **environment: str) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "CASEMGR_VAR": str(folder),
            "MEDIA_ROOT": str(folder / "media"),
            "FONT_DIR": str(settings.FONT_DIR),
            "DATABASE_URL": database,
            "CELERY_BROKER_URL": "",
            **environment,
        }
        self.log = folder / "processes.log"
        self.running: list[subprocess.Popen] = []
        if database.startswith("sqlite:///"):
            migrated.copy_to(Path(database.removeprefix("sqlite:///")))
        self.forking = subprocess.Popen(
            [sys.executable, "-m", "tests.long.forking"],
            env=self.environment, cwd=settings.BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.run("from django.core.management import call_command as c; c('migrate', verbosity=0); c('load_reference')")

    def run(self, code: str) -> Any:
        """Execute `code` in a process of its own; its last printed line is JSON, or it prints nothing of interest."""
        output = self.folder / "output.txt"
        print(json.dumps([code, str(output)]), file=self.forking.stdin, flush=True)
        ended = self.forking.stdout.readline().strip()
        printed = output.read_text(errors="replace")
        assert ended == "0", f"{printed[-4000:]}\n{self.tail()}"
        last = printed.strip().splitlines()[-1:]
        try:
            return json.loads(last[0]) if last else None
        except json.JSONDecodeError:
            return None

    def start(self, *command: str) -> subprocess.Popen:
        with self.log.open("a") as file:
            process = subprocess.Popen(
                command, env=self.environment, cwd=settings.BASE_DIR, stdout=file, stderr=file, start_new_session=True
            )
        self.running.append(process)
        return process

    def start_worker(self) -> subprocess.Popen:
        return self.start(sys.executable, "manage.py", "worker", "--poll", "0.1")

    def start_web(self) -> tuple[subprocess.Popen, int]:
        """Gunicorn as `manage.py start` runs it; returns when it answers."""
        port = free_port()
        process = self.start(
            sys.executable, "-m", "gunicorn", "casemgr.wsgi", "--bind", f"127.0.0.1:{port}",
            "--preload", "--workers", "2", "--threads", "4", "--log-level", "warning",
        )  # fmt: skip
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with socket.socket() as probe:
                if not probe.connect_ex(("127.0.0.1", port)):
                    return process, port
            time.sleep(0.05)
        raise AssertionError(f"no answer\n{self.tail()}")

    def kill(self, process: subprocess.Popen) -> None:
        """kill -9, the process and its children."""
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)
        self.running.remove(process)

    def tail(self) -> str:
        return self.log.read_text(errors="replace")[-4000:] if self.log.exists() else ""

    def close(self) -> None:
        for process in list(self.running):
            self.kill(process)
        self.forking.communicate()


@contextmanager
def a_house(folder: Path, **environment: str) -> Iterator[House]:
    """On SQLite or PostgreSQL, as the tests run; what it made is gone afterwards."""
    given = settings.DATABASES["default"]
    if "postgresql" not in given["ENGINE"]:
        house = House(folder, f"sqlite:///{folder / 'casemgr.sqlite3'}", **environment)
        try:
            yield house
        finally:
            house.close()
        return
    import psycopg

    name = f"kill_{uuid.uuid4().hex[:10]}"
    place = {"host": given["HOST"], "port": given["PORT"] or 5432, "user": given["USER"]}
    if given["PASSWORD"]:
        place["password"] = given["PASSWORD"]
    secret = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
    address = f"postgres://{given['USER']}{secret}@{given['HOST']}:{place['port']}/{name}"
    with psycopg.connect(**place, dbname="postgres", autocommit=True) as control:
        control.execute(f'CREATE DATABASE "{name}" TEMPLATE "{migrated.postgresql_template(given)}"')
        house = None
        try:
            house = House(folder, address, **environment)
            yield house
        finally:
            if house is not None:
                house.close()
            control.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
