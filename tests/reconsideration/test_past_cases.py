"""A case of the past: gaps stay gaps, months stay months, contradictions are refused."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from casemgr.actions.errors import InvalidInput
from casemgr.actions.perform import perform
from casemgr.cases.models import Case
from reconsideration.registration.past import REACHED
from reconsideration.states import STATES

pytestmark = pytest.mark.django_db


@pytest.fixture
def past(agency):
    return {
        "number": "达政复字〔2019〕4号",
        "people": [{"kind": "person", "name": "赵六", "identity_kind": "NONE", "identity_note": "旧卷未载"}],
        "respondents": [agency.pk],
        "act_title": "行政处罚决定",
        "happened": [
            {"kind": "received", "on": "2019-03"},
            {"kind": "accepted", "on": "2019-03-12"},
            {"kind": "decided", "on": "04-30(年份未示)"},
        ],
    }


@pytest.fixture
def record(officer, today):
    def run(data, **changes):
        return perform("reconsideration.record_past_case", None, data | changes, officer, today)

    return run


def test_days_are_kept_as_precisely_as_they_are_known(record, past):
    case = record(past)
    received, accepted, decided = case.events.order_by("sequence")
    assert (received.precision, received.as_written) == ("month", "2019-03")
    assert (accepted.precision, accepted.occurred_on) == ("day", date(2019, 3, 12))
    assert (decided.precision, decided.occurred_on, decided.as_written) == ("unknown", None, "04-30(年份未示)")
    assert (case.state, case.law_version, case.opened_on) == ("DECIDED", "2017", None)
    assert (case.number_year, case.number_sequence) == (2019, 4)
    assert not case.deadlines.exists()


def test_the_state_is_the_last_that_is_known(record, past):
    case = record(past, happened=past["happened"][:2])
    assert case.state == "ACCEPTED"
    assert {state for _kind, state in REACHED} <= {state.code for state in STATES}


@pytest.mark.parametrize(
    ("happened", "field", "words"),
    [
        ([{"kind": "received", "on": "2099-01-01"}], "happened-0-on", "future"),
        ([{"kind": "received", "on": "2019-13"}], "happened-0-on", "not a month"),
        ([{"kind": "received", "on": "2019-02-30"}], "happened-0-on", "not a day"),
        ([{"kind": "accepted", "on": "2019-03-12"}], None, "received"),
        (
            [
                {"kind": "received", "on": "2019-03-01"},
                {"kind": "accepted", "on": "2019-03-12"},
                {"kind": "decided", "on": "2019-03-02"},
            ],
            "happened-2-on",
            "lies before",
        ),
    ],
)
def test_impossible_days_are_refused(record, past, happened, field, words):
    with translation.override("en"), pytest.raises(InvalidInput) as caught:
        record(past, happened=happened)
    assert any(words in str(r.message) for r in caught.value.refusals if r.field == field)
    assert not Case.objects.exists()
