"""Whether a head appeared: every rule of dossier §4.5, traps 20 and 22. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litigation.court.appearance import AgencyView, Budget, Day, of_case, verdict_of
from litigation.terms import HeadCategory, Level, Remark, Seen, SessionKind

ONE, TWO = date(2026, 5, 6), date(2026, 6, 10)
CAME = Day(ONE, category=HeadCategory.DEPUTY, head_came=True, certificate_on=date(2026, 5, 5))
STAFF = Day(ONE, has_staff=True)
EXCUSED = replace(STAFF, absence_ground="duty", has_absence_papers=True)
AGAIN = replace(STAFF, on=TWO, calls_head=True)


@pytest.mark.parametrize(
    ("what", "days", "seen"),
    [
        ("no session, no unit", [], ""),
        ("an inquiry is no session", [replace(CAME, kind=SessionKind.INQUIRY)], ""),
        ("a mediation is no session", [replace(STAFF, kind=SessionKind.MEDIATION)], ""),
        ("a deputy came", [CAME], Seen.ATTENDED),
        ("the principal head came", [replace(CAME, category=HeadCategory.PRINCIPAL)], Seen.ATTENDED),
        ("of deputy rank, in charge", [replace(CAME, category=HeadCategory.IN_CHARGE_DEPUTY_LEVEL)], Seen.ATTENDED),
        ("otherwise in charge", [replace(CAME, category=HeadCategory.IN_CHARGE)], Seen.ATTENDED),
        ("trap 20: a subordinate's head", [replace(CAME, category=HeadCategory.SUBORDINATE)], Seen.ABSENT),
        ("trap 20: staff", [replace(CAME, category=HeadCategory.STAFF)], Seen.ABSENT),
        ("trap 20: a lawyer alone", [Day(ONE, has_lawyer=True)], Seen.ABSENT),
        ("a lawyer alone is not excused either", [replace(EXCUSED, has_staff=False, has_absence_papers=False)],
         Seen.ABSENT),
        ("no certificate", [replace(CAME, certificate_on=None)], Seen.ABSENT),
        ("certificate after the session", [replace(CAME, certificate_on=date(2026, 5, 7))], Seen.ABSENT),
        ("certificate on the day", [replace(CAME, certificate_on=ONE)], Seen.ATTENDED),
        ("certificate not accepted", [replace(CAME, is_certificate_refused=True)], Seen.ABSENT),
        ("left without leave", [replace(CAME, left_early=True)], Seen.ABSENT),
        ("good reason with papers", [EXCUSED], Seen.JUSTIFIED),
        ("good reason without papers", [replace(EXCUSED, has_absence_papers=False)], Seen.ABSENT),
        ("good reason the court rejects", [replace(EXCUSED, is_absence_accepted=False)], Seen.ABSENT),
        ("came once of two", [CAME, replace(STAFF, on=TWO)], Seen.ATTENDED),
        ("came only the second time", [STAFF, replace(CAME, on=TWO)], Seen.ATTENDED),
        ("called again and stayed away", [CAME, AGAIN], Seen.ABSENT),
        ("called again, excused", [CAME, replace(EXCUSED, on=TWO, calls_head=True)], Seen.JUSTIFIED),
        ("called again and came", [CAME, replace(CAME, on=TWO, calls_head=True)], Seen.ATTENDED),
        ("called the first time only, came the second", [replace(STAFF, calls_head=True), replace(CAME, on=TWO)],
         Seen.ATTENDED),
        ("never came, excused once of two", [EXCUSED, replace(STAFF, on=TWO)], Seen.ABSENT),
        ("never came, excused both times", [EXCUSED, replace(EXCUSED, on=TWO)], Seen.JUSTIFIED),
    ],
)  # fmt: skip
def test_what_the_sessions_come_to(what: str, days: list[Day], seen: str):
    assert verdict_of(days, Level.FIRST).seen == seen, what


@pytest.mark.parametrize("level", [Level.FIRST, Level.SECOND, Level.RETRIAL])
def test_trap_20_each_instance_counts_for_itself(level: str):
    assert verdict_of([STAFF], level).seen == Seen.ABSENT


@pytest.mark.parametrize("level", [Level.REVIEW, Level.EXECUTION, Level.RESUMED, Level.RETRIAL_REVIEW])
def test_a_review_on_the_papers_and_an_execution_count_nothing(level: str):
    assert not verdict_of([CAME], level).is_counted


def test_the_year_is_that_of_the_first_session_held():
    found = verdict_of([replace(CAME, on=date(2027, 1, 12), certificate_on=date(2027, 1, 11)),
                        replace(STAFF, on=date(2026, 12, 20))], Level.FIRST)  # fmt: skip
    assert (found.on, found.seen) == (date(2026, 12, 20), Seen.ATTENDED)


@pytest.mark.parametrize(
    ("days", "remarks"),
    [
        ([CAME], ()),
        ([STAFF], (Remark.UNEXPLAINED,)),
        ([EXCUSED], ()),
        ([replace(STAFF, is_after_postponement=True)], (Remark.AGAIN_ABSENT,)),
        ([Day(ONE)], (Remark.UNEXPLAINED, Remark.NOBODY)),
        ([Day(ONE, has_lawyer=True)], (Remark.UNEXPLAINED, Remark.NOBODY, Remark.LAWYER_ONLY)),
        ([replace(EXCUSED, has_staff=False, has_lawyer=True)], (Remark.NOBODY, Remark.LAWYER_ONLY)),
        ([replace(CAME, left_early=True)], (Remark.LEFT_EARLY,)),
        ([replace(CAME, refused_to_explain=True)], (Remark.NO_EXPLANATION,)),
        ([replace(CAME, certificate_on=None)], (Remark.NO_CERTIFICATE,)),
        ([replace(CAME, category=HeadCategory.SUBORDINATE)], (Remark.UNEXPLAINED, Remark.NOT_A_HEAD)),
        ([CAME, replace(STAFF, on=TWO)], ()),
        ([CAME, AGAIN], (Remark.UNEXPLAINED, Remark.NOT_AGAIN)),
    ],
)
def test_what_stands_out(days: list[Day], remarks: tuple[str, ...]):
    assert verdict_of(days, Level.FIRST).remarks == remarks


def test_codefendants_who_agreed_whose_head_comes():
    came = verdict_of([CAME], Level.FIRST)
    with_paper = verdict_of([STAFF], Level.FIRST, is_covered=True, has_paper=True)
    without = verdict_of([STAFF], Level.FIRST, is_covered=True, has_paper=False)
    assert (with_paper.seen, with_paper.is_counted) == (Seen.COVERED, False)
    assert (without.seen, without.is_counted) == (Seen.ABSENT, True)
    assert of_case([AgencyView(came), AgencyView(with_paper, came)]).seen == Seen.ATTENDED
    assert of_case([AgencyView(came), AgencyView(without, came)]).seen == Seen.ATTENDED
    assert of_case([AgencyView(came), AgencyView(verdict_of([STAFF], Level.FIRST))]).seen == Seen.ABSENT
    nobody = verdict_of([STAFF], Level.FIRST)
    assert of_case([AgencyView(nobody), AgencyView(with_paper, nobody)]).seen == Seen.ABSENT
    assert not of_case([]).is_counted


def test_who_comes_although_another_was_agreed_counts_for_itself():
    assert verdict_of([CAME], Level.FIRST, is_covered=True, has_paper=True).seen == Seen.ATTENDED


@pytest.mark.parametrize(
    ("attended", "counted", "reached"), [(48, 49, False), (49, 50, True), (98, 100, True), (0, 0, None), (1, 1, True)]
)
def test_trap_22_whole_numbers_and_no_case_is_not_a_hundred_per_cent(attended: int, counted: int, reached: bool | None):
    assert Budget(attended, counted, 0, 98).is_reached is reached


@pytest.mark.parametrize(
    ("attended", "counted", "coming", "spare"),
    [(48, 48, 1, 0), (49, 49, 1, 1), (97, 98, 2, 1), (40, 42, 8, -1), (0, 0, 10, 0), (0, 0, 0, 0)],
)
def test_how_many_may_still_be_missed(attended: int, counted: int, coming: int, spare: int):
    assert Budget(attended, counted, coming, 98).spare == spare


DAYS = st.builds(
    Day,
    on=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    kind=st.sampled_from(SessionKind.values),
    calls_head=st.booleans(),
    category=st.sampled_from(["", *HeadCategory.values]),
    head_came=st.booleans(),
    certificate_on=st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2027, 12, 31))),
    is_certificate_refused=st.booleans(),
    left_early=st.booleans(),
    refused_to_explain=st.booleans(),
    has_staff=st.booleans(),
    has_lawyer=st.booleans(),
    absence_ground=st.sampled_from(["", "duty"]),
    has_absence_papers=st.booleans(),
    is_absence_accepted=st.sampled_from([None, True, False]),
)


@given(st.lists(DAYS, max_size=5))
def test_attended_needs_a_head_and_counted_needs_a_session(days: list[Day]):
    found = verdict_of(days, Level.FIRST)
    held = [day for day in days if day.kind == SessionKind.SESSION]
    assert found.is_counted == bool(held)
    assert found.on == (min(day.on for day in held) if held else None)
    if found.seen == Seen.ATTENDED:
        assert any(day.is_head and day.is_proved and not day.left_early for day in held)
    if found.seen == Seen.JUSTIFIED:
        assert any(day.is_excused for day in held)


@given(st.lists(DAYS, max_size=5), st.integers(0, 4))
def test_a_head_more_never_makes_it_worse(days: list[Day], place: int):
    if not days:
        return
    better = list(days)
    day = days[place % len(days)]
    better[place % len(days)] = replace(
        day, head_came=True, category=HeadCategory.PRINCIPAL, certificate_on=day.on, is_certificate_refused=False,
        left_early=False,
    )  # fmt: skip
    rank = {"": 0, Seen.ABSENT: 1, Seen.JUSTIFIED: 2, Seen.ATTENDED: 3}
    assert rank[verdict_of(better, Level.FIRST).seen] >= rank[verdict_of(days, Level.FIRST).seen]


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 60))
def test_the_spare_is_the_most_that_still_reaches(attended: int, missed: int, coming: int):
    budget = Budget(attended, attended + missed, coming, 98)
    reaches = [k for k in range(coming + 1) if (attended + coming - k) * 100 >= 98 * (attended + missed + coming)]
    assert budget.spare == (max(reaches) if reaches else -1)
