"""`make test`: pytest on SQLite and again on PostgreSQL, with everything the tests need brought in first.

Missing services fail the run where CI=true; on other machines they are skipped, and said so loudly.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.support import services

ROOT = Path(__file__).resolve().parent.parent.parent
FAST = "not browser and not rivals and not processes and not long"
NO_TESTS_COLLECTED = 5


def main() -> int:
    """Exit code of the whole run: non-zero when either database's run failed or, in CI, when one could not be made."""
    parser = argparse.ArgumentParser(prog="make test")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--fast", action="store_true", help="unit tests on SQLite only")
    size.add_argument("--long", action="store_true", help="also what is too long for make test")
    parser.add_argument("pytest", nargs="*", help="further arguments for pytest, after --")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory(prefix="casemgr-tests-")))
        environment = {
            **os.environ,
            "CASEMGR_VAR": str(folder),
            "FONT_DIR": os.environ.get("FONT_DIR", str(ROOT / "var" / "fonts")),
            "DATABASE_URL": f"sqlite:///{folder / 'unused.sqlite3'}",
        }
        # A machine that keeps no bytecode compiles a thousand modules again for every process the tests start.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        if options.fast:
            return _pytest(environment, FAST, options.pytest)
        return _full_run(running, environment, options)


def _full_run(running: ExitStack, environment: dict[str, str], options: argparse.Namespace) -> int:
    services.install_missing(long=options.long)
    _prepare_fonts(environment)
    redis = os.environ.get("REDIS_URL_TEST") or running.enter_context(services.redis())
    database = os.environ.get("DATABASE_URL_TEST") or running.enter_context(services.postgresql())
    missing = [
        name
        for name, is_there in {
            "PostgreSQL": database,
            "Redis": redis,
            "Chromium": services.chromium(),
            "poppler's pdftoppm": services.find("pdftoppm"),
            "RabbitMQ": not options.long or os.environ.get("RABBITMQ_URL_TEST") or services.RABBITMQ_SERVER.exists(),
        }.items()
        if not is_there
    ]
    for name in missing:
        print(f"\n*** {name} is missing on this machine: its tests are SKIPPED ***\n", flush=True)
    if redis:
        environment["REDIS_URL_TEST"] = redis
    marks = "" if options.long else "not long"
    failed = _pytest(environment, marks, options.pytest)
    if database:
        # Pages look the same on both databases: the browser's tests ran above.
        marks = "not browser" if options.long else "not long and not browser"
        extent = "whole" if options.long else "what hangs on the database"
        environment |= {"DATABASE_URL": database, "POSTGRESQL_TESTS": extent}
        failed = _pytest(environment, marks, options.pytest) or failed
    if missing and os.environ.get("CI") == "true":
        print("In CI nothing may be missing:", *missing, file=sys.stderr)
        return failed or 1
    return failed


def _pytest(environment: dict[str, str], marks: str, further: list[str]) -> int:
    database = "PostgreSQL" if environment["DATABASE_URL"].startswith("postgres") else "SQLite"
    print(f"\n=== Tests on {database} ===", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal", "-m", marks, *further]
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    return 0 if code == NO_TESTS_COLLECTED and further else code


def _prepare_fonts(environment: dict[str, str]) -> None:
    """Fonts are made once per checkout, half a minute; not into the temporary folder of every run."""
    subprocess.run([sys.executable, "manage.py", "prepare_fonts"], cwd=ROOT, env=environment, check=False)


if __name__ == "__main__":
    sys.exit(main())
