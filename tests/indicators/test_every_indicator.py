"""Whatever an indicator is about: it can be asked on an empty register, for any dimension, at any turn of a year."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casemgr.actions.system import system_actor
from casemgr.indicators.definition import Kind, indicators
from casemgr.indicators.figures import table
from casemgr.indicators.models import RollUp
from casemgr.indicators.overview import overview
from casemgr.indicators.period import Period, year_of
from casemgr.indicators.rows import listing

pytestmark = pytest.mark.django_db
CODES = (
    *("on-time", "load", "sixty-days", "direct-correction", "mediated-or-withdrawn", "sued-after", "help-offered"),
    *("help-taken-on", "help-settled", "head-appearance", "head-appearance-justified", "head-appearance-cases"),
    *("loss-rate", "loss-rate-with-changes", "backlog-clearance", "backlog-clearance-dynamic", "success-of-closed"),
    *("success-of-taken-on", "agreements-performed", "confirmation-applied", "confirmation-valid", "went-on"),
    *("settled-in-village", "settled-in-town", "lead-to-settlement", "town-coverage", "town-coverage-new"),
    *("hotline-on-time", "hotline-visited"),
)
PERIODS = (
    year_of(2026, date(2026, 11, 25)),
    year_of(2024, date(2024, 2, 29)),
    year_of(2025, date(2026, 1, 1)),
    Period(date(2024, 2, 28), date(2024, 2, 29), date(2024, 2, 29)),
    year_of(2026, date(2025, 12, 31)),
)


def test_the_codes_are_those_that_plans_and_boards_name() -> None:
    assert set(CODES) <= set(indicators())


@pytest.mark.parametrize("is_built", [True, False])
def test_each_can_be_asked_for_by_every_dimension_on_any_day(is_built: bool, subtests: Any) -> None:
    if not is_built:
        RollUp.objects.all().delete()
    for one in indicators().values():
        for period in PERIODS:
            with subtests.test(one.code, period=str(period)):
                for by in one.dimensions:
                    found = table(one, period, system_actor, period.as_of, by)
                    if not one.code.startswith("town-coverage"):
                        assert (found.total.numerator, found.total.denominator, found.total.rate) == (0, 0, None)
                parts = ("counted", "opened", "closed") if one.kind == Kind.LOAD else ("counted", "hit", "missed")
                for part in parts:
                    listed = listing(one, period, system_actor, period.as_of, {}, part)
                    assert len(listed.lines(listed.first())) == listed.counted().count()


def test_many_figures_at_once_are_each_one_s_own(django_assert_max_num_queries: Any) -> None:
    from tests.support.flow import received

    flow = received(date(2026, 9, 1))
    flow.on(date(2026, 9, 4)).accept()
    flow.on(date(2026, 9, 7)).paper("reply_notice")
    period = year_of(2026, date(2026, 11, 25))
    listed = list(indicators().values())
    with django_assert_max_num_queries(16):
        found = overview(listed, period, system_actor, period.as_of)
    assert [one.indicator for one in found] == listed
    for one in found:
        assert one.total == table(one.indicator, period, system_actor, period.as_of).total
    assert {one.indicator.code for one in found if one.total.denominator} >= {"on-time", "load", "sixty-days"}
