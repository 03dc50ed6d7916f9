"""When an agreement takes effect (art. 29, 30), and that the thirty days for confirmation hang on that day."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation.agreements.effect import Act, Acts, Rule, effect_of
from tests.support.agreements import Table, refused

pytestmark = pytest.mark.django_db
DATA = Path(__file__).resolve().parents[2] / "data" / "mediation-and-registry-vectors.json"
VECTORS = json.loads(DATA.read_text(encoding="utf-8"))
DAY = date(2026, 11, 2)
days = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@given(signatures=st.lists(days, min_size=2, max_size=6), mediator=days, seal=days)
def test_an_ordinary_agreement_takes_effect_with_the_last_of_its_acts(signatures, mediator, seal) -> None:
    signed = dict(enumerate(signatures))
    effect = effect_of(Acts(Rule.ORDINARY, signed, mediator, seal))
    assert effect.on == max(*signatures, mediator, seal)
    assert (Act.SEAL in effect.last) == (seal == effect.on)


@given(signatures=st.lists(days, min_size=2, max_size=6), mediator=st.none() | days, seal=st.none() | days)
def test_by_the_courts_rules_the_last_signature_alone_counts(signatures, mediator, seal) -> None:
    for rule in (Rule.PLATFORM, Rule.COURT):
        effect = effect_of(Acts(rule, dict(enumerate(signatures)), mediator, seal))
        assert effect.on == max(signatures)
        assert (Act.SEAL in effect.to_be_added) == (seal is None)


@given(
    signatures=st.lists(st.none() | days, max_size=4),
    mediator=st.none() | days,
    seal=st.none() | days,
    rule=st.sampled_from(Rule.values),
)
def test_what_is_missing_keeps_it_out_of_effect(signatures, mediator, seal, rule) -> None:
    effect = effect_of(Acts(rule, dict(enumerate(signatures)), mediator, seal, agreed_on=None))
    assert (effect.on is None) == bool(effect.missing)


def test_the_last_act_brings_the_case_to_agreed() -> None:
    table = Table(DAY)
    table.write()
    table.on(date(2026, 11, 3)).sign("applicant")
    table.on(date(2026, 11, 5)).sign("respondent")
    table.on(date(2026, 11, 4)).act("mediator_signs", name="刘根喜")
    assert table.state == "MEDIATING"
    table.on(date(2026, 11, 6)).seal()
    assert (table.state, table.agreement.effective_on) == ("AGREED_W", date(2026, 11, 6))
    facts = {event.kind: event.occurred_on for event in table.case.events.all()}
    assert facts["agreed"] == date(2026, 11, 5)  # the mediation ended with the last party's signature
    assert table.agreement.number == f"{table.case.number}-1"


@pytest.mark.parametrize(
    ("facts", "rule", "on"),
    [
        ({}, "ordinary", date(2026, 11, 6)),
        ({"court_track": "delegated", "source": "referred"}, "court", date(2026, 11, 4)),
        ({"court_track": "entrusted_ordinary", "source": "referred"}, "ordinary", date(2026, 11, 6)),
        ({"court_track": "delegated", "on_platform": True, "source": "referred"}, "platform", date(2026, 11, 4)),
    ],
)
def test_the_effect_follows_the_rule_of_its_way(facts, rule, on) -> None:
    table = Table(DAY, **facts)
    kind = "electronic" if rule == "platform" else "signature"
    table.write()
    table.sign("applicant", kind=kind)
    table.on(date(2026, 11, 4)).sign("respondent", kind=kind)
    table.on(date(2026, 11, 5)).act("mediator_signs", name="刘根喜")
    table.on(date(2026, 11, 6)).seal()
    assert (table.agreement.rule, table.agreement.effective_on) == (rule, on)


@pytest.mark.parametrize(
    ("effective", "due"),
    [
        *((row["effective"], row["due"]) for row in VECTORS["deadline_30d_roll"]),
        *((row["effective"], row["due"]) for row in VECTORS["deadline_unknown_calendar"]),
    ],
)
def test_trap_02_confirmation_counted_from_effect(effective, due) -> None:
    on = date.fromisoformat(effective)
    table = Table(on - timedelta(days=20))
    table.write()
    table.sign_all()
    table.on(on).seal()
    row = table.case.deadlines.get(rule="M-CONF")
    assert row.due_on == date.fromisoformat(due)
    assert row.calendar_status == ("estimated" if due.startswith("2027") else "published")


def test_trap_10_after_filing_no_clock_for_confirmation_runs() -> None:
    table = Table(DAY, source="referred", court_track="entrusted_summary")
    table.agree()
    assert table.state == "AGREED_W"
    assert table.deadline("M-CONF") is None


def test_a_corrected_day_moves_the_effect_and_its_deadlines() -> None:
    table = Table(DAY)
    table.agree()
    assert table.deadline("M-CONF") == (date(2026, 12, 2), "open")
    table.on(date(2026, 11, 10)).correct("agreement_sealed", date(2026, 11, 9))
    assert table.agreement.effective_on == date(2026, 11, 9)
    assert table.deadline("M-CONF") == (date(2026, 12, 9), "open")
    table.correct("agreement_sealed", DAY)
    assert table.deadline("M-CONF") == (date(2026, 12, 2), "open")


def test_the_day_of_the_effect_itself_cannot_be_corrected() -> None:
    table = Table(DAY)
    table.agree()
    table.day = date(2026, 11, 10)
    assert refused(table.correct, "agreement_effective", date(2026, 11, 5)) == {("computed-day", "")}
    assert table.agreement.effective_on == DAY


def test_an_annulled_seal_takes_the_effect_with_it() -> None:
    table = Table(DAY)
    table.agree(table.pay("800", due_on="2026-12-01"))
    assert table.state == "TRACKING"
    table.annul("seal_agreement")
    assert (table.state, table.agreement.effective_on, table.agreement.status) == ("MEDIATING", None, "draft")
    assert table.deadline("M-CONF") is None
    table.on(date(2026, 11, 4)).seal()
    assert (table.state, table.agreement.effective_on) == ("TRACKING", date(2026, 11, 4))


def test_an_annulled_text_leaves_nothing_behind() -> None:
    table = Table(DAY)
    table.write(table.pay("800", due_on="2026-12-01"))
    table.annul("write_agreement")
    assert table.agreement is None
    table.write()
    assert table.agreement.number.endswith("-1")
