"""Figures against a slow and independent count; targets in whole numbers; scope; days in the past."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.actions.system import system_actor
from casemgr.cases.models import Case, Deadline
from casemgr.indicators import checks
from casemgr.indicators.definition import FOREVER, Indicator, Kind, indicators
from casemgr.indicators.figures import Figure, table
from casemgr.indicators.ground import ON_TIME
from casemgr.indicators.models import CountedRow, RollUp, Target
from casemgr.indicators.period import Period, year_of
from casemgr.indicators.rollup import refresh
from casemgr.parties.models import Party
from reconsideration.models import ReconsiderationCase
from tests.support.register import OTHER, person, received_case, record, unit

DAY = timedelta(days=1)
TODAY = date(2026, 11, 25)
EVERYTHING = system_actor


def a_rate(**changes: Any) -> Indicator:
    values = {"code": "x", "name": "X", "formula": "x", "version": 1, "rows": Case.objects.all, "on": None, "hit": None}
    return Indicator(**values | changes)


def rate(n: int, d: int, target: str | None = "98", **changes: Any) -> Figure:
    return Figure(a_rate(**changes), n, d, Decimal(target) if target else None)


# Dossier, administrative-procedures.md §4.4: 48 of 49 is 97.96 % and not reached; nothing to count is not 100 %
@pytest.mark.parametrize(
    ("n", "d", "shown", "reached"),
    [
        (48, 49, "97.96", False),
        (49, 50, "98.00", True),
        (0, 0, None, None),
        (50, 50, "100.00", True),
        (0, 7, "0.00", False),
    ],
)
def test_a_target_is_reached_in_whole_numbers(n: int, d: int, shown: str | None, reached: bool | None) -> None:
    figure = rate(n, d)
    assert (figure.rate is None) == (shown is None)
    assert shown is None or str(figure.rate) == shown
    assert figure.reached is reached


@pytest.mark.parametrize(("n", "d", "shown"), [(97_999, 100_000, "97.99"), (99_999, 100_000, "99.99")])
def test_a_rate_is_not_rounded_up_to_what_it_misses(n: int, d: int, shown: str) -> None:
    assert str(rate(n, d).rate) == shown


def test_a_fixed_base_needs_what_the_dossier_says() -> None:
    for base in range(1, 200):
        assert rate(0, base, base_is_fixed=True).needed == (98 * base + 99) // 100


@given(st.integers(0, 300), st.integers(0, 300), st.decimals("0.01", "100", places=2), st.booleans())
def test_so_many_more_reach_the_target_and_one_fewer_does_not(
    n: int, missed: int, target: Decimal, fixed: bool
) -> None:
    d = n + missed
    figure = rate(n, d, str(target), base_is_fixed=fixed)
    if not d:
        assert figure.needed is None
        return
    if figure.needed is None:
        assert target == 100 and missed and not fixed
        return
    more = figure.needed
    assert rate(n + more, d if fixed else d + more, str(target), base_is_fixed=fixed).reached
    if more:
        assert not rate(n + more - 1, d if fixed else d + more - 1, str(target), base_is_fixed=fixed).reached


def test_a_ceiling_is_reached_from_above() -> None:
    figure = Figure(a_rate(kind=Kind.LOAD, at_least=False), 31, 3, Decimal(10))
    assert (str(figure.rate), figure.reached, figure.needed) == ("10.33", False, 1)
    assert Figure(a_rate(kind=Kind.LOAD, at_least=False), 30, 3, Decimal(10)).reached is True


def slow_on_time(as_of: date, year: int) -> tuple[int, int]:
    """Looked at one by one, in Python, from the deadlines as a person would."""
    hits = counted = 0
    for row in Deadline.objects.filter(is_ours=True).select_related("case"):
        if row.case.state == "VOID" or row.status == "ended" or (row.due_on is None and row.status != "met"):
            continue
        if row.status == "met":
            day = min(row.met_on, row.due_on) if row.due_on else row.met_on
            if day.year == year and day <= as_of:
                hits, counted = hits + 1, counted + 1
        elif row.due_on.year == year and row.due_on < as_of:
            counted += 1
    return hits, counted


def slow_load(as_of: date) -> tuple[int, int]:
    found = [
        case
        for case in Case.objects.all()
        if case.state != "VOID" and case.opened_on <= as_of and (case.closed_on is None or case.closed_on > as_of)
    ]
    return sum(1 for case in found if case.lead_handler_id), len({case.lead_handler_id for case in found} - {None})


@pytest.fixture
def cases(db: Any) -> dict[str, Any]:
    """Twelve applications from October 2025 to November 2026, in two units, at every stage."""
    people = [person("li", "officer"), person("wang", "officer", full_name="王强")]
    made = []
    for number in range(12):
        received_on = date(2025, 10, 9) + number * 35 * DAY
        handler = [*people, None][number % 3]
        case = received_case(received_on, TODAY, handler=handler, at=OTHER if number % 4 == 3 else "150621-SFJ-FY")
        accepted = received_on + (number % 3 * 6 + 1) * DAY
        if accepted <= TODAY:
            record(case, TODAY, ("accepted", accepted), state="ACCEPTED")
        decided = accepted + (20 + 15 * (number % 4)) * DAY
        if number % 5 != 4 and decided <= TODAY:
            record(case, TODAY, ("copy_sent", accepted + 3 * DAY), ("dismissed", decided), state="DISMISSED")
            Case.objects.filter(pk=case.pk).update(closed_on=decided)
        made.append(case)
    record(made[-1], TODAY, state="VOID")
    refresh([case.pk for case in made])
    return {"people": people, "cases": made}


DAYS = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 2, 28), date(2026, 6, 30), date(2026, 11, 24), TODAY]


@pytest.mark.django_db
@pytest.mark.parametrize("as_of", DAYS)
@pytest.mark.parametrize("is_built", [True, False])
def test_figures_equal_a_slow_count_on_any_day(cases: Any, as_of: date, is_built: bool) -> None:
    if not is_built:  # an upgrade that has not rolled up yet counts the register itself
        RollUp.objects.all().delete()
    for year in (2025, 2026):
        found = table(indicators()["on-time"], year_of(year, as_of), EVERYTHING, TODAY).total
        assert (found.numerator, found.denominator) == slow_on_time(as_of, year)
    load = table(indicators()["load"], year_of(2026, as_of), EVERYTHING, TODAY).total
    assert (load.numerator, load.denominator) == slow_load(as_of)


@pytest.mark.django_db
def test_lines_add_up_to_the_total_by_every_dimension(cases: Any) -> None:
    for one in indicators().values():
        for by in one.dimensions:
            found = table(one, year_of(2026, TODAY), EVERYTHING, TODAY, by)
            assert found.lines or not found.total.denominator
            assert sum(line.figure.opened for line in found.lines) == found.total.opened
            assert sum(line.figure.closed for line in found.lines) == found.total.closed
            if one.kind == Kind.RATE:
                assert sum(line.figure.numerator for line in found.lines) == found.total.numerator
                assert sum(line.figure.denominator for line in found.lines) == found.total.denominator


@pytest.mark.django_db
def test_querysets_list_exactly_what_is_counted(cases: Any) -> None:
    period = year_of(2026, TODAY)
    for one in indicators().values():
        found = table(one, period, EVERYTHING, TODAY).total
        assert one.numerator(period.first, period.last, TODAY).count() == found.numerator
        if one.kind == Kind.RATE:
            assert one.denominator(period.first, period.last, TODAY).count() == found.denominator


@pytest.mark.django_db
@pytest.mark.parametrize("is_built", [True, False])
def test_a_case_entered_by_mistake_counts_in_no_figure(cases: Any, is_built: bool) -> None:
    """It was never validly registered: what was done in time, or missed, before anybody noticed counts nowhere."""
    case = received_case(date(2026, 3, 2), TODAY, handler=cases["people"][0])
    record(
        case, TODAY, ("accepted", date(2026, 3, 3)), ("copy_sent", date(2026, 3, 5)), ("copy_served", date(2026, 3, 6))
    )
    record(case, TODAY, ("reply_received", date(2026, 3, 12)), ("decided", date(2026, 4, 2)), state="DECIDED")
    Party.objects.filter(participations__case=case).update(unit=unit(OTHER))
    refresh([case.pk])
    if not is_built:
        RollUp.objects.all().delete()
    period = year_of(2026, TODAY)

    def counting_it() -> set[str]:
        listed = {code: one.denominator(period.first, period.last, TODAY) for code, one in indicators().items()}
        shown = {code for code, rows in listed.items() if rows.filter(c_case_id=case.pk).exists()}
        return shown | set(CountedRow.objects.filter(case=case.pk).values_list("indicator", flat=True))

    assert counting_it() >= {"on-time", "load", "sixty-days", "agency-replies"}
    before = table(ON_TIME, period, EVERYTHING, TODAY).total.numerator
    record(case, TODAY, ("voided", TODAY), state="VOID")
    refresh([case.pk])
    assert counting_it() == set()
    assert table(ON_TIME, period, EVERYTHING, TODAY).total.numerator < before


@pytest.mark.django_db
def test_inflow_and_outflow_are_those_of_the_period(cases: Any) -> None:
    period = Period(date(2026, 3, 1), date(2026, 5, 31), TODAY)
    load = table(indicators()["load"], period, EVERYTHING, TODAY).total
    listed = [case for case in Case.objects.all() if case.state != "VOID"]
    assert load.opened == sum(period.first <= case.opened_on <= period.last for case in listed)
    assert load.closed == sum(bool(case.closed_on) and period.first <= case.closed_on <= period.last for case in listed)


@pytest.mark.django_db
def test_a_person_sees_figures_of_the_units_in_reach_only(cases: Any) -> None:
    leader = person("leader", "leader", at="150621")
    stranger = person("stranger", "officer", at=OTHER)
    mediator = person("mediator", "mediator")
    period = year_of(2026, TODAY)
    everything = table(ON_TIME, period, leader, TODAY)
    theirs = table(ON_TIME, period, stranger, TODAY)
    assert {line.label for line in everything.lines} == {unit().name, unit(OTHER).name}
    assert {line.label for line in theirs.lines} == {unit(OTHER).name}
    assert 0 < theirs.total.denominator < everything.total.denominator
    assert table(ON_TIME, period, mediator, TODAY).total.denominator == 0


@pytest.mark.django_db
def test_the_sixty_days_are_counted_without_extension_and_with_stops() -> None:
    def decided(accepted: date, on: date, *between: tuple[str, date], days: int = 0) -> ReconsiderationCase:
        from casemgr.cases import events

        case = received_case(accepted, TODAY)
        record(case, TODAY, ("accepted", accepted))
        if days:
            events.record(case, "extended", accepted + 30 * DAY, days=days)
        record(case, TODAY, *between, ("decided", on))
        refresh([case.pk])
        return case

    start = date(2026, 3, 2)  # a Monday; the sixtieth day is Friday 1 May, a holiday until the 5th
    end = date(2026, 5, 6)
    decided(start, end)
    period = year_of(2026, TODAY)
    sixty = indicators()["sixty-days"]

    def now() -> tuple[int, int]:
        found = table(sixty, period, EVERYTHING, TODAY).total
        return found.numerator, found.denominator

    assert now() == (1, 1)
    decided(start, end + DAY)
    assert now() == (1, 2)
    decided(start, date(2026, 5, 20), days=20)  # in time by law, not within the sixty days
    assert now() == (1, 3)
    decided(start, date(2026, 4, 30), days=20)  # the extension was not needed
    assert now() == (2, 4)
    stopped = (("suspended", date(2026, 3, 20)), ("resumed", date(2026, 4, 20)))
    decided(start, date(2026, 5, 29), *stopped)
    assert now() == (3, 5)
    on_time = table(ON_TIME, period, EVERYTHING, TODAY, "rule")
    decisions = next(line.figure for line in on_time.lines if line.key == "R-DEC")
    assert (decisions.numerator, decisions.denominator) == (4, 5)


@pytest.mark.django_db
def test_the_target_of_the_year_is_the_figure_s(cases: Any) -> None:
    Target.objects.create(indicator="on-time", year=2026, value=Decimal(98), by_on=date(2026, 12, 31))
    found = table(ON_TIME, year_of(2026, TODAY), EVERYTHING, TODAY)
    assert found.total.target == 98
    assert found.total.reached is False
    assert found.total.needed and found.total.needed > 0
    assert table(ON_TIME, year_of(2025, TODAY), EVERYTHING, TODAY).total.target is None


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"formula": ""}, "how it is counted"),
        ({"version": 0}, "version"),
        ({"dimensions": ("moon",)}, "unknown dimension moon"),
        ({"rule": ""}, "without naming the column"),
        ({"procedures": ("witchcraft",)}, "unknown procedure witchcraft"),
        ({"case": "nothing"}, "cannot be counted"),
        ({"code": "a b"}, "short word"),
    ],
)
def test_a_malformed_indicator_is_refused_at_start(changes: dict, says: str) -> None:
    from dataclasses import replace

    found = checks.check([replace(ON_TIME, **changes)])
    assert any(says in error.msg for error in found), found
    assert checks.check(list(indicators().values())) == []


def test_two_of_one_code_and_what_is_none_are_refused() -> None:
    assert "twice" in checks.check([ON_TIME, ON_TIME])[0].msg
    assert "no indicator" in checks.check(["on-time"])[0].msg
    assert FOREVER.year == 9999
