"""The 98 per cent of the backlog in whole numbers (dossier §4.4; trap 22)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litigation.backlog.clearance import Clearance, burn_down, forecast, milestones, what_if

TODAY, LAST = date(2026, 11, 29), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("base", "cleared", "needed", "is_reached", "percent"),
    [
        (49, 48, 49, False, "97.96"),  # below fifty every one must be cleared
        (49, 49, 49, True, "100.00"),
        (50, 49, 49, True, "98.00"),
        (50, 48, 49, False, "96.00"),
        (51, 50, 50, True, "98.04"),
        (100, 98, 98, True, "98.00"),
        (101, 98, 99, False, "97.03"),
        (1, 0, 1, False, "0.00"),
    ],
)
def test_trap_22_reached_only_in_integers(base, cleared, needed, is_reached, percent):
    figure = Clearance(base, cleared)
    assert (figure.needed, figure.is_reached, figure.percent) == (needed, is_reached, Decimal(percent))


def test_trap_22_nothing_to_clear_is_not_a_hundred_per_cent():
    figure = Clearance(0, 0)
    assert (figure.is_empty, figure.is_reached, figure.percent, figure.needed) == (True, False, None, 0)


@given(base=st.integers(0, 2000), cleared=st.integers(0, 2000), target=st.decimals("0.01", "100", places=2))
def test_needed_is_the_least_number_that_reaches_the_target(base, cleared, target):
    figure = Clearance(base, min(cleared, base), target)
    share = Fraction(target) / 100
    assert figure.is_reached == (base > 0 and Fraction(figure.cleared, max(base, 1)) >= share)
    if base:
        assert Fraction(figure.needed, base) >= share
        assert figure.needed == 0 or Fraction(figure.needed - 1, base) < share
        assert figure.percent is not None
        assert (figure.percent >= target) == figure.is_reached or figure.percent < 100


def test_the_forecast_is_a_range_of_two_paces_and_says_what_is_needed_a_week():
    recent = [TODAY - timedelta(days=day) for day in (1, 5, 9, 20)]  # four in four weeks
    earlier = [TODAY - timedelta(days=day) for day in (40, 60)]
    found = forecast(Clearance(50, 40), recent + earlier, TODAY, LAST)
    assert found.days_left == 32
    assert (found.low, found.high) == (40 + 6 * 32 // 84, 40 + 4 * 32 // 28)
    assert found.per_week_needed == Fraction(9 * 7, 32)
    assert found.reaches(49) == "no"
    assert found.reaches(44) == "open"
    assert found.reaches(42) == "yes"


def test_on_the_last_day_nothing_more_is_expected():
    found = forecast(Clearance(50, 48), [TODAY], LAST, LAST)
    assert (found.low, found.high, found.days_left, found.per_week_needed) == (48, 48, 0, None)


def test_what_was_open_at_the_end_of_each_day():
    points = burn_down(
        3, [date(2026, 11, 2), date(2026, 11, 2), date(2026, 10, 30)], date(2026, 10, 31), date(2026, 11, 3)
    )
    assert [left for _day, left in points] == [2, 2, 0, 0]


def test_what_if_is_judged_by_the_same_whole_numbers():
    now = Clearance(49, 34)
    assert (what_if(now, more=14).is_reached, what_if(now, more=15).is_reached) == (False, True)
    assert what_if(now, more=14, off=1).is_reached  # a written-off item leaves the base
    assert what_if(now, off=15).percent == Decimal("100.00")
    for wrong in ({"more": 16}, {"more": 10, "off": 6}, {"more": -1}):
        with pytest.raises(ValueError, match="more than are open"):
            what_if(now, **wrong)


def test_how_many_must_be_cleared_by_when_ends_with_what_is_needed():
    found = milestones(Clearance(50, 40), TODAY, LAST)
    assert [day for day, _count in found] == [TODAY + timedelta(days=7 * n) for n in (1, 2, 3, 4)] + [LAST]
    assert [count for _day, count in found] == [42, 44, 46, 48, 49]
    assert milestones(Clearance(50, 49), TODAY, LAST) == milestones(Clearance(50, 40), LAST, LAST) == []
