"""Whatever an indicator is about: it can be asked on an empty register, for any dimension, at any turn of a year."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casemgr.actions.system import system_actor
from casemgr.cases.models import Deadline
from casemgr.cases.procedure import procedures
from casemgr.indicators.definition import Kind, indicators
from casemgr.indicators.figures import table
from casemgr.indicators.models import RollUp
from casemgr.indicators.overview import overview
from casemgr.indicators.period import Period, year_of
from casemgr.indicators.rollup import refresh
from casemgr.indicators.rows import listing
from tests.support.register import person, received_case

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


def test_every_period_of_our_own_side_is_reached_by_office_and_officer() -> None:
    """Each rule of each procedure has its line, its name, and below it the offices and people."""
    officer = person("li", "officer", full_name="李志强")
    case = received_case(date(2026, 9, 1), date(2026, 9, 1), handler=officer)
    root = case.events.first()
    Deadline.objects.filter(case=case).delete()
    codes = sorted({rule.code for procedure in procedures() for rule in procedure.rules})
    Deadline.objects.bulk_create(
        Deadline(case=case, rule=code, root_event=root, start_on=root.occurred_on, due_on=date(2026, 9, 8),
                 status="met", met_on=date(2026, 9, 7), bound_party="office")
        for code in codes
    )  # fmt: skip
    refresh([case.pk])
    period, one = year_of(2026, date(2026, 11, 25)), indicators()["on-time"]
    lines = table(one, period, system_actor, period.as_of, "rule").lines
    assert [line.key for line in sorted(lines, key=lambda line: line.key)] == codes
    assert [str(line.label) for line in lines if str(line.label) == line.key] == []
    for by, label in (("unit", case.unit.name), ("officer", "李志强")):
        below = table(one, period, system_actor, period.as_of, by, narrowed={"rule": codes[0]})
        assert [(line.label, line.figure.denominator) for line in below.lines] == [(label, 1)]


def test_pages_of_every_figure_open_and_lead_on(client: Any) -> None:
    client.force_login(person("yun", "leader", at="150621"))
    case = received_case(date(2026, 1, 5), date(2026, 1, 5), handler=person("li", "officer"))
    refresh([case.pk])
    for code, one in indicators().items():
        for by in one.dimensions:
            page = client.get(f"/indicators/{code}/?year=2026&by={by}")
            assert page.status_code == 200, code
        for part in ("counted", "hit", "missed"):
            assert client.get(f"/indicators/{code}/rows/?year=2026&part={part}").status_code == 200, code
    page = client.get("/indicators/on-time/?year=2026&by=rule")
    deeper = page.context["lines"][0].deeper
    below = client.get(f"/indicators/on-time/?{deeper}")
    assert below.context["narrowed"] == {"rule": page.context["lines"][0].links["hit"].split("rule=")[1].split("&")[0]}
    assert below.context["found"].total == page.context["lines"][0].figure
    towns = client.get("/indicators/town-coverage/rows/?year=2026&part=missed")
    assert len(towns.context["lines"]) == 9
