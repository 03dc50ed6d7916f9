"""Suspension, excluded time, another procedure, and the defences the file points to."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.actions.errors import GuardRefused
from litigation.defences import Defence, proposals
from tests.support.litigation import Suit, agency_id

pytestmark = pytest.mark.django_db
FILED = date(2026, 6, 1)


def filed(**changes) -> Suit:
    agencies = [{"known_party": agency_id(), "received_on": date(2026, 6, 4)}]
    return Suit(date(2026, 6, 5), sued_on=date(2026, 5, 27), filed_on=FILED, agencies=agencies, **changes)


def test_the_suit_rests_and_goes_on_where_it_stood():
    suit = filed()
    suit.on(date(2026, 6, 10)).act("answer", party=suit.part("respondent").party_id, on=date(2026, 6, 10))
    assert suit.due("L-TRIAL") == date(2026, 12, 1)
    suit.on(date(2026, 7, 1)).act("suspend", on=date(2026, 7, 1), ground="death")
    assert (suit.state, suit.status("L-TRIAL")) == ("SUSPENDED", "paused")
    assert suit.due("L-SUSP90") == date(2026, 9, 29)  # ninety days, where reconsideration has sixty
    suit.on(date(2026, 7, 31)).act("resume", on=date(2026, 7, 31))
    assert suit.state == "ANSWERED"
    assert suit.due("L-TRIAL") > date(2026, 12, 1)


def test_only_three_grounds_end_the_suit_after_ninety_days():
    suit = filed()
    suit.on(date(2026, 7, 1)).act("suspend", on=date(2026, 7, 1), ground="other_case")
    assert suit.due("L-SUSP90") is None


def test_forty_five_days_in_the_simplified_procedure_six_months_after_the_change():
    suit = filed(track="simplified")
    assert (suit.due("L-TRIAL-S"), suit.due("L-TRIAL")) == (date(2026, 7, 16), None)
    suit.on(date(2026, 7, 10)).act("change_track", on=date(2026, 7, 10), track="ordinary")
    assert (suit.due("L-TRIAL-S"), suit.due("L-TRIAL")) == (None, date(2026, 12, 1))


def test_time_of_an_appraisal_does_not_count_and_counts_again_only_once():
    suit = filed()
    suit.on(date(2026, 7, 1)).act("exclude_from", on=date(2026, 7, 1), ground="appraisal")
    assert suit.status("L-TRIAL") == "paused"
    suit.on(date(2026, 7, 21)).act("exclude_until", on=date(2026, 7, 21))
    assert suit.due("L-TRIAL") > date(2026, 12, 1)
    with pytest.raises(GuardRefused):
        suit.act("exclude_until", on=date(2026, 7, 21))


def test_a_late_suit_and_a_missing_reconsideration_are_pointed_to_and_nothing_more():
    late = Suit(date(2026, 9, 20), acted_on=date(2026, 1, 5), known_on=date(2026, 1, 6), sued_on=date(2026, 9, 4))
    assert [one.code for one in proposals(late.case, late.case.deadlines.all())] == [Defence.LATE]
    silent = Suit(date(2026, 6, 5), matter="omission", act_title="不履行查处职责")
    assert [one.code for one in proposals(silent.case, silent.case.deadlines.all())] == [Defence.RECONSIDERATION_FIRST]
    after = Suit(
        date(2026, 6, 5), matter="omission", act_title="不履行查处职责", after_reconsideration="claim_rejected",
        agencies=[{"known_party": agency_id()},
                  {"known_party": agency_id("达拉特旗人民政府"), "deed": "reconsidered", "role": "co_defendant"}],
    )  # fmt: skip
    assert proposals(after.case, after.case.deadlines.all()) == []
    silent.act("examine_defences", raised=["first"], note="未经复议")
    assert silent.case.facts.defences["raised"] == ["first"]
