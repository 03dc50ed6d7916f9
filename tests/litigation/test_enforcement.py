"""Execution by the court in both directions: what clears, and what never does."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from casemgr.actions.errors import InvalidInput
from casemgr.operation.sweep import sweep
from litigation.models import Execution, ExecutionStep, Instance, Obligation
from tests.litigation.test_performance import lost, owe
from tests.support.litigation import Suit

pytestmark = pytest.mark.django_db
COURT = "达拉特旗人民法院"


def executed() -> Suit:
    suit = lost()
    owe(suit, amount_yuan="1000.00", due_on=date(2026, 10, 9))
    sweep(date(2026, 10, 12))
    suit.on(date(2026, 11, 3)).act(
        "open_execution", on=date(2026, 11, 2), applied_on=date(2026, 10, 30), court=COURT,
        court_number="（2026）内0621执901号", obligations=[one.pk for one in Obligation.objects.all()],
        applicant=suit.part("applicant").pk, claimed_yuan="1000.00",
    )  # fmt: skip
    return suit


def step(suit: Suit, kind: str, on: date, **data: Any) -> ExecutionStep:
    last = Execution.objects.latest("pk")
    suit.on(max(on, suit.day)).act("execution_step", execution=last.pk, kind=kind, on=on, **data)
    return ExecutionStep.objects.latest("pk")


def test_an_execution_has_a_number_of_its_own_and_meets_the_two_years():
    suit = executed()
    assert suit.state == "ENFORCED"
    assert suit.status("L-ENF2Y") == "met"
    assert (suit.status("L-PERF"), suit.due("L-PERF")) == ("open", date(2026, 10, 9))
    instance = Instance.objects.get(level="execution")
    assert (instance.execution.direction, suit.case.facts.running_order) == ("agency_owes", 1)
    with pytest.raises(InvalidInput):
        suit.act("open_execution", on=date(2026, 11, 2), court=COURT, court_number="(2026)内0621执901号",
                 obligations=[Obligation.objects.get().pk])  # fmt: skip


def test_that_a_round_of_execution_ended_never_clears_and_it_is_resumed():
    suit = executed()
    step(suit, "ended_round", date(2026, 11, 20), text="（2026）内0621执901号之一裁定")
    assert (suit.state, suit.status("L-PERF")) == ("TO_PERFORM", "open")
    suit.on(date(2027, 2, 2)).act(
        "open_execution", on=date(2027, 2, 2), court=COURT, court_number="（2027）内0621执恢5号",
        obligations=[Obligation.objects.get().pk], resumes=Execution.objects.get().pk,
    )  # fmt: skip
    assert (suit.state, Execution.objects.latest("pk").in_instance.level) == ("ENFORCED", "resumed")
    step(suit, "closed", date(2027, 3, 1), text="结案通知书", is_performed="on")
    assert suit.state == "CLEARED"
    assert Obligation.objects.get().done_on == date(2027, 3, 1)


def test_a_settlement_in_execution_clears_nothing_by_itself():
    suit = executed()
    step(suit, "settlement", date(2026, 11, 10), text="分三期履行")
    assert suit.state == "ENFORCED"
    step(suit, "closed", date(2026, 11, 12), text="以执行和解结案")
    assert suit.state == "TO_PERFORM"


def test_what_is_transferred_pays_the_debt_and_interest_is_not_counted_on_it():
    suit = executed()
    step(suit, "transfer", date(2026, 11, 10), amount_yuan="420.00", interest_yuan="20.00")
    assert suit.state == "ENFORCED"
    assert Obligation.objects.get().performances.get().amount_yuan == Decimal("400.00")
    step(suit, "payment", date(2026, 11, 18), amount_yuan="600.00")
    assert suit.state == "CLEARED"
    taken = suit.case.steps_taken.latest("sequence")
    suit.act("cases.annul", taken=taken.pk, reason="登记错误")
    assert (suit.state, ExecutionStep.objects.count()) == ("ENFORCED", 1)
    assert Obligation.objects.get().performances.count() == 1


def test_the_daily_fine_is_fifty_to_a_hundred_yuan_on_the_head():
    suit = executed()
    for wrong in ({"daily_yuan": "49.99", "person": "白志刚"}, {"daily_yuan": "120", "person": "白志刚"},
                  {"daily_yuan": "80"}):  # fmt: skip
        with pytest.raises(InvalidInput):
            step(suit, "daily_fine", date(2026, 11, 10), days=7, **wrong)
    assert step(suit, "daily_fine", date(2026, 11, 10), daily_yuan="80", days=7, person="白志刚").amount_yuan == 560
    assert suit.state == "ENFORCED"


def test_listed_as_dishonest_debtor_and_removed():
    suit = executed()
    step(suit, "dishonest", date(2026, 11, 10), text="失信决定书")
    assert Execution.objects.get().is_listed
    step(suit, "dishonest_removed", date(2026, 11, 18), text="删除失信信息")
    assert not Execution.objects.get().is_listed


def test_an_execution_entered_by_mistake_frees_its_number():
    suit = executed()
    suit.act("remove_execution", execution=Execution.objects.get().pk, reason="案号写错")
    assert (suit.state, suit.status("L-ENF2Y")) == ("TO_PERFORM", "open")
    assert not Instance.objects.filter(level="execution").exists()


def test_where_the_agency_is_creditor_the_two_years_are_ours():
    suit = lost()
    owe(suit, debtor=suit.part("applicant").pk, creditor=suit.part("respondent").pk, amount_yuan="800.00",
        due_on=date(2026, 10, 9))  # fmt: skip
    sweep(date(2026, 10, 12))
    row = suit.case.deadlines.get(rule="L-ENF2Y")
    assert (row.is_ours, suit.case.deadlines.get(rule="L-PERF").is_ours) == (True, False)
    suit.on(date(2026, 11, 3)).act("open_execution", on=date(2026, 11, 2), court=COURT,
                                   court_number="（2026）内0621执77号",
                                   obligations=[Obligation.objects.get().pk])  # fmt: skip
    assert Execution.objects.get().direction == "agency_applies"
