"""A clear refusal bars later sessions and agreements until that party agrees again (Mediation Law, art. 17, 23)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mediation.models import Consent
from mediation.registration.entering import note_consent
from tests.support.agreements import Table, refused
from tests.support.mediation import accepted, mediating, session, start

pytestmark = pytest.mark.django_db
BEGUN, REFUSED, NEXT = date(2026, 11, 2), date(2026, 11, 5), date(2026, 11, 6)
BARRED = {("mediation-refused", "17、23")}
ORAL = {"content": "双方当场和解。", "no_document_wanted": "on"}


@pytest.fixture
def table() -> Table:
    """A mediation whose respondent refused on the third day."""
    made = Table(BEGUN)
    made.pk = mediating(BEGUN, by=made.mediator).pk
    made.on(REFUSED)
    answer(made, "refused")
    return made


def answer(table: Table, said: str) -> None:
    table.act("ask_consent", party=table.part("respondent").party_id, answer=said, how="电话")


def hold(table: Table, on: date) -> None:
    session(table.case, table.mediator, on, NEXT)


def test_no_session_is_held_after_a_refusal_but_earlier_ones_are_recorded_late(table) -> None:
    assert refused(hold, table, NEXT) == BARRED
    hold(table, REFUSED - timedelta(days=1))
    hold(table, REFUSED)  # the one in which it was said
    assert table.case.mediation_sessions.count() == 2


def test_no_agreement_is_made_from_the_refusal_on(table) -> None:
    for day in (REFUSED, NEXT):
        table.on(day)
        assert refused(table.write, table.pay("100", due_on="2026-12-01")) == BARRED
        assert refused(table.act, "agree_orally", **ORAL) == BARRED
    table.act("agree_orally", **ORAL | {"on": (REFUSED - timedelta(days=1)).isoformat()})
    assert table.state == "AGREED_O"


def test_asking_again_takes_nothing_back_and_a_new_consent_does(table) -> None:
    table.on(NEXT)
    answer(table, "pending")
    assert refused(hold, table, NEXT) == BARRED
    answer(table, "agreed")
    hold(table, NEXT)
    table.act("agree_orally", **ORAL)
    assert table.state == "AGREED_O"


def test_a_text_is_not_moved_behind_the_refusal(table) -> None:
    table.write(table.pay("100", due_on="2026-12-01"), on=BEGUN.isoformat())
    table.on(NEXT)
    text = {"content": "改为二百元。", "obligations": [table.pay("200", due_on="2026-12-01")]}
    assert refused(table.act, "change_agreement", **text) == BARRED


def consent(table: Table, role: str, said: str) -> None:
    table.act("ask_consent", party=table.part(role).party_id, answer=said, how="电话")


def begin(table: Table) -> None:
    start(table.case, table.mediator, table.day)


def before_begin() -> Table:
    """Taken on, not begun yet; rights told and a mediator chosen."""
    table = Table(BEGUN)
    table.pk = accepted(BEGUN, BEGUN, handler=table.mediator).pk
    return table.on(REFUSED)


@pytest.mark.parametrize("others", [("applicant", "agreed"), ("respondent", "pending"), ("applicant", "pending")])
def test_mediation_does_not_begin_while_one_refuses_whatever_was_entered_since(others) -> None:
    table = before_begin()
    consent(table, "respondent", "refused")
    assert ("mediation-refused", "17") in refused(begin, table)
    table.on(NEXT)
    consent(table, *others)
    assert ("mediation-refused", "17") in refused(begin, table)
    consent(table, "respondent", "agreed")
    begin(table)
    assert table.state == "MEDIATING"


def test_a_refusal_entered_with_the_party_is_not_taken_back_by_another_question() -> None:
    table = before_begin()
    note_consent(table.part("respondent"), "refused", BEGUN, how="登记时")
    table.on(NEXT)
    consent(table, "respondent", "pending")
    assert ("mediation-refused", "17") in refused(begin, table)
    assert Consent.objects.get(participation=table.part("respondent")).answer == "refused"


def drafted() -> Table:
    """A text written on the first day; the respondent refuses on the fourth."""
    table = Table(BEGUN)
    table.write(table.pay("100", due_on="2026-12-01"))
    table.on(REFUSED)
    consent(table, "respondent", "refused")
    return table.on(NEXT)


@pytest.mark.parametrize("role", ["applicant", "respondent"])
def test_a_text_of_before_is_not_signed_after_a_refusal_until_the_party_agrees_again(role) -> None:
    table = drafted()
    assert refused(table.sign, role) == BARRED
    assert refused(table.act, "mediator_signs", name="刘根喜") == BARRED
    consent(table, "respondent", "agreed")
    table.sign_all()
    table.seal()
    assert table.state == "TRACKING"


def test_a_signature_given_before_the_refusal_is_recorded_late() -> None:
    table = drafted()
    table.sign("applicant", on=BEGUN.isoformat())
    assert refused(table.sign, "respondent", on=REFUSED.isoformat()) == BARRED


def test_no_seal_brings_into_effect_what_a_party_refused_meanwhile() -> None:
    table = Table(BEGUN)
    table.write(table.pay("100", due_on="2026-12-01"))
    table.sign_all()
    table.on(REFUSED)
    consent(table, "applicant", "refused")
    table.on(NEXT)
    assert refused(table.seal) == BARRED
    table.act("seal_agreement", by=table.keeper, on=BEGUN.isoformat())
    assert table.state == "TRACKING"
