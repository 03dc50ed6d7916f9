"""A clear refusal bars later sessions and agreements until that party agrees again (Mediation Law, art. 17, 23)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.support.agreements import Table, refused
from tests.support.mediation import mediating, session

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
