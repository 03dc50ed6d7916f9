"""From when a court's paper binds: per party and as a whole (Litigation Law, art. 85; traps 3 and 17)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.calendar.current import current_calendar
from casemgr.calendar.workdays import WorkCalendar
from litigation.effect import Appeal, effect_of, proposes_appeal
from litigation.terms import Level, PaperKind, RulingMatter

pytestmark = pytest.mark.django_db
PLAINTIFF, BUREAU, GOVERNMENT = 1, 2, 3
ALL = (PLAINTIFF, BUREAU, GOVERNMENT)
MADE = date(2026, 9, 1)


@pytest.fixture
def calendar() -> WorkCalendar:
    return current_calendar()


def test_trap_17_the_last_party_s_own_period_decides_not_the_first_service(calendar):
    served = {PLAINTIFF: date(2026, 9, 1), BUREAU: date(2026, 9, 1), GOVERNMENT: date(2026, 9, 18)}
    found = effect_of(PaperKind.JUDGMENT, is_appealable=True, parties=ALL, served=served, calendar=calendar)
    assert found.per_party[PLAINTIFF] == date(2026, 9, 17)  # day 15 is 16 September, a Wednesday
    # 18 September + 15 = 3 October, within the holiday: the period ends on 8 October
    assert found.on == date(2026, 10, 9)


def test_while_one_party_was_not_reached_nothing_is_effective(calendar):
    served = {PLAINTIFF: MADE, BUREAU: MADE}
    found = effect_of(PaperKind.JUDGMENT, is_appealable=True, parties=ALL, served=served, calendar=calendar)
    assert found.on is None
    assert found.waits_for == (GOVERNMENT,)


def test_trap_3_ten_days_against_a_ruling_are_calendar_days(calendar):
    served = dict.fromkeys(ALL, date(2026, 9, 4))  # Friday; ten days end on Monday 14
    found = effect_of(PaperKind.RULING, is_appealable=True, parties=ALL, served=served, calendar=calendar)
    assert found.on == date(2026, 9, 15)


def test_an_appeal_in_time_by_anyone_keeps_it_from_everybody(calendar):
    served = dict.fromkeys(ALL, MADE)
    appeal = Appeal(BUREAU, date(2026, 9, 16))
    found = effect_of(
        PaperKind.JUDGMENT, is_appealable=True, parties=ALL, served=served, appeals=[appeal], calendar=calendar
    )
    assert (found.on, found.is_appealed) == (None, True)


def test_an_appeal_a_day_late_by_that_party_s_own_receipt_changes_nothing(calendar):
    served = {PLAINTIFF: date(2026, 9, 10), BUREAU: MADE, GOVERNMENT: MADE}
    late = Appeal(BUREAU, date(2026, 9, 17))
    found = effect_of(
        PaperKind.JUDGMENT, is_appealable=True, parties=ALL, served=served, appeals=[late], calendar=calendar
    )
    assert (found.on, found.is_appealed) == (date(2026, 9, 29), False)  # 25 September is the Mid-Autumn holiday


def test_a_withdrawn_appeal_lets_it_bind_from_the_ruling_that_allowed_it(calendar):
    served = dict.fromkeys(ALL, MADE)
    appeal = Appeal(PLAINTIFF, date(2026, 9, 10), withdrawn_on=date(2026, 11, 2))
    found = effect_of(
        PaperKind.JUDGMENT, is_appealable=True, parties=ALL, served=served, appeals=[appeal], calendar=calendar
    )
    assert found.on == date(2026, 11, 2)


def test_a_final_paper_binds_when_it_reached_the_last_party(calendar):
    served = {PLAINTIFF: MADE, BUREAU: date(2026, 9, 3), GOVERNMENT: date(2026, 9, 2)}
    for kind in (PaperKind.JUDGMENT, PaperKind.MEDIATION):
        found = effect_of(kind, is_appealable=False, parties=ALL, served=served, calendar=calendar)
        assert found.on == date(2026, 9, 3)
        assert found.per_party[PLAINTIFF] == MADE


@pytest.mark.parametrize(
    ("kind", "matter", "level", "above", "expected"),
    [
        ("judgment", "", Level.FIRST, "", True),
        ("judgment", "", Level.SECOND, "", False),
        ("judgment", "", Level.RETRIAL, Level.FIRST, True),
        ("judgment", "", Level.RETRIAL, Level.SECOND, False),
        ("ruling", RulingMatter.DISMISSED, Level.FIRST, "", True),
        ("ruling", RulingMatter.NOT_FILED, Level.FIRST, "", True),
        ("ruling", RulingMatter.JURISDICTION, Level.FIRST, "", True),
        ("ruling", RulingMatter.WITHDRAWN, Level.FIRST, "", False),
        ("ruling", RulingMatter.SUSPENDED, Level.FIRST, "", False),
        ("ruling", RulingMatter.ENFORCE, Level.REVIEW, "", False),
        ("mediation", "", Level.FIRST, "", False),
    ],
)
def test_what_can_be_appealed(kind, matter, level, above, expected):
    assert proposes_appeal(kind, matter, level, above=above) is expected


@given(
    days=st.lists(st.integers(0, 90), min_size=1, max_size=6),
    later=st.integers(0, 40),
    kind=st.sampled_from([PaperKind.JUDGMENT, PaperKind.RULING]),
)
def test_a_later_receipt_never_makes_it_bind_earlier(days, later, kind):
    calendar = current_calendar()
    served = {index: MADE + timedelta(days=day) for index, day in enumerate(days)}
    first = effect_of(kind, is_appealable=True, parties=list(served), served=served, calendar=calendar)
    moved = served | {0: served[0] + timedelta(days=later)}
    second = effect_of(kind, is_appealable=True, parties=list(served), served=moved, calendar=calendar)
    assert first.on is not None
    assert second.on is not None
    assert second.on >= first.on
    assert first.on == max(first.per_party.values())
