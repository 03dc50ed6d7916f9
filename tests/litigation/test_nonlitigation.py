"""Non-litigation enforcement of an act: the demand letter's ten working days, the three months, the court's periods."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casemgr.actions.errors import GuardRefused, InvalidInput, WrongState
from casemgr.actions.perform import perform
from casemgr.operation.sweep import sweep
from litigation.models import Execution, Obligation
from tests.litigation.test_performance import lost, owe
from tests.support.litigation import Suit, agency_id, department, liaison

pytestmark = pytest.mark.django_db
COURT = "达拉特旗人民法院"
ENDED = date(2026, 6, 2)


def entries(**changes: Any) -> dict[str, Any]:
    return {
        "agency": agency_id(),
        "act_title": "行政处罚决定",
        "act_number": "达公行罚决字〔2025〕99号",
        "acted_on": date(2025, 11, 20),
        "matter": "penalty",
        "duty": "缴纳罚款2000元",
        "amount_yuan": "2000.00",
        "suing_ended_on": ENDED,
        "people": [{"name": "乌力吉", "role": "respondent", "is_another": "on"}],
        **changes,
    }


class Enforcement(Suit):
    """A file about the enforcement of an act."""

    def __init__(self, day: date, actor: Any = None, **changes: Any) -> None:
        self.day = day
        self.actor = actor or liaison()
        self.pk = perform("litigation.register_enforcement", None, entries(**changes), self.actor, day).pk


def applied() -> Enforcement:
    file = Enforcement(date(2026, 6, 10))
    file.on(date(2026, 6, 15)).act("demand_served", on=date(2026, 6, 15))
    file.on(date(2026, 7, 6)).act("apply_nonlitigation", on=date(2026, 7, 6), court=COURT)
    return file


def accepted() -> Enforcement:
    file = applied()
    file.on(date(2026, 7, 10)).act("nonlitigation_answer", on=date(2026, 7, 10), result="nonlitigation_accepted",
                                   court=COURT, court_number="（2026）内0621行审12号")  # fmt: skip
    return file


def test_the_three_months_run_from_the_end_of_the_period_to_sue():
    file = Enforcement(date(2026, 6, 10))
    assert file.state == "TO_PERFORM"
    assert file.due("L-NONLIT") == date(2026, 9, 2)
    assert file.case.next_due_on == date(2026, 9, 2)
    assert [part.get_role_display() for part in file.case.participations.order_by("role")] != []
    assert file.part("applicant").name == "达拉特旗公安局"


def test_trap_25_the_demand_letter_s_ten_days_are_working_days():
    file = Enforcement(date(2026, 6, 10))
    with pytest.raises(GuardRefused):
        file.act("apply_nonlitigation", on=date(2026, 6, 10), court=COURT)
    file.on(date(2026, 6, 15)).act("demand_served", on=date(2026, 6, 15))
    # 16, 17, 18 June, 22 to 26 (19 June is the Dragon Boat Festival), 29, 30
    assert file.due("L-NONLIT-DEMAND") == date(2026, 6, 30)
    with pytest.raises(GuardRefused):
        file.on(date(2026, 6, 30)).act("apply_nonlitigation", on=date(2026, 6, 30), court=COURT)
    assert sweep(date(2026, 7, 1)).errors == []
    assert file.status("L-NONLIT-DEMAND") in ("open", "lapsed")  # a time to wait: nobody is late
    file.on(date(2026, 7, 1)).act("apply_nonlitigation", on=date(2026, 7, 1), court=COURT)
    assert (file.status("L-NONLIT"), file.due("L-NONLIT-C-ACCEPT")) == ("met", date(2026, 7, 8))


def test_while_the_act_can_be_attacked_nothing_is_enforced():
    file = Enforcement(date(2026, 6, 10), suing_ended_on=None)
    file.on(date(2026, 6, 15)).act("demand_served", on=date(2026, 6, 15))
    with pytest.raises(GuardRefused):
        file.on(date(2026, 7, 6)).act("apply_nonlitigation", on=date(2026, 7, 6), court=COURT)
    file.act("suing_period_over", on=date(2026, 7, 1))
    file.act("apply_nonlitigation", on=date(2026, 7, 6), court=COURT)
    assert file.status("L-NONLIT") == "met"


def test_against_not_accepting_fifteen_days_to_the_court_above():
    file = applied()
    file.on(date(2026, 7, 13)).act("nonlitigation_answer", on=date(2026, 7, 13), result="nonlitigation_refused")
    assert file.due("L-NONLIT-C-OBJECT") == date(2026, 7, 28)
    file.on(date(2026, 7, 20)).act("nonlitigation_object", on=date(2026, 7, 20))
    assert (file.status("L-NONLIT-C-OBJECT"), file.due("L-NONLIT-C-UPPER")) == ("met", date(2026, 8, 4))


def test_allowed_it_is_executed_in_the_agency_s_favour_and_cleared():
    file = accepted()
    assert file.due("L-NONLIT-C-REVIEW") == date(2026, 7, 21)
    assert file.due("L-NONLIT-C-REVIEW-LONG") == date(2026, 8, 10)  # 9 August is a Sunday
    file.on(date(2026, 7, 20)).act("nonlitigation_ruled", on=date(2026, 7, 20), result="enforce")
    one = Obligation.objects.get()
    assert (file.state, one.amount_yuan, one.debtor.name) == ("TO_PERFORM", 2000, "乌力吉")
    assert file.due("L-ENF2Y") is None
    file.on(date(2026, 7, 28)).act("open_execution", on=date(2026, 7, 27), court=COURT,
                                   court_number="（2026）内0621执500号", obligations=[one.pk])  # fmt: skip
    assert (file.state, Execution.objects.get().direction) == ("ENFORCED", "non_litigation")
    file.on(date(2026, 8, 20)).act("execution_step", execution=Execution.objects.get().pk, kind="transfer",
                                   on=date(2026, 8, 20), amount_yuan="2000.00")  # fmt: skip
    assert file.state == "CLEARED"


def test_refused_it_can_be_objected_to_and_ends_without_enforcement():
    file = accepted()
    file.on(date(2026, 8, 3)).act("nonlitigation_ruled", on=date(2026, 8, 3), result="not_enforced")
    assert file.due("L-NONLIT-C-SERVE") == date(2026, 8, 10)
    file.on(date(2026, 8, 7)).act("nonlitigation_served", on=date(2026, 8, 7))
    assert file.due("L-NONLIT-C-OBJECT-ENFORCE") == date(2026, 8, 24)  # 22 August is a Saturday
    file.on(date(2026, 8, 14)).act("nonlitigation_object", on=date(2026, 8, 14))
    assert file.due("L-NONLIT-C-UPPER-ENFORCE") == date(2026, 9, 14)  # 13 September is a Sunday
    file.on(date(2026, 9, 20)).act("end_enforcement", on=date(2026, 9, 18), reason="上级法院维持不准予执行裁定")
    assert file.state == "NOTHING_TO_PERFORM"


def test_performed_after_the_demand_it_is_over():
    file = Enforcement(date(2026, 6, 10))
    file.on(date(2026, 6, 15)).act("demand_served", on=date(2026, 6, 15))
    file.on(date(2026, 6, 22)).act("act_performed", on=date(2026, 6, 22), proof="缴款书")
    assert (file.state, file.status("L-NONLIT"), file.status("L-NONLIT-DEMAND")) == ("CLEARED", "met", "met")


def test_a_department_enforces_its_own_acts_and_nobody_else_s(client):
    liaison()
    own, other = department(), department(at="150621-ZRJ")
    file = Enforcement(date(2026, 6, 10), own)
    file.on(date(2026, 6, 15)).act("demand_served", on=date(2026, 6, 15))
    with pytest.raises(InvalidInput):
        Enforcement(date(2026, 6, 10), other)
    client.force_login(own)
    assert client.get("/litigation/register/enforcement/").status_code == 200
    page = client.get(file.case.get_absolute_url()).content.decode()
    assert "乌力吉" in page


def test_the_steps_are_not_offered_in_a_suit():
    suit = lost()
    owe(suit, amount_yuan="500.00", due_on=date(2026, 10, 9))
    with pytest.raises(WrongState):
        suit.act("demand_served", on=date(2026, 9, 21))


def test_what_happens_in_suits_alone_is_not_offered_and_no_limit_to_sue_runs():
    file = Enforcement(date(2026, 6, 10))
    assert file.due("L-SUEMAX") is None
    with pytest.raises(WrongState):
        file.act("record_appeal", on=date(2026, 6, 10))
