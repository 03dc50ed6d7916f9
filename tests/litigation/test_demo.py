"""The demo's suits and backlog: lawful, in every state the actions reach, and a board that tells a story.

Most tests leave the three years of suits out, or take a few of them: each takes half a second.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from casemgr.audit.verification import verify
from casemgr.cases import events
from casemgr.cases.deadlines import derive
from casemgr.cases.models import Event
from casemgr.numbering.models import IssuedNumber
from casemgr.operation.demo import create_people
from casemgr.operation.sweep import sweep
from casemgr.parties.models import Party
from litigation import demo
from litigation.backlog.figures import board_of, difference
from litigation.backlog.states import BacklogState
from litigation.court.figures import agency_lines, budget_of, units_of
from litigation.demo import history
from litigation.demo.courses import COURSES
from litigation.demo.matters import AGENCIES
from litigation.demo.stories import STORIES
from litigation.models import (
    AppearanceLine,
    BacklogItem,
    BacklogYear,
    Instance,
    LitigationCase,
    SelfCheckReturn,
    Standing,
)
from litigation.terms import LOST, LossReason

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
SEED = 20261123
ALL = 38
COMMITS = pytest.mark.django_db(transaction=True)
"""As `manage.py demo` does: in one transaction PostgreSQL reads past every older version of a counter it has kept."""


@pytest.fixture
def _only_courses(monkeypatch) -> None:
    """Nothing but each course a suit can take, once."""
    monkeypatch.setattr(demo, "HISTORY", len(COURSES))
    monkeypatch.setattr(demo, "STORIES", ())
    monkeypatch.setattr(demo.backlog, "walks", lambda *told: [])


@pytest.fixture
def _no_past(monkeypatch) -> None:
    monkeypatch.setattr(demo, "MOST", 0)


def assert_lawful(today: date) -> None:
    for case in LitigationCase.objects.all():
        facts = events.facts_of(case)
        assert all(fact.occurred_on is not None and fact.occurred_on <= today for fact in facts), case.number
        derived = {item.key: item.values() for item in derive(case, facts, case.definition.rules, today)}
        rows = {(row.rule, row.root_event_id, row.party_id): row for row in case.deadlines.all()}
        assert set(rows) == set(derived), case.number
        for key, values in derived.items():
            assert {name: getattr(rows[key], name) for name in values} == values, (case.number, key)
    for series, year in set(IssuedNumber.objects.values_list("series", "year")):
        issued = IssuedNumber.objects.filter(series=series, year=year).order_by("number")
        assert list(issued.values_list("number", flat=True)) == list(range(1, issued.count() + 1)), series
    opened = LitigationCase.objects.order_by("number_year", "number_sequence").values_list("opened_on", flat=True)
    assert list(opened) == sorted(opened)


def test_the_demo_shows_suits_in_every_state_and_a_board_that_is_not_there_yet(_no_past):
    office = create_people("x")
    assert demo.load(office, TODAY, ALL, SEED) == len(STORIES)
    assert_lawful(TODAY)
    states = set(LitigationCase.objects.values_list("state", flat=True))
    assert states >= {
        *("RECEIVED", "ASSIGNED", "ANSWERED", "HEARING_SET", "TRIED", "JUDGED", "APPEALED", "REMANDED"),
        *("TO_PERFORM", "ENFORCED", "CLEARED", "NOTHING_TO_PERFORM", "WITHDRAWN", "VOID"),
    }
    assert {"attended", "justified"} <= set(Standing.objects.values_list("seen", flat=True))
    assert Instance.objects.filter(level="second").count() == 3
    assert not LitigationCase.objects.filter(title__regex=r"\d{15}").exists()
    names = {user.full_name for user in office.users.values()}
    assert set(Event.objects.filter(actor_id__isnull=False).values_list("actor_name", flat=True)) <= names
    _assert_board(BacklogYear.objects.get())
    assert demo.load(office, TODAY, ALL, SEED) == 0
    assert BacklogItem.objects.count() == 56


def _assert_board(year: BacklogYear) -> None:
    found = board_of(year, TODAY)
    assert (year.year, year.snapshot_on) == (2026, date(2026, 9, 30))
    assert (found.figure.base, found.figure.cleared, found.figure.missing) == (50, 34, 15)
    assert (found.paused, found.written_off, found.figure.is_reached, found.outlook) == (2, 1, False, "open")
    assert len(found.lines) >= 18
    assert [item.state for item in found.deciding[:3]] == [BacklogState.CLAIMED] * 3
    assert not difference(year).exists()
    assert BacklogItem.objects.filter(joint_units__isnull=False).count() == 1
    reported = SelfCheckReturn.objects.filter(year=2026)
    assert reported.filter(own_cases=0).exists() and reported.filter(unperformed__gt=0).exists()


@pytest.mark.long
@COMMITS
@pytest.mark.parametrize("today", [date(2026, 10, 4), date(2027, 3, 1), date(2028, 2, 29), date(2025, 2, 10)])
def test_the_demo_can_be_loaded_on_any_day(today):
    assert demo.load(create_people("x"), today, ALL, SEED) == len(STORIES) + demo.HISTORY
    assert_lawful(today)
    sweep(today + timedelta(days=40))


@pytest.mark.long
@COMMITS
def test_three_years_against_forty_agencies_tell_a_story():
    office = create_people("x")
    assert demo.load(office, TODAY, ALL, SEED) == len(STORIES) + demo.HISTORY
    assert_lawful(TODAY)
    assert verify().findings == []
    sued = Standing.objects.values_list("participation__party__name", flat=True)
    assert set(sued) == {agency.name for agency in AGENCIES}
    outcomes = set(LitigationCase.objects.values_list("outcome", flat=True))
    assert len(outcomes & LOST) >= 6
    assert outcomes >= {"claim_rejected", "dismissed", "withdrawn", "withdrawn_changed", "mediated", "upheld"}
    reasons = LitigationCase.objects.exclude(litigation_facts__loss={}).values_list("litigation_facts__loss", flat=True)
    assert {code for loss in reasons for code in loss["reasons"]} >= set(LossReason.values) - {LossReason.OTHER}
    _assert_appearance(office["leader"])
    assert demo.load(office, TODAY, ALL, SEED) == 0
    for days in range(1, 40):
        sweep(TODAY + timedelta(days=days))


def _assert_appearance(leader) -> None:
    """It got better from year to year; one more absence without a good reason, and this year misses its target."""
    shares = []
    for year in (2024, 2025, 2026):
        units = units_of(leader, year, TODAY)
        lines = agency_lines(units, "together")
        shares.append(lines[-1].numbers["attended"] / lines[-1].numbers["counted"])
        assert lines[0].numbers["missed"]
        assert not any(line.numbers["missed"] for line in lines[4:-1])
    assert shares[0] < shares[1] < shares[2] < 0.98
    budget = budget_of(leader, 2026, TODAY, AppearanceLine.JUSTIFIED, units)
    assert (budget.is_reached, budget.spare, budget.coming) == (True, 0, 3)


def test_each_course_of_a_suit_is_lawful_and_no_second_load_repeats_it(_only_courses):
    office = create_people("x")
    assert demo.load(office, TODAY, len(COURSES), SEED) == len(COURSES)
    assert_lawful(TODAY)
    assert verify().findings == []
    assert demo.load(office, TODAY, len(COURSES), SEED) == 0
    sweep(TODAY + timedelta(days=40))


def test_every_agency_of_the_demo_is_one_of_the_banners_and_forty_are_sued():
    names = [agency.name for agency in AGENCIES]
    known = Party.objects.filter(kind=Party.Kind.AGENCY, unit__isnull=False, name__in=names)
    assert known.count() == len(names) == 40
    told = history.stories(demo.HISTORY, TODAY, SEED)
    assert told == history.stories(demo.HISTORY, TODAY, SEED)
    assert {name for story in told for name in story.agencies} == set(names)
    assert [story.received for story in told] == sorted((story.received for story in told), reverse=True)


def test_of_more_cases_more_suits_of_the_past_are_made_up_to_a_limit():
    sizes = [demo.size_of_past(cases) for cases in (38, 96, 216, 100_000)]
    assert sizes == [demo.HISTORY, 80, 200, demo.MOST]


def test_the_same_seed_makes_the_same_backlog():
    from random import Random

    from litigation.demo.items import plans

    first, again = (plans(Random(f"demo-backlog-{SEED}"), date(2026, 9, 30)) for _time in range(2))
    assert first == again
    assert len({plan.court_number for plan in first}) == len(first)
