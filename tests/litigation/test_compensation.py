"""State compensation: request, decision, suit, and payment by the finance department."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.actions.errors import InvalidInput
from casemgr.operation.sweep import sweep
from tests.litigation.test_performance import lost, owe
from tests.support.litigation import Suit, agency_id

pytestmark = pytest.mark.django_db


def test_two_months_to_decide_ten_days_to_serve_and_three_months_to_sue():
    suit = Suit(date(2026, 6, 5))
    asked = {"party": agency_id(), "step": "compensation_asked"}
    suit.on(date(2026, 6, 10)).act("record_compensation", on=date(2026, 6, 10), **asked)
    assert suit.due("L-COMP-DECIDE") == date(2026, 8, 10)
    sweep(date(2026, 8, 11))
    suit.on(date(2026, 8, 12)).act("record_compensation", party=agency_id(), step="compensation_decided",
                                   on=date(2026, 8, 12))  # fmt: skip
    assert (suit.status("L-COMP-DECIDE"), suit.due("L-COMP-SERVE")) == ("met_late", date(2026, 8, 24))
    assert suit.due("L-COMP-SUE-DECISION") == date(2026, 11, 12)


def test_a_decision_without_a_request_is_refused():
    suit = Suit(date(2026, 6, 5))
    with pytest.raises(InvalidInput):
        suit.act("record_compensation", party=agency_id(), step="compensation_decided", on=date(2026, 6, 5))


def test_sent_to_the_finance_department_is_not_paid():
    suit = lost()
    one = owe(suit, amount_yuan="3000.00", due_on=date(2026, 10, 30))
    suit.on(date(2026, 10, 12)).act("record_payment", obligation=one.pk, step="payment_asked", on=date(2026, 10, 12))
    assert suit.due("L-COMP-PAY-FILE") == date(2026, 10, 19)
    suit.on(date(2026, 10, 14)).act("record_payment", obligation=one.pk, step="payment_filed", on=date(2026, 10, 14))
    assert (suit.status("L-COMP-PAY-FILE"), suit.due("L-COMP-PAY-FINANCE")) == ("met", date(2026, 10, 29))
    assert suit.state == "TO_PERFORM"
    suit.on(date(2026, 10, 28)).act("record_payment", obligation=one.pk, step="paid", on=date(2026, 10, 28),
                                    proof="国库集中支付凭证")  # fmt: skip
    assert (suit.state, suit.status("L-COMP-PAY-FINANCE"), suit.status("L-PERF")) == ("CLEARED", "met", "met")
