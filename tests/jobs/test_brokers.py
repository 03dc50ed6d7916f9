"""Celery with Redis and RabbitMQ, and the worker without a broker, as processes: killed at work and stopped kindly."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from django.conf import settings

from tests.support import migrated, services
from tests.support.once import runs_once

pytestmark = [pytest.mark.processes, runs_once]
START = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'casemgr.settings'; django.setup()\n"
WORKER = START + "import tests.support.slow_jobs\nfrom django.core.management import call_command\n"


PIECES = 30
"""Of a fifth of a second each: enough that the kill comes before the end, also on a busy machine."""


@pytest.fixture(params=["none", "redis", pytest.param("rabbitmq", marks=pytest.mark.long)])
def broker(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "none":
        yield ""
    elif request.param == "redis":
        with services.redis() as address:
            if address is None:
                pytest.fail("Redis is not installed")
            yield address
    else:
        with ExitStack() as running:
            address = os.environ.get("RABBITMQ_URL_TEST") or running.enter_context(services.rabbitmq())
            if address is None:
                pytest.skip("RabbitMQ is not installed")
            yield address


class House:
    """A database of its own, and processes that work on it."""

    def __init__(self, folder: Path, broker: str) -> None:
        self.folder, self.broker = folder, broker
        self.environment = {
            **os.environ,
            "CASEMGR_VAR": str(folder),
            "FONT_DIR": str(settings.FONT_DIR),
            "DATABASE_URL": f"sqlite:///{folder / 'casemgr.sqlite3'}",
            "CELERY_BROKER_URL": broker,
        }
        self.log = folder / "worker.log"
        self.workers: list[subprocess.Popen] = []
        migrated.copy_to(folder / "casemgr.sqlite3")

    def python(self, code: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", START + code],
            env=self.environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start_worker(self) -> subprocess.Popen:
        if self.broker:
            command = [sys.executable, "-m", "celery", "-A", "casemgr.celery", "worker", "-c", "1", "-l", "WARNING",
                       "-I", "tests.support.slow_jobs", "-n", f"w{len(self.workers)}-{os.getpid()}@test"]  # fmt: skip
        else:
            command = [sys.executable, "-c", WORKER + "call_command('worker', poll=0.2)"]
        with self.log.open("a") as file:
            worker = subprocess.Popen(
                command, env=self.environment, cwd=settings.BASE_DIR, stdout=file, stderr=file, start_new_session=True
            )
        self.workers.append(worker)
        return worker

    def kill(self, worker: subprocess.Popen) -> None:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(10)

    def enqueue(self, pieces: int) -> int:
        code = "import tests.support.slow_jobs\nfrom casemgr.jobs.runner import enqueue\n"
        return int(self.python(code + f"print(enqueue('support.slow', pieces={pieces}).pk)"))

    def job(self, pk: int) -> dict:
        """Read from the file itself: a Django of its own for every look would be most of the test's time."""
        with closing(sqlite3.connect(f"file:{self.folder / 'casemgr.sqlite3'}?mode=ro", uri=True, timeout=10)) as rows:
            what = "status, progress_done, attempts"
            status, done, attempts = rows.execute(f"SELECT {what} FROM jobs_job WHERE id = ?", [pk]).fetchone()
            kinds = rows.execute("SELECT kind FROM jobs_schedulerun WHERE kind LIKE ?", [f"slow-{pk}-%"]).fetchall()
        pieces = sorted(int(kind.split("-")[2]) for (kind,) in kinds)
        return {"status": status, "done": done, "rows": pieces, "attempts": attempts}

    def wait(self, pk: int, met) -> dict:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            found = self.job(pk)
            if met(found):
                return found
            time.sleep(0.1)
        raise AssertionError(f"{found}\n{self.log.read_text()[-3000:]}")


@pytest.fixture
def house(tmp_path: Path, broker: str) -> Iterator[House]:
    found = House(tmp_path, broker)
    yield found
    for worker in found.workers:
        if worker.poll() is None:
            found.kill(worker)


def test_a_killed_workers_job_is_taken_over_and_does_nothing_twice(house: House) -> None:
    worker = house.start_worker()
    pk = house.enqueue(PIECES)
    house.wait(pk, lambda job: job["done"] >= 2)
    house.kill(worker)
    stopped = house.job(pk)
    assert stopped["status"] == "running"
    assert len(stopped["rows"]) < PIECES
    house.python(  # five minutes pass
        f"""
from datetime import timedelta
from django.utils import timezone
from casemgr.jobs.models import Job
Job.objects.filter(pk={pk}).update(leased_until=timezone.now() - timedelta(seconds=1))
"""
    )
    house.start_worker()
    if house.broker:  # beat asks every minute; here at once
        house.python("from casemgr.jobs.tasks import queue_due_task\nqueue_due_task.delay()")
    done = house.wait(pk, lambda job: job["status"] == "done")
    assert done["rows"] == list(range(PIECES))
    assert done["attempts"] == 2


@pytest.mark.parametrize("broker", ["none", pytest.param("redis", marks=pytest.mark.long)], indirect=True)
def test_a_worker_stopped_kindly_finishes_its_job(house: House) -> None:
    worker = house.start_worker()
    pk = house.enqueue(6)
    house.wait(pk, lambda job: job["done"] >= 1)
    worker.send_signal(signal.SIGTERM)
    worker.wait(30)
    assert house.job(pk)["status"] == "done"
