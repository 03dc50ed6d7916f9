"""Ledger rows a second of all five kinds, beside rows like them one by one, and beside django-import-export.

`python tests/bench/bench_ledger.py [ROWS]`: on SQLite, and on PostgreSQL at `DATABASE_URL_BENCH`, or one started here,
where django-import-export loads the very same file in a transaction that is taken back, before we load it for good.
Everything counts: reading the file in its own process, judging, matching, encryption, deadlines, history, indexes.
Beside the seconds that passed stand those of processor time, ours and on PostgreSQL the server's: on a machine that
others use too only these can be compared. Goal of issue 14: 4,000 rows a second on PostgreSQL; what is reached and why
not more is in docs/decisions/0080 and 0083.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
REQUIRED_RATIO = 3
"""Of processor time, to the same rows one by one."""
REQUIRED_BESIDE_RIVAL = {"parties": 8, "mediation": 6, "reconsideration": 5, "litigation": 6, "backlog": 6}


@dataclass(frozen=True)
class Took:
    """Rows, and what they took: seconds passed, seconds of the processor here and in the database."""

    rows: int
    wall: float
    here: float
    there: float

    @property
    def cost(self) -> float:
        return (self.here + self.there) / self.rows

    def __str__(self) -> str:
        here, there = (1e6 * seconds / self.rows for seconds in (self.here, self.there))
        return (
            f"{self.rows / self.wall:.0f} rows a second passed; processor {here:.0f} µs a row here, {there:.0f} µs in "
            f"the database: {1e6 / (here + there):.0f} rows a second one after the other, "
            f"{1e6 / max(here, there):.0f} with a core for each"
        )


def main(rows: int = 1000) -> int:
    """Print a line for each database and ledger; 1 when a ratio is too small."""
    from tests.support.services import postgresql

    with postgresql() as started:
        addresses = [("sqlite", ""), ("postgresql", os.environ.get("DATABASE_URL_BENCH") or started or "none")]
        short = 0
        for name, address in addresses:
            if address == "none":
                print("ledger: there is no PostgreSQL, left out")
                continue
            with tempfile.TemporaryDirectory() as folder:
                environment = {**os.environ, "CASEMGR_VAR": folder, "DATABASE_URL": address, "BENCH_ROWS": str(rows)}
                run = subprocess.run([sys.executable, __file__, "--one", name], cwd=ROOT, env=environment, check=False)
                short |= run.returncode
        return short


def one(name: str, rows: int) -> int:
    """All lanes on one database, in a test database of its own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casemgr.settings")
    import django

    django.setup()
    from django.db import OperationalError, connection

    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
    except OperationalError:
        print(f"ledger: {name} does not answer, left out")
        return 0
    try:
        return _compare(name, rows)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def _compare(name: str, rows: int) -> int:
    from dataclasses import replace

    from casemgr.ledgers.definition import ledgers
    from casemgr.operation.reference import load_all
    from casemgr.pages.clock import today
    from tests.support.ledgers import cases, disputes, owed, parties, suits, write_csv
    from tests.support.mediation import committee

    load_all()
    committee()
    short = False
    few = max(50, rows // 10)
    ledgers_of = {
        "parties": parties(few + rows, 7),
        "mediation": disputes(few + rows, 7, today()),
        "reconsideration": cases(few + rows, 7, today()),
        "litigation": suits(few + rows, 7),
        "backlog": owed(few + rows, 7),
    }
    with tempfile.TemporaryDirectory() as folder:
        for kind, invented in ledgers_of.items():
            ledger = ledgers()[kind]
            single = write_csv(Path(folder) / "single.csv", invented[:few])
            many = write_csv(Path(folder) / "many.csv", invented[few:])
            rival = _took(partial(_by_rival, kind, many)) if name == "postgresql" else None
            slow = _took(partial(_loaded, replace(ledger, load_many=None), single))
            print(f"ledger: {name}, {kind}:\n  one by one: {slow}")
            fast = _took(partial(_loaded, ledger, many))
            ratio = slow.cost / fast.cost
            print(f"  together: {fast}\n  ratio of processor time {ratio:.1f}")
            short |= ratio < REQUIRED_RATIO
            if rival is not None:
                ratio = rival.cost / fast.cost
                print(f"  django-import-export: {rival}\n  ratio of processor time {ratio:.1f}", flush=True)
                short |= ratio < REQUIRED_BESIDE_RIVAL[kind]
    return int(short)


def _by_rival(kind: str, path: Path) -> int:
    from django.db import transaction

    from casemgr.pages.clock import today
    from tests.bench import import_export_rival

    with transaction.atomic():
        count = import_export_rival.load(kind, path, today())
        transaction.set_rollback(True)
    return count


def _loaded(ledger: Any, path: Path) -> int:
    from casemgr.ledgers.actor import LedgerActor
    from casemgr.ledgers.importing import load
    from casemgr.pages.clock import today

    report = load(ledger, path, LedgerActor(), today())
    assert report.created == report.rows, report.errors[:3]
    return report.rows


def _took(work: Any) -> Took:
    before = (time.perf_counter(), _here(), _there())
    rows = work()
    after = (time.perf_counter(), _here(), _there())
    return Took(rows, *(late - early for late, early in zip(after, before, strict=True)))


def _here() -> float:
    """Of this process and of those it started, which read the files."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _there() -> float:
    """Of our connection's process on a server of this machine; nothing on SQLite."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not stat.exists():
        return 0.0
    user, system = stat.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        raise SystemExit(one(sys.argv[2], int(os.environ["BENCH_ROWS"])))
    raise SystemExit(main(*(int(argument) for argument in sys.argv[1:2])))
