"""Reading a figure from its roll-up beside a recount of the register: `python tests/bench/bench_indicators.py`.

The register has `BENCH_CASES` cases (40,000) over ten years with three deadlines each, in the manner of workload
dalad-1; the figures are the year's on-time rate and 60-day closing rate by unit, handler and rule, and the load of the
day. Beside it: what an action pays to keep the roll-up. `DATABASE_URL` names an empty database; SQLite otherwise.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))
CASES = int(os.environ.get("BENCH_CASES", "40000"))
REQUIRED_RATIO = 3.0
MILLISECONDS_AN_ACTION = 25.0
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
BATCH = 5000


def fill() -> list[int]:
    """Units, sixty handlers and the cases, written without actions. Ids of the cases."""
    from casemgr.cases.models import Case, Deadline, Event
    from casemgr.organisation.models import Unit, User

    rng = random.Random(20261123)
    top = Unit.objects.create(code="B", name="旗", kind="banner")
    units = [Unit.objects.create(code=f"U{n}", name=f"单位{n}", kind="office", parent=top) for n in range(20)]
    people = User.objects.bulk_create([User(username=f"u{n}", full_name=f"承办{n}") for n in range(60)])
    ids: list[int] = []
    for start in range(0, CASES, BATCH):
        cases = [a_case(rng, units, people, number) for number in range(start, min(start + BATCH, CASES))]
        Case.objects.bulk_create(cases)
        roots = [Event(case=case, kind="received", occurred_on=case.opened_on, sequence=1) for case in cases]
        Event.objects.bulk_create(roots)
        pairs = zip(cases, roots, strict=True)
        Deadline.objects.bulk_create([row for case, root in pairs for row in deadlines(rng, case, root)])
        ids += [case.pk for case in cases]
    return ids


def a_case(rng: random.Random, units: list, people: list, number: int) -> Any:
    from casemgr.cases.models import Case

    opened = date(2017, 1, 1) + rng.randrange(3612) * DAY
    is_open = rng.random() < (0.9 if (TODAY - opened).days < 180 else 0.005)
    place = rng.randrange(len(units))
    return Case(
        number=f"〔{opened.year}〕{number}号", number_year=opened.year, number_sequence=number,
        procedure="reconsideration", title="不服行政处罚", unit=units[place], state="RECEIVED", stage="intake",
        lead_handler=people[place * 3 + rng.randrange(3)], opened_on=opened, law_version="2023",
        closed_on=None if is_open else min(TODAY, opened + rng.randrange(5, 90) * DAY),
    )  # fmt: skip


def deadlines(rng: random.Random, case: Any, root: Any) -> list:
    from casemgr.cases.models import Deadline

    rows = []
    for rule, days in (("R-ACC", 7), ("R-SEND", 16), ("R-DEC", 67)):
        due = case.opened_on + days * DAY
        met = None if case.closed_on is None and due >= TODAY else due - rng.randrange(-3, 6) * DAY
        status = "open" if met is None or met > TODAY else "met" if met <= due else "met_late"
        rows.append(
            Deadline(case=case, rule=rule, root_event=root, start_on=case.opened_on, nominal_on=due, due_on=due,
                     status=status, met_on=met if status != "open" else None, bound_party="office", is_ours=True)
        )  # fmt: skip
    return rows


def seconds(work: Callable[[], object], times: int = 3) -> float:
    best = float("inf")
    for _ in range(times):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best


def measure() -> int:
    """Print one line per figure; non-zero when the roll-up is not worth it or an action pays too much."""
    from django.db import transaction

    from casemgr.actions.system import system_actor
    from casemgr.indicators.definition import kept
    from casemgr.indicators.figures import table
    from casemgr.indicators.models import CountedRow, RollUp
    from casemgr.indicators.period import year_of
    from casemgr.indicators.rollup import rebuild, refresh

    ids = fill()
    period = year_of(TODAY.year, TODAY)
    began = time.perf_counter()
    for one in kept().values():
        rebuild(one)
    took = time.perf_counter() - began
    print(f"indicators: {len(ids):,} cases, {CountedRow.objects.count():,} counted rows, built in {took:.1f} s")
    rolled_total = direct_total = 0.0
    built = list(RollUp.objects.all())
    for one in kept().values():

        def read(one: Any = one) -> tuple[int, int]:
            found = table(one, period, system_actor, TODAY).total
            return found.numerator, found.denominator

        rolled, expected = seconds(read), read()
        RollUp.objects.all().delete()
        direct = seconds(read, 1)
        assert read() == expected, one.code
        RollUp.objects.bulk_create(built)
        rolled_total, direct_total = rolled_total + rolled, direct_total + direct
        print(
            f"indicators: {one.code}: {rolled * 1e3:.1f} ms, recount {direct * 1e3:.1f} ms; ratio {direct / rolled:.1f}"
        )
    ratio = direct_total / rolled_total
    print(f"indicators: together ratio {ratio:.1f} (goal {REQUIRED_RATIO})")
    chosen = random.Random(7).sample(ids, 100)

    dearest = 0.0
    for procedure in ("mediation", "reconsideration", "litigation"):

        def keep(procedure: str = procedure) -> None:
            with transaction.atomic():
                for case_id in chosen:
                    refresh([case_id], procedures=[procedure])

        each = seconds(keep) / len(chosen) * 1e3
        dearest = max(dearest, each)
        print(f"indicators: a step of {procedure} pays {each:.2f} ms (bound {MILLISECONDS_AN_ACTION:.0f})")
    return 0 if ratio >= REQUIRED_RATIO and dearest <= MILLISECONDS_AN_ACTION else 1


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CASEMGR_VAR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casemgr.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        return measure()


if __name__ == "__main__":
    raise SystemExit(main())
