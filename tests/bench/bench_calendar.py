"""Working-day arithmetic beside the package chinesecalendar, in one run: `python tests/bench/bench_calendar.py`.

Both answer the same questions: the last day of the statutory working-day periods, and the working days between two
days. The package's own functions are used (`find_workday`, `get_workdays`).
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import chinese_calendar

from casemgr.calendar.source import built_in

DAY = timedelta(days=1)
REQUIRED_RATIO = 1000
SEED = 8
STATUTORY = (3, 5, 7, 10, 15, 20, 30)
SPANS = (60, 90, 365)


def package_add(start: date, count: int) -> date:
    return chinese_calendar.find_workday(count, start)


def package_between(start: date, end: date) -> int:
    return len(chinese_calendar.get_workdays(start + DAY, end))


def seconds_each(function: Callable, questions: list[tuple]) -> float:
    best = float("inf")
    for _ in range(3):
        began = time.perf_counter()
        for question in questions:
            function(*question)
        best = min(best, time.perf_counter() - began)
    return best / len(questions)


def main() -> int:
    """Print one line per question; the exit code says whether the whole is at least REQUIRED_RATIO times faster."""
    calendar, rng = built_in(), random.Random(SEED)
    starts = [calendar.next_working_day(date(2005, 1, 1) + timedelta(days=rng.randrange(7300))) for _ in range(100)]
    additions = [(start, length) for start in starts for length in STATUTORY]
    spans = [(start, start + timedelta(days=days)) for start in starts for days in SPANS]
    assert [calendar.add_working_days(*q) for q in additions] == [package_add(*q) for q in additions]
    assert [calendar.working_days_between(*q) for q in spans] == [package_between(*q) for q in spans]
    own_total = package_total = 0.0
    for label, ours, theirs, questions in (
        (f"add {STATUTORY} working days", calendar.add_working_days, package_add, additions),
        (f"count working days over {SPANS} days", calendar.working_days_between, package_between, spans),
    ):
        own, package = seconds_each(ours, questions * 10), seconds_each(theirs, questions)
        own_total, package_total = own_total + own, package_total + package
        print(
            f"calendar: {label}: {own * 1e6:.2f} µs, chinesecalendar {package * 1e6:.0f} µs; ratio {package / own:,.0f}"
        )
    ratio = package_total / own_total
    print(f"calendar: both together ratio {ratio:,.0f} (goal {REQUIRED_RATIO:,})")
    return 0 if ratio >= REQUIRED_RATIO else 1


if __name__ == "__main__":
    raise SystemExit(main())
