"""The calendar against the State Council's notices, and what happens at its edges."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from casemgr.calendar.source import built_in
from casemgr.calendar.workdays import CalendarStatus, WorkCalendar

CALENDAR = built_in()
DAY = timedelta(days=1)


def test_the_year_2026_reads_like_its_notice() -> None:
    off = {
        "01-01", "01-02", "02-16", "02-17", "02-18", "02-19", "02-20", "02-23", "04-06", "05-01", "05-04", "05-05",
        "06-19", "09-25", "10-01", "10-02", "10-05", "10-06", "10-07",
    }  # fmt: skip
    worked = {"01-04", "02-14", "02-28", "05-09", "09-20", "10-10"}
    day = date(2026, 1, 1)
    while day.year == 2026:
        key = f"{day:%m-%d}"
        assert CALENDAR.is_working(day) == (key in worked or (day.weekday() < 5 and key not in off)), day
        day += DAY
    assert CALENDAR.working_days_between(date(2025, 12, 31), date(2026, 12, 31)) == 248


def test_2027_is_an_estimate_from_the_holiday_regulation() -> None:
    off = {
        "01-01", "02-05", "02-08", "02-09", "02-10", "04-05", "05-03", "05-04", "06-09", "09-15", "10-01", "10-04",
        "10-05",
    }  # fmt: skip
    day = date(2027, 1, 1)
    while day.year == 2027:
        assert CALENDAR.is_working(day) == (day.weekday() < 5 and f"{day:%m-%d}" not in off), day
        assert CALENDAR.status_of(day) == CalendarStatus.ESTIMATED
        day += DAY


@pytest.mark.parametrize(
    ("day", "status"),
    [(date(2003, 12, 31), "missing"), (date(2026, 10, 10), "published"), (date(2026, 12, 31), "published"),
     (date(2027, 1, 1), "estimated"), (date(2028, 1, 1), "missing")],
)  # fmt: skip
def test_each_year_says_how_far_it_can_be_relied_on(day: date, status: str) -> None:
    assert CALENDAR.status_of(day) == status


def test_a_year_without_data_counts_weekdays_and_never_raises() -> None:
    assert CALENDAR.add_working_days(date(2030, 1, 4), 1) == date(2030, 1, 7)
    assert CALENDAR.add_working_days(date(2000, 1, 10), -1) == date(2000, 1, 7)
    assert CALENDAR.next_working_day(date(2030, 1, 5)) == date(2030, 1, 7)
    assert CALENDAR.next_working_day(date(2000, 1, 8)) == date(2000, 1, 10)
    assert CALENDAR.working_days_between(date(2030, 1, 4), date(2030, 1, 11)) == 5


def test_counting_equals_walking_day_by_day_across_all_edges() -> None:
    rng = random.Random(8)
    for _ in range(3000):
        start = date(2002, 1, 1) + timedelta(days=rng.randrange(9800))
        count = rng.randrange(-40, 41)
        day, left = start, abs(count)
        while left:
            day += DAY if count > 0 else -DAY
            left -= CALENDAR.is_working(day)
        assert CALENDAR.add_working_days(start, count) == day, (start, count)
        end = start + timedelta(days=rng.randrange(400))
        walked = sum(CALENDAR.is_working(start + timedelta(days=i)) for i in range(1, (end - start).days + 1))
        assert CALENDAR.working_days_between(start, end) == walked
        assert CALENDAR.working_days_between(end, start) == -walked


def test_a_local_override_wins_over_the_national_calendar() -> None:
    local = CALENDAR.overlay(off=[date(2026, 8, 3), date(2026, 10, 10)], working=[date(2026, 10, 7), date(2026, 8, 8)])
    assert not local.is_working(date(2026, 8, 3))
    assert not local.is_working(date(2026, 10, 10))
    assert local.is_working(date(2026, 10, 7))
    assert local.is_working(date(2026, 8, 8))
    assert CALENDAR.is_working(date(2026, 8, 3)), "the original is untouched"


def test_a_calendar_without_any_year_still_answers() -> None:
    empty = WorkCalendar({})
    assert empty.add_working_days(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert empty.status_of(date(2026, 11, 20)) == CalendarStatus.MISSING
