"""`python -m tests.support.office`: casemgr as an office runs it, started and stopped as one.

PostgreSQL and Redis of its own (or those that `DATABASE_URL` and `CELERY_BROKER_URL` name), several web processes
behind a balancer, several Celery workers, beat. What ends by itself is started again, as systemd would do. Everything
else comes from the environment. One line of JSON says when it is ready; SIGTERM or Ctrl-C stops all of it.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from casemgr.operation.processes import Processes, Stopped
from tests.support import services

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON = sys.executable


def main() -> int:
    """Run until told to stop."""
    parser = argparse.ArgumentParser(prog="python -m tests.support.office", description=__doc__)
    parser.add_argument("--web", type=int, default=3, help="web processes (default 3)")
    parser.add_argument("--workers", type=int, default=2, help="Celery workers (default 2)")
    parser.add_argument("--port", type=int, default=0, help="of the balancer; default: a free one")
    parser.add_argument("--demo", action="store_true", help="load the demo office into an empty database")
    parser.add_argument("--load", default="", help="modules with further jobs, for the workers")
    options = parser.parse_args()
    with ExitStack() as stack:
        _environment(stack)
        os.chdir(ROOT)
        try:
            _run(options)
        except Stopped:
            print("stopped", flush=True)
    return 0


def _environment(stack: ExitStack) -> None:
    """Fill in what nobody gave: folder, database, broker."""
    given = os.environ
    if not given.get("CASEMGR_VAR"):
        given["CASEMGR_VAR"] = stack.enter_context(tempfile.TemporaryDirectory(prefix="casemgr-office-"))
        given.setdefault("FONT_DIR", str(ROOT / "var" / "fonts"))
    for name, start in {"DATABASE_URL": services.postgresql, "CELERY_BROKER_URL": services.redis}.items():
        if not given.get(name):
            address = stack.enter_context(start())
            if address is None:
                sys.exit(f"{name} is not set, and the programs to start one are not installed")
            given[name] = address
    counters = Path(given["CASEMGR_VAR"], "metrics")
    counters.mkdir(parents=True, exist_ok=True)
    for left_over in counters.iterdir():
        left_over.unlink()
    given["PROMETHEUS_MULTIPROC_DIR"] = str(counters)


def _run(options: argparse.Namespace) -> None:
    ports = [services.free_port() for _number in range(options.web)]
    front = options.port or services.free_port()
    with Processes() as processes:
        manage = [PYTHON, "manage.py"]
        subprocess.run([*manage, "start", "--prepare-only"], check=True, stdout=sys.stderr)
        if options.demo:
            subprocess.run([*manage, "demo"], check=True, stdout=sys.stderr)
        commands = {f"web-{port}": web(port) for port in ports}
        commands |= {f"worker-{number}": worker(number, options.load) for number in range(options.workers)}
        commands["beat"] = beat()
        commands["balancer"] = [PYTHON, "-m", "tests.support.balancer", str(front), *map(str, ports)]
        for name, command in commands.items():
            processes.start(name, command)
        for port in (*ports, front):
            _wait_for(port, processes)
        ready = {"address": f"http://127.0.0.1:{front}", "web": ports, "processes": processes.ids()}
        print(json.dumps(ready), flush=True)
        while True:
            name = processes.wait()
            print(f"{name} ended and is started again", file=sys.stderr, flush=True)
            time.sleep(0.5)
            processes.start(name, commands[name])


def web(port: int) -> list[str]:
    """As docs/deploy/casemgr-web@.service starts one."""
    return [PYTHON, "-m", "gunicorn", "casemgr.wsgi", "--bind", f"127.0.0.1:{port}", "--preload",
            "--workers", "1", "--threads", "4", "--graceful-timeout", "5", "--log-level", "warning"]  # fmt: skip


def worker(number: int, load: str) -> list[str]:
    """As docs/deploy/casemgr-worker@.service starts one."""
    further = ["-I", load] if load else []
    return [PYTHON, "-m", "celery", "-A", "casemgr.celery", "--quiet", "worker", "-c", "1", "-l", "WARNING",
            "-n", f"worker{number}-{os.getpid()}@%h", *further]  # fmt: skip


def beat() -> list[str]:
    """As docs/deploy/casemgr-beat.service starts it: one in the whole office."""
    return [PYTHON, "-m", "celery", "-A", "casemgr.celery", "--quiet", "beat", "-l", "WARNING",
            "-s", str(Path(os.environ["CASEMGR_VAR"], "beat"))]  # fmt: skip


def _wait_for(port: int, processes: Processes, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if name := processes.ended():
            sys.exit(f"{name} ended by itself; its last lines are above")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    sys.exit(f"nothing answers on port {port}")


if __name__ == "__main__":
    sys.exit(main())
