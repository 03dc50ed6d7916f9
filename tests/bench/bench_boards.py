"""Each board at a hundred thousand cases, as its user asks for it: `python tests/bench/bench_boards.py`.

The register is the demo at scale (`manage.py demo --cases BENCH_CASES`, 100,000), which takes minutes; `BENCH_VAR`
names a data folder that has it already. Measured is the whole request, from the address to the page, by the process's
own time, so that a busy machine does not count; the bound is a second for each board. SQLite.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
CASES = int(os.environ.get("BENCH_CASES", "100000"))
SECONDS = 1.0
ROUNDS = 5


def measure() -> int:
    """Prints a line for each board; 1 when one takes longer than its bound."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from casemgr.boards.definition import boards
    from casemgr.cases.models import Case
    from casemgr.organisation.models import User

    print(f"boards: {Case.objects.count():,} cases")
    slow = 0
    for board in boards():
        client = Client(headers={"host": "localhost"})
        client.force_login(User.objects.get(username=board.roles[0]))
        address = reverse("board", args=[board.code])
        assert client.get(address).status_code == 200
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        took = statistics.median(_seconds(client, address) for _round in range(ROUNDS))
        printed = _seconds(client, reverse("board_pdf", args=[board.code]))
        print(
            f"boards: {board.code}: {took:.2f} s, {len(captured)} queries (bound {SECONDS:.0f} s); PDF {printed:.2f} s"
        )
        slow += took > SECONDS
    return int(slow > 0)


def _seconds(client: object, address: str) -> float:
    began = time.process_time()
    answer = client.get(address)  # type: ignore[attr-defined]
    assert answer.status_code == 200
    b"".join(answer)
    return time.process_time() - began


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CASEMGR_VAR"] = os.environ.get("BENCH_VAR") or folder
        os.environ["DATABASE_URL"] = ""
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casemgr.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        if not os.environ.get("BENCH_VAR"):
            call_command("demo", cases=CASES, verbosity=0)
        return measure()


if __name__ == "__main__":
    raise SystemExit(main())
