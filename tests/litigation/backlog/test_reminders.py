"""Who is reminded of a quarter's self-check return, and when nobody is any more."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.actions.perform import perform
from casemgr.notices.models import Notice
from litigation.backlog.reminders import last_day_of, missing_units, remind_of_returns
from litigation.models import BacklogYear
from tests.litigation.backlog.test_items import unit
from tests.support.litigation import department

pytestmark = pytest.mark.django_db


@pytest.fixture
def own():
    BacklogYear.objects.create(year=2026, self_check_until=date(2026, 9, 30), target_on=date(2026, 12, 31), basis="试")
    return department()


def told() -> list[tuple[int, int]]:
    return [
        (row.recipient_id, row.data["quarter"]) for row in Notice.objects.filter(kind="return_missing").order_by("pk")
    ]


def hand_in(own, quarter: int, on: date) -> None:
    sent = {"unit": unit().pk, "year": 2026, "quarter": quarter, "own_cases": 2, "unperformed": 0}
    sent |= {"signed_by": "张局长", "submitted_on": on}
    perform("backlog.submit_return", None, sent, own, on)


def test_a_unit_without_a_return_is_reminded_once_a_step_before_and_after_the_quarter_s_end(own):
    for day in (date(2026, 9, 19), date(2026, 9, 20), date(2026, 9, 21), date(2026, 9, 27), date(2026, 10, 1)):
        remind_of_returns(day)
    assert told() == [(own.pk, 3)] * 3
    remind_of_returns(date(2026, 10, 16))  # sixteen days after: the missing ones stay on the page
    assert told() == [(own.pk, 3)] * 3


def test_who_has_handed_in_also_an_empty_one_is_left_in_peace(own):
    hand_in(own, 3, date(2026, 9, 18))
    remind_of_returns(date(2026, 9, 28))
    assert told() == []
    assert unit() not in missing_units(2026, 3)


def test_the_last_quarter_is_still_asked_for_in_january(own):
    remind_of_returns(date(2027, 1, 8))
    assert told() == [(own.pk, 4)]
    assert (last_day_of(2026, 4), last_day_of(2028, 1)) == (date(2026, 12, 31), date(2028, 3, 31))


def test_without_a_plan_of_the_year_nobody_is_asked():
    department()
    assert remind_of_returns(date(2026, 9, 28)) == 0
