"""`make run` starts everything, keeps the data on the second call, and leaves nothing behind however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from tests.support import migrated
from tests.support.once import runs_once
from tests.support.services import free_port

pytestmark = [pytest.mark.processes, runs_once]

Start = Callable[..., "Started"]


class Started:
    """One running `manage.py start` and what it has printed."""

    def __init__(self, folder: Path, port: str, output: Path) -> None:
        self.port = port
        self.output = output
        command = [sys.executable, "manage.py", "start", "--no-demo"]
        variables = {"CASEMGR_VAR": str(folder), "FONT_DIR": str(settings.FONT_DIR), "PORT": port}
        variables["DATABASE_URL"] = f"sqlite:///{folder / 'casemgr.sqlite3'}"
        with output.open("w") as file:
            self.process = subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env={**os.environ, **variables},
                stdout=file,
                stderr=subprocess.STDOUT,
            )

    def wait_until_ready(self) -> None:
        self._wait_while_alive(lambda: f"http://127.0.0.1:{self.port}/" in self.output.read_text())

    def wait_until_nobody_answers(self) -> None:
        self._wait(lambda: self.status() is None)

    def lines_until_ready(self) -> int:
        """Each preparation that was needed says so in a line; a quick worker's lines of jobs done are none."""
        before = self.output.read_text().split("http://127.0.0.1")[0].splitlines()[:-1]
        return sum(not line.startswith("job ") for line in before)

    def status(self) -> int | None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/static/none.css", timeout=5) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return None

    def _wait_while_alive(self, is_reached: Callable[[], bool]) -> None:
        self._wait(lambda: is_reached() or self.process.poll() is not None)
        assert self.process.poll() is None, self.output.read_text()

    def _wait(self, is_reached: Callable[[], bool]) -> None:
        until = time.monotonic() + 240
        while not is_reached():
            assert time.monotonic() < until, self.output.read_text()
            time.sleep(0.1)


@contextmanager
def starting(folder: Path, *, with_tables: bool) -> Iterator[Start]:
    """Starts in the folder; what still runs at the end is stopped."""
    running: list[Started] = []
    if with_tables:
        migrated.copy_to(folder / "casemgr.sqlite3")

    def start(port: str | None = None) -> Started:
        running.append(Started(folder, port or str(free_port()), folder / f"output-{len(running)}"))
        return running[-1]

    yield start
    for started in running:
        if started.process.poll() is None:
            started.process.terminate()
            started.process.wait(30)


@pytest.fixture
def start(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Start]:
    """Starts on an empty folder where that is the point (`from_nothing`), else on a database with its tables."""
    with starting(tmp_path, with_tables=not request.node.get_closest_marker("from_nothing")) as start:
        yield start


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Start, Started]]:
    """One that runs, for the tests that only look at it, and how to start a second in its folder."""
    with starting(tmp_path_factory.mktemp("running"), with_tables=True) as start:
        first = start()
        first.wait_until_ready()
        yield start, first


@pytest.mark.from_nothing
def test_it_serves_pages_until_it_is_told_to_stop(start: Start) -> None:
    first = start()
    first.wait_until_ready()
    assert first.status() == 404
    first.process.send_signal(signal.SIGINT)
    assert first.process.wait(30) == 0
    assert first.status() is None

    second = start()
    second.wait_until_ready()
    assert second.lines_until_ready() < first.lines_until_ready()
    second.process.send_signal(signal.SIGTERM)
    assert second.process.wait(30) == 0
    assert second.status() is None


def test_killed_without_warning_it_takes_its_children_along(start: Start) -> None:
    started = start()
    started.wait_until_ready()
    started.process.kill()
    started.process.wait(10)
    started.wait_until_nobody_answers()


@pytest.mark.parametrize("port", ["abc", *(pytest.param(port, marks=pytest.mark.long) for port in ("0", "70000"))])
def test_an_impossible_port_is_refused_in_one_line(start: Start, port: str) -> None:
    started = start(port)
    assert started.process.wait(60) == 1
    assert port in started.output.read_text()
    assert "Traceback" not in started.output.read_text()


def test_a_port_in_use_is_said_before_anything_is_done(running: tuple[Start, Started]) -> None:
    start, first = running
    second = start(first.port)
    assert second.process.wait(60) == 1
    assert "make run PORT=8001" in second.output.read_text()
    assert first.status() == 404


def test_an_empty_installation_prints_the_link_that_lets_its_administrator_in(running: tuple[Start, Started]) -> None:
    _start, started = running
    started._wait_while_alive(lambda: "/first-start/" in started.output.read_text())
    link = next(word for word in started.output.read_text().split() if "/first-start/" in word)
    link = link[link.index("http://") :]
    with urllib.request.urlopen(link, timeout=30) as answer:
        assert answer.status == 200
        assert "no-store" in answer.headers["Cache-Control"]
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(link[:-5] + "xxxx/", timeout=30)
