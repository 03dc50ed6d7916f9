"""The published reconsideration files come in as far as their facts reach, and what can be checked is checked."""

from __future__ import annotations

from collections import Counter

import pytest
from django.utils import translation

from casemgr.cases.models import Case, Deadline, Event
from casemgr.cases.worklist import worklist
from casemgr.parties.models import Party
from reconsideration.past_cases import REAL_CASES, load_real_cases
from reconsideration.past_checks import Answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(officer, today):
    with translation.override("en"):
        yield load_real_cases(REAL_CASES, officer, today)


def by_id(report, source_id):
    return next(item for item in report.cases if item.source_id == source_id)


def answer(report, source_id, code) -> Answer:
    return next(check.answer for check in by_id(report, source_id).checks if check.code.startswith(code))


def test_all_23_files_come_in_once(report, officer, today):
    assert report.created == len(report.cases) == 23
    again = load_real_cases(REAL_CASES, officer, today)
    assert again.created == 0
    assert Case.objects.count() == 23


def test_no_day_is_invented_and_no_clock_runs(report):
    days = {
        str(value)
        for line in REAL_CASES.read_text().splitlines()
        for value in [line.partition(": '")[2].rstrip("'")]
        if value
    }
    for event in Event.objects.exclude(occurred_on=None):
        assert event.occurred_on.isoformat() in days
    assert not Deadline.objects.exists()
    assert not Case.objects.exclude(next_due_on=None).exists()


def test_they_are_nobodys_work_but_stand_in_the_register(report, officer, today):
    assert sum(section.total for section in worklist(officer, today)) == 0
    assert Case.objects.visible_to(officer, today).count() == 23


def test_states_are_where_the_last_known_fact_leaves_them(report):
    states = Counter(item.case.state for item in report.cases)
    assert states == {"DECIDED": 18, "NOT_ACCEPTED": 4, "DISMISSED": 1}
    refused = by_id(report, "RC-13").case
    assert (refused.outcome, refused.closed_on.isoformat()) == ("not_accepted", "2025-02-28")
    assert by_id(report, "RC-17").case.closed_on is None  # published in 2025; the day of the refusal is not shown


def test_unknown_days_stay_open_with_the_words_of_the_source(report):
    case = by_id(report, "RC-01").case
    received = case.events.get(kind="received")
    assert (received.occurred_on, received.precision) == (None, "unknown")
    assert received.as_written == "申请日2023-07-14"
    assert case.opened_on is None
    assert "2023-07-04" in case.facts.source_note and case.act.acted_on.isoformat() == "2023-05-25"
    assert case.events.get(kind="decided").occurred_on is None


def test_structures_of_many_applicants_and_third_parties(report):
    households = by_id(report, "RC-27").case
    roles = Counter(households.participations.values_list("role", flat=True))
    assert roles == {"applicant": 8, "third_party": 13, "respondent": 1}
    assert "至少13" in households.facts.source_note
    assert Party.objects.filter(name="申请人甲（RC-01）", kind="person").exists()
    assert by_id(report, "RC-25").case.participations.get(role="applicant").party.kind == "organisation"


EXPECTED = {
    ("RC-05", "R-APPLY"): Answer.YES,
    ("RC-29", "R-APPLY"): Answer.YES,  # the 60th day itself
    ("RC-45", "R-APPLY"): Answer.YES,  # the 60th day, a Sunday worked
    ("RC-01", "R-APPLY"): Answer.YES,  # in time from either of the two days
    ("RC-17", "R-APPLY"): Answer.OPEN,
    ("RC-19", "R-APPLY"): Answer.OPEN,
    ("RC-13", "R-ACC"): Answer.YES,
    ("RC-15", "R-ACC"): Answer.YES,
    ("RC-05", "R-ACC"): Answer.YES,
    ("RC-17", "R-ACC"): Answer.OPEN,
    ("RC-09", "R-REPLY"): Answer.STATED,
    ("RC-45", "R-DEC"): Answer.YES,
    ("RC-41", "R-DEC"): Answer.YES,  # published before the period ended
    ("RC-05", "R-DEC"): Answer.OPEN,
}


def test_what_can_be_computed_is_computed_and_says_why(report):
    assert {key: answer(report, *key) for key in EXPECTED} == EXPECTED
    text = report.text()
    assert text.count("\n") > 60 and "RC-45" in text
    for item in report.cases:
        for check in item.checks:
            assert str(check.why)
