"""A dispute just registered: its number, its title, and that no clock of another kind runs."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.mediation import dispute, mediator

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def test_a_dispute_gets_its_committees_number_and_a_title() -> None:
    first, second = dispute(TODAY, TODAY, handler=mediator()), dispute(TODAY, TODAY)
    assert (first.number, second.number) == ("达树人调字〔2026〕1号", "达树人调字〔2026〕2号")
    assert first.title == "王宝音与李四邻里纠纷"


@pytest.mark.parametrize(
    ("facts", "rules"), [({}, set()), ({"dispute_type": "10"}, {"M-LAB"}), ({"dispute_type": "12"}, set())]
)
def test_only_the_labour_clock_runs_from_the_application(facts, rules) -> None:
    case = dispute(TODAY, TODAY, **facts)
    assert {deadline.rule for deadline in case.deadlines.all()} == rules
