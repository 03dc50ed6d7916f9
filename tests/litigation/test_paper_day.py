"""A corrected day of a judgment is the day of the paper, of the instance it ended, and of every figure."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.indicators.period import Period
from litigation.indicators.losses import LOSS
from tests.support.litigation import Suit

pytestmark = pytest.mark.django_db


def test_paper_and_instance_follow_the_corrected_day() -> None:
    suit = Suit(date(2026, 6, 1))
    suit.on(date(2027, 1, 5)).judge(date(2027, 1, 4), "annulled")
    suit.on(date(2027, 1, 8)).correct("judgment_made", date(2026, 12, 30))
    assert suit.ruling.made_on == suit.instance.ended_on == date(2026, 12, 30)
    year = Period(date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 8))
    assert LOSS.numerator(year.first, year.last, year.as_of).count() == 1
