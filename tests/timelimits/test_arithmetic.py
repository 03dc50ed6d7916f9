"""The counting compared with a slow model that walks day by day, and the statutes' edges by name."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casemgr.calendar.source import built_in
from casemgr.timelimits.arithmetic import (
    Period,
    PeriodError,
    Suspension,
    Unit,
    calendar_days,
    calendar_days_before,
    compute,
    months,
    working_days,
    working_days_before,
    years,
)

CALENDAR = built_in()
DAY = timedelta(days=1)
days = st.dates(date(2003, 6, 1), date(2028, 6, 1))


def stops_after(start: date, gaps: list[tuple[int, int]]) -> list[Suspension]:
    """Suspensions that do not overlap: each begins `gap` days after the one before ended and lasts `length` days."""
    stops, day = [], start
    for gap, length in gaps:
        begin = day + timedelta(days=gap)
        day = begin + timedelta(days=length)
        stops.append(Suspension(begin, day))
    return stops


def is_stopped(day: date, stops: list[Suspension]) -> bool:
    """From the day of suspension (not counted) to the day before resumption."""
    return any(stop.start <= day < stop.end for stop in stops)


def slow_working_days(start: date, count: int, stops: list[Suspension]) -> date:
    day = start
    while count:
        day += DAY
        if CALENDAR.is_working(day) and not is_stopped(day, stops):
            count -= 1
    return day


def slow_roll(day: date) -> date:
    while not CALENDAR.is_working(day):
        day += DAY
    return day


def slow_months(start: date, count: int) -> date:
    year, month = start.year, start.month
    for _ in range(count):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    day = date(year, month, 28)
    while (day + DAY).month == month and day.day < start.day:
        day += DAY
    return day.replace(day=start.day) if start.day <= 28 else day


gaps = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 90)), max_size=3)


@settings(max_examples=1500, deadline=None)
@given(days, st.integers(1, 40), st.integers(0, 10), gaps)
def test_working_days_equal_a_walk(start: date, length: int, extension: int, spans: list) -> None:
    stops = stops_after(start, spans)
    result = compute(working_days(length), start, CALENDAR, suspensions=stops, extension_days=extension)
    assert result.due == slow_working_days(start, length + extension, stops)
    assert result.nominal is None
    counted = [step for step in result.steps if step.code in ("working_day", "adjusted_working_day")]
    assert [step.number for step in counted] == list(range(1, length + extension + 1))
    assert counted[-1].day == result.due
    assert not any(is_stopped(step.day, stops) for step in counted)


@settings(max_examples=1500, deadline=None)
@given(days, st.integers(1, 120), st.integers(0, 30), gaps)
def test_calendar_days_equal_a_walk(start: date, length: int, extension: int, spans: list) -> None:
    stops, nominal = [], start + timedelta(days=length + extension)
    for stop in stops_after(start, spans):
        if stop.start <= slow_roll(nominal):
            stops.append(stop)
            begins_in_the_roll = stop.start > nominal
            for _ in range((stop.end - stop.start).days):
                nominal += DAY
            if begins_in_the_roll and stop.end > stop.start:
                nominal = stop.end
    result = compute(calendar_days(length), start, CALENDAR, suspensions=stops, extension_days=extension)
    assert (result.nominal, result.due) == (nominal, slow_roll(nominal))


@settings(max_examples=1000, deadline=None)
@given(days, st.integers(1, 30))
def test_months_and_years_end_on_the_same_day_number_or_the_last_of_the_month(start: date, length: int) -> None:
    result = compute(months(length), start, CALENDAR)
    assert (result.nominal, result.due) == (slow_months(start, length), slow_roll(slow_months(start, length)))
    assert compute(years(length), start, CALENDAR).nominal == compute(months(12 * length), start, CALENDAR).nominal


@settings(max_examples=1000, deadline=None)
@given(days, st.integers(1, 20))
def test_backwards_there_are_n_clear_working_days_between(hearing: date, length: int) -> None:
    due = compute(working_days_before(length), hearing, CALENDAR).due
    clear = [d for n in range(1, (hearing - due).days) if CALENDAR.is_working(d := due + n * DAY)]
    assert CALENDAR.is_working(due)
    assert len(clear) == length
    assert compute(calendar_days_before(length), hearing, CALENDAR).due == hearing - timedelta(days=length)


@settings(max_examples=500, deadline=None)
@given(days, st.sampled_from([working_days(5), calendar_days(60), months(6)]))
def test_the_status_is_that_of_the_worst_year_leaned_on(start: date, period: Period) -> None:
    result = compute(period, start, CALENDAR)
    first = start + DAY if period.unit is Unit.WORKING_DAYS else result.nominal
    rank = ["published", "estimated", "missing"]
    touched = {CALENDAR.status_of(first + timedelta(days=n)) for n in range((result.due - first).days + 1)}
    assert result.calendar_status == max(touched, key=rank.index)


def test_counting_imports_in_a_bare_interpreter() -> None:
    code = (
        "import sys\n"
        "sys.modules['django'] = None\n"
        "from datetime import date\n"
        "from casemgr.calendar.workdays import WorkCalendar\n"
        "from casemgr.timelimits.arithmetic import compute, months\n"
        "print(compute(months(1), date(2026, 1, 31), WorkCalendar({})).nominal)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "2026-02-28"


def test_extension_is_counted_from_the_unrolled_end() -> None:
    result = compute(calendar_days(60), date(2026, 8, 4), CALENDAR, extension_days=30)
    assert result.nominal == result.due == date(2026, 11, 2)


def test_two_suspensions_add_up_and_only_the_end_is_rolled() -> None:
    stops = [Suspension(date(2026, 4, 10), date(2026, 5, 1)), Suspension(date(2026, 5, 11), date(2026, 6, 11))]
    result = compute(calendar_days(60), date(2026, 3, 2), CALENDAR, suspensions=stops)
    assert result.nominal == date(2026, 5, 1) + timedelta(days=21 + 31)


@pytest.mark.parametrize("period", [working_days(5), calendar_days(60), months(2)])
def test_while_a_suspension_is_open_there_is_no_due_day(period: Period) -> None:
    start = date(2026, 3, 2)
    assert compute(period, start, CALENDAR, suspensions=[Suspension(date(2026, 3, 4))]).due is None
    later = Suspension(date(2026, 12, 1))
    assert compute(period, start, CALENDAR, suspensions=[later]).due == compute(period, start, CALENDAR).due


@pytest.mark.parametrize(
    ("stops", "code"),
    [
        ([("2026-04-01", "2026-04-20"), ("2026-04-10", "2026-05-01")], "suspensions_overlap"),
        ([("2026-04-01", None), ("2026-04-10", "2026-05-01")], "suspensions_overlap"),
        ([("2026-04-10", "2026-04-01")], "suspension_backwards"),
        ([("2026-02-10", "2026-04-01")], "suspension_too_early"),
    ],
)
def test_impossible_suspensions_are_refused(stops: list, code: str) -> None:
    spans = [Suspension(date.fromisoformat(a), date.fromisoformat(b) if b else None) for a, b in stops]
    with pytest.raises(PeriodError) as refusal:
        compute(calendar_days(60), date(2026, 3, 2), CALENDAR, suspensions=spans)
    assert refusal.value.code == code


@pytest.mark.parametrize("period", [working_days(5), calendar_days(60), months(6), years(20)])
def test_dates_beyond_the_last_year_are_refused(period: Period) -> None:
    with pytest.raises(PeriodError):
        compute(period, date(9999, 12, 30), CALENDAR)
