"""Retrial: an application stops nothing, an order does unless the ruling leaves performance running (trap 24)."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.operation.sweep import sweep
from litigation.models import Instance
from litigation.terms import Level
from tests.litigation.test_performance import lost, owe, perform_it
from tests.support.litigation import Suit

pytestmark = pytest.mark.django_db


def owing() -> Suit:
    suit = lost()
    owe(suit, amount_yuan="1000.00", due_on=date(2026, 10, 9))
    return suit


def order_retrial(suit: Suit, **data: object) -> None:
    suit.on(date(2026, 12, 1)).act(
        "rule_on_retrial", ruling=suit.ruling.pk, on=date(2026, 12, 1), result="ordered", number="裁定", **data
    )


def retry(suit: Suit, outcome: str) -> None:
    suit.on(date(2026, 12, 10)).act(
        "open_instance", on=date(2026, 12, 8), court="鄂尔多斯市中级人民法院", court_number="（2026）内06行再3号"
    )
    suit.judge(date(2027, 1, 20), outcome, is_final="on")
    suit.serve(date(2027, 1, 25))


def test_trap_24_an_application_for_retrial_does_not_stop_performance():
    suit = owing()
    plaintiff = suit.part("applicant").party
    suit.on(date(2026, 10, 12)).act(
        "apply_retrial", ruling=suit.ruling.pk, party=plaintiff.pk, on=date(2026, 10, 12), ground="ordinary"
    )
    assert (suit.state, suit.status("L-PERF"), suit.status("L-RETRIAL")) == ("TO_PERFORM", "open", "met")
    agency = suit.part("respondent").party
    suit.on(date(2026, 10, 20)).act("retrial_received", ruling=suit.ruling.pk, party=agency.pk, on=date(2026, 10, 19))
    assert suit.due("L-RETRIAL-OP", agency) == date(2026, 11, 3)
    suit.on(date(2026, 11, 2)).act("retrial_opinion", ruling=suit.ruling.pk, party=agency.pk, on=date(2026, 11, 2))
    assert suit.status("L-RETRIAL-OP", agency) == "met"
    suit.act("retrial_filed", ruling=suit.ruling.pk, on=date(2026, 10, 16), court="内蒙古自治区高级人民法院",
             court_number="（2026）内行申88号")  # fmt: skip
    assert suit.due("L-RETRIAL-REV") == date(2027, 4, 16)
    assert Instance.objects.get(court_number="（2026）内行申88号").level == Level.RETRIAL_REVIEW
    assert suit.case.facts.running_order == 1
    suit.on(date(2026, 11, 20)).act("rule_on_retrial", ruling=suit.ruling.pk, on=date(2026, 11, 20), result="refused")
    assert (suit.state, suit.status("L-PERF"), suit.status("L-RETRIAL-REV")) == ("TO_PERFORM", "open", "met")


def test_trap_24_an_order_of_retrial_pauses_it_until_the_retrial_left_it_standing():
    suit = owing()
    sweep(date(2026, 10, 12))
    assert suit.due("L-ENF2Y") == date(2028, 10, 9)
    order_retrial(suit)
    assert (suit.state, suit.status("L-PERF")) == ("RETRIAL", "lapsed")
    assert suit.status("L-ENF2Y") == "paused"
    retry(suit, "upheld")
    assert (suit.state, suit.status("L-PERF"), suit.status("L-ENF2Y")) == ("TO_PERFORM", "open", "open")
    assert suit.due("L-PERF") == date(2026, 10, 9)
    assert suit.due("L-ENF2Y") == date(2028, 12, 4)  # 55 days did not run: 3 December 2028 is a Sunday


def test_trap_24_the_ruling_may_leave_it_running():
    suit = owing()
    order_retrial(suit, goes_on="on")
    assert (suit.state, suit.status("L-PERF")) == ("RETRIAL", "open")
    from litigation.models import Obligation

    perform_it(suit, Obligation.objects.get(), date(2026, 12, 3))
    assert (suit.state, suit.status("L-PERF")) == ("RETRIAL", "met_late")


def test_a_paper_annulled_in_the_retrial_asks_nothing_any_more():
    suit = owing()
    order_retrial(suit)
    retry(suit, "claim_rejected")
    assert suit.state == "NOTHING_TO_PERFORM"
    assert suit.due("L-PERF") is None


def test_a_protest_gives_the_court_thirty_days_and_a_suggestion_three_months():
    suit = owing()
    paper = {"ruling": suit.ruling.pk, "procuratorate": "鄂尔多斯市人民检察院 鄂检行抗〔2026〕1号"}
    suit.on(date(2026, 11, 5)).act("record_protest", on=date(2026, 11, 5), kind="protest_received", **paper)
    assert suit.due("L-PROTEST-ORDER") == date(2026, 12, 7)  # 5 December is a Saturday
    suit.act("record_protest", on=date(2026, 10, 20), kind="retrial_suggestion_received", **paper)
    assert suit.due("L-PROTEST-SUGGESTION") == date(2027, 1, 20)
    order_retrial(suit)
    assert suit.status("L-PROTEST-ORDER") == "met"


def test_six_months_from_effect_and_late_is_said():
    suit = owing()
    assert suit.due("L-RETRIAL") == date(2027, 3, 17)
    plaintiff = suit.part("applicant").party
    suit.on(date(2027, 3, 20)).act(
        "apply_retrial", ruling=suit.ruling.pk, party=plaintiff.pk, on=date(2027, 3, 20), sent_on=date(2027, 3, 18),
        ground="new_evidence", known_on=date(2027, 2, 1),
    )  # fmt: skip
    assert suit.status("L-RETRIAL") == "met_late"
