"""The published mediation files come in as far as their facts reach, and no further."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from django.utils import translation

from casemgr.cases.models import Case, Deadline, Event
from casemgr.ledgers.actor import LedgerActor
from mediation.models import Agreement
from mediation.past_cases import REAL_CASES, load_real_cases
from mediation.past_source import KINDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def real(db, today):
    with translation.override("en"):
        found = load_real_cases(REAL_CASES, LedgerActor(), today)
        assert all(is_new for _case, is_new in found.values())
        yield {mark: case for mark, (case, _new) in found.items()}


def test_the_thirteen_files_come_in_once_and_nothing_is_invented(real, today) -> None:
    assert len(real) == Case.objects.count() == 13
    assert not any(is_new for _case, is_new in load_real_cases(REAL_CASES, LedgerActor(), today).values())
    text = REAL_CASES.read_text()
    for event in Event.objects.exclude(occurred_on=None):
        assert f"{event.occurred_on:%Y-%m-%d}" in text or f"{event.occurred_on:%Y-%m}" in text
    assert not Deadline.objects.exists()
    assert not Agreement.objects.exists()
    assert not Case.objects.exclude(next_due_on=None).exists()


def test_each_stands_where_its_last_known_fact_leaves_it(real) -> None:
    assert Counter(case.state for case in real.values()) == {
        "AGREED_W": 2,  # MC-01 in writing, MC-03 signed
        "TRACKING": 7,  # agreed, whether in writing is not told
        "REGISTERED": 3,  # how it ended is not told
        "FAILED": 1,  # MC-07: the committee failed, the court went on
    }
    assert real["MC-07"].facts.amount_yuan is None  # the court's sum is not the committee's
    assert real["MC-13"].events.get(kind="application_received").precision == Event.Precision.MONTH
    assert real["MC-13"].facts.claims == "要求支付300000元"


def test_a_day_without_its_year_stays_in_the_words_of_the_source(real) -> None:
    sessions = real["MC-09"].events.filter(kind="session_held").order_by("pk")
    assert [(event.occurred_on, event.as_written) for event in sessions] == [
        (None, f"08-{day}(年份未示)") for day in (12, 13, 14)
    ]
    late = real["MC-19"]
    assert "2020-09-10" in late.facts.source_note
    assert [late.events.get(kind=kind).occurred_on.isoformat() for kind in ("performed", "visited")] == [
        "2020-11-06",
        "2020-11-09",
    ]


def test_people_are_counted_as_people_and_sums_kept_as_approximate(real) -> None:
    assert real["MC-21"].facts.people == 142
    assert real["MC-21"].facts.amount_is_approximate
    assert real["MC-21"].facts.amount_yuan == Decimal("3000000")


def test_only_what_a_committee_led_counts_as_peoples_mediation(real) -> None:
    marked = {mark for mark, case in real.items() if set(case.facts.tags) & set(KINDS.values())}
    assert marked == {"MC-05", "MC-07", "MC-17", "MC-19", "MC-21", "MC-23", "MC-25"}
