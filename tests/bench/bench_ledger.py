"""Ledger rows a second by the bulk lane beside the same rows one by one: `python tests/bench/bench_ledger.py [ROWS]`.

On SQLite, and on PostgreSQL where `DATABASE_URL_BENCH` or a server on 127.0.0.1:5432 answers. Everything counts:
reading the file, judging, matching parties, encryption, deadlines, history, indexes. Goal of issue 14: 4,000 rows a
second on PostgreSQL.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
REQUIRED_RATIO = 3
POSTGRES = os.environ.get("DATABASE_URL_BENCH", "postgres://postgres@127.0.0.1:5432/casemgr")


def main(rows: int = 2000) -> int:
    """Print a line for each database and ledger; 1 when a ratio is too small."""
    short = 0
    for name, address in (("sqlite", ""), ("postgresql", POSTGRES)):
        with tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, "CASEMGR_VAR": folder, "DATABASE_URL": address, "BENCH_ROWS": str(rows)}
            run = subprocess.run([sys.executable, __file__, "--one", name], cwd=ROOT, env=environment, check=False)
            short |= run.returncode
    return short


def one(name: str, rows: int) -> int:
    """Both lanes on one database, in a test database of its own."""
    sys.path.insert(0, str(ROOT))
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
    from tests.support.ledgers import cases, parties, suits, write_csv

    load_all()
    short = 0
    with tempfile.TemporaryDirectory() as folder:
        ledgers_of = {
            "parties": parties(2 * rows, 7),
            "reconsideration": cases(2 * rows, 7, today()),
            "litigation": suits(2 * rows, 7),
        }
        for kind, invented in ledgers_of.items():
            few = max(50, rows // 10)
            single = write_csv(Path(folder) / "single.csv", invented[:few])
            many = write_csv(Path(folder) / "many.csv", invented[few : few + rows])
            slow = _rate(replace(ledgers()[kind], load_many=None), single)
            fast = _rate(ledgers()[kind], many)
            print(f"ledger: {name}, {kind}: {fast:.0f} rows a second; one by one {slow:.0f}; ratio {fast / slow:.1f}")
            short |= fast / slow < REQUIRED_RATIO
    return short


def _rate(ledger, path: Path) -> float:
    from casemgr.ledgers.actor import LedgerActor
    from casemgr.ledgers.importing import load
    from casemgr.pages.clock import today

    began = time.perf_counter()
    report = load(ledger, path, LedgerActor(), today())
    assert report.created == report.rows, report.errors[:3]
    return report.rows / (time.perf_counter() - began)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        raise SystemExit(one(sys.argv[2], int(os.environ["BENCH_ROWS"])))
    raise SystemExit(main(*(int(argument) for argument in sys.argv[1:2])))
