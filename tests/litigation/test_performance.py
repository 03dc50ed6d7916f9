"""What an effective paper asks, what is done of it, and every clock that hangs on it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from casemgr.actions.errors import GuardRefused, InvalidInput
from casemgr.cases.models import Deadline
from casemgr.operation.sweep import sweep
from litigation.models import Obligation, Performed
from litigation.performance_sections import performance_section
from tests.support.litigation import Suit

pytestmark = pytest.mark.django_db
MADE = date(2026, 9, 1)


def lost(outcome: str = "payment", served: date = MADE, **changes: Any) -> Suit:
    """Judged against the bureau, effective sixteen days after service on everybody."""
    suit = Suit(date(2026, 6, 5), **changes)
    suit.on(date(2026, 6, 10)).act("answer", party=suit.part("respondent").party_id, on=date(2026, 6, 10))
    suit.judge(MADE, outcome)
    suit.serve(served)
    sweep(date(2026, 9, 20))
    return suit.on(date(2026, 9, 21))


def owe(suit: Suit, **row: Any) -> Obligation:
    """The bureau owes the plaintiff something."""
    kept = {
        "debtor": suit.part("respondent").pk,
        "creditor": suit.part("applicant").pk,
        "kind": "pay",
        "text": "返还罚款",
        **row,
    }
    suit.act("open_performance", ruling=suit.ruling.pk, obligations=[kept])
    return Obligation.objects.filter(ruling__in_instance__case_id=suit.pk).latest("order")


def perform_it(suit: Suit, one: Obligation, on: date, **data: Any) -> None:
    suit.on(max(on, suit.day)).act("record_performance", obligation=one.pk, on=on, proof="转账凭证", **data)


def test_the_term_named_by_the_paper_is_a_deadline_of_ours():
    suit = lost()
    assert suit.state == "EFFECTIVE"
    owe(suit, amount_yuan="500.00", due_on=date(2026, 10, 5))  # within the holiday: the paper's day does not roll
    assert suit.state == "TO_PERFORM"
    assert suit.due("L-PERF") == date(2026, 10, 5)
    row = Deadline.objects.get(case_id=suit.pk, rule="L-PERF")
    assert (row.is_ours, row.party) == (True, suit.part("respondent").party)
    assert suit.case.next_due_on == date(2026, 10, 5)
    assert suit.case.events.get(kind="performance_term_set").data["planned_on"] == "2026-10-05"


def test_a_term_after_effect_is_counted_from_the_effective_day_and_rolls():
    suit = lost()
    one = owe(suit, amount_yuan="500.00", term_length=15)  # effective 17 September + 15 = 2 October
    assert one.due_on == date(2026, 10, 8)
    assert suit.due("L-PERF") == date(2026, 10, 8)
    months = owe(suit, kind="redo", text="重新作出处理决定", term_length=2, term_unit="months")
    assert months.due_on == date(2026, 11, 17)


def test_a_past_day_of_service_moves_effect_term_and_the_two_years():
    suit = lost()
    one = owe(suit, amount_yuan="500.00", term_length=30)
    assert (one.due_on, suit.due("L-ENF2Y")) == (date(2026, 10, 19), None)  # 17 October is a Saturday
    assert sweep(date(2026, 10, 19)).errors == []
    assert suit.due("L-ENF2Y") is None
    assert sweep(date(2026, 10, 20)).errors == []
    one.refresh_from_db()
    assert (one.enforceable_from, suit.due("L-ENF2Y")) == (date(2026, 10, 19), date(2028, 10, 19))
    # the slip found later: the plaintiff received it on 8 September, so that it binds from 24 September
    suit.on(date(2026, 11, 20)).correct("judgment_served", date(2026, 9, 8), suit.part("applicant").party)
    one.refresh_from_db()
    assert suit.ruling.effective_on == date(2026, 9, 24)
    assert one.due_on == date(2026, 10, 26)  # 24 October is a Saturday
    assert suit.due("L-PERF") == date(2026, 10, 26)
    assert suit.due("L-ENF2Y") == date(2028, 10, 26)
    term = suit.case.events.get(kind="performance_term_set")
    assert term.corrections.latest("pk").occurred_on == date(2026, 9, 24)  # both versions stay


def test_where_the_slip_shows_that_it_does_not_bind_nothing_is_owed_yet():
    suit = lost()
    one = owe(suit, amount_yuan="500.00", term_length=3)
    suit.on(date(2026, 9, 24)).correct("judgment_served", date(2026, 9, 18), suit.part("applicant").party)
    one.refresh_from_db()
    assert (suit.state, one.due_on, suit.due("L-PERF")) == ("JUDGED", None, None)
    sweep(date(2026, 10, 9))  # fifteen days from 18 September end on 8 October
    one.refresh_from_db()
    assert (suit.state, one.due_on) == ("TO_PERFORM", date(2026, 10, 12))
    assert suit.due("L-PERF") == date(2026, 10, 12)


def test_instalments_are_exact_and_each_has_its_own_two_years():
    suit = lost()
    owe(suit, amount_yuan="1000.00", due_on=date(2026, 10, 10), instalments=3)
    rows = list(Obligation.objects.order_by("order"))
    assert [one.amount_yuan for one in rows] == [Decimal("333.33"), Decimal("333.33"), Decimal("333.34")]
    sweep(date(2026, 11, 12))
    due = Deadline.objects.filter(rule="L-ENF2Y").order_by("due_on").values_list("due_on", flat=True)
    assert list(due) == [date(2028, 10, 10), date(2028, 11, 10)]


def test_without_a_term_an_administrative_paper_counts_from_service():
    suit = lost(served=date(2026, 9, 3))
    owe(suit, kind="perform", text="履行法定职责")
    assert suit.due("L-PERF") is None
    assert suit.due("L-ENF2Y") == date(2028, 9, 4)  # 3 September 2028 is a Sunday


def test_a_civil_paper_counts_from_the_last_instalment_or_from_effect():
    suit = lost(court_number="（2026）内0621民初7号", number_checked="on")
    owe(suit, amount_yuan="1000.00", due_on=date(2026, 10, 10), instalments=2)
    sweep(date(2026, 10, 20))
    assert suit.due("L-ENF2Y") is None
    sweep(date(2026, 11, 12))
    due = Deadline.objects.filter(rule="L-ENF2Y").values_list("due_on", flat=True)
    assert set(due) == {date(2028, 11, 10)}
    suit.on(date(2026, 11, 12))
    owe(suit, kind="return", text="返还车辆")
    assert suit.due("L-ENF2Y") == date(2028, 9, 18)  # effective 17 September; in 2028 a Sunday


def test_disclosure_has_twenty_working_days():
    suit = lost("duty")
    owe(suit, kind="disclose", text="公开征收补偿标准")
    # from 17 September: 25 September and 1 to 7 October are holidays, 20 September and 10 October are worked
    assert suit.due("L-PERF-INFO") == suit_disclosure_day()
    assert suit.due("L-PERF") is None


def suit_disclosure_day() -> date:
    from casemgr.calendar.current import current_calendar

    return current_calendar().add_working_days(date(2026, 9, 17), 20)


def test_partial_payment_is_no_performance_and_the_rest_is():
    suit = lost()
    one = owe(suit, amount_yuan="1000.00", due_on=date(2026, 10, 9))
    perform_it(suit, one, date(2026, 9, 28), amount_yuan="400.00")
    assert (suit.state, suit.status("L-PERF")) == ("TO_PERFORM", "open")
    with pytest.raises(InvalidInput):
        perform_it(suit, one, date(2026, 10, 9), amount_yuan="600.01")
    perform_it(suit, one, date(2026, 10, 9))
    one.refresh_from_db()
    assert (suit.state, one.done_on) == ("CLEARED", date(2026, 10, 9))
    assert suit.status("L-PERF") == "met"
    assert suit.due("L-ENF2Y") is None


def test_performed_late_meets_the_two_years_and_the_agency_s_duty_never_ended():
    suit = lost()
    one = owe(suit, amount_yuan="1000.00", due_on=date(2026, 10, 9))
    sweep(date(2028, 10, 20))
    assert (suit.status("L-ENF2Y"), suit.state) == ("open", "TO_PERFORM")
    perform_it(suit, one, date(2028, 10, 20))
    assert (suit.status("L-PERF"), suit.status("L-ENF2Y"), suit.state) == ("met_late", "met_late", "CLEARED")


def test_a_new_act_that_repeats_the_old_one_is_no_performance():
    suit = lost("annulled_redo")
    one = owe(suit, kind="redo", text="重新作出处罚决定", due_on=date(2026, 11, 17))
    perform_it(suit, one, date(2026, 10, 20), is_same_act=True)
    assert suit.state == "TO_PERFORM"
    perform_it(suit, one, date(2026, 11, 2))
    assert suit.state == "CLEARED"


def test_found_false_it_is_owed_again():
    suit = lost()
    one = owe(suit, amount_yuan="1000.00", due_on=date(2026, 10, 9))
    perform_it(suit, one, date(2026, 10, 8))
    assert suit.state == "CLEARED"
    suit.on(date(2026, 11, 3)).act("deny_performance", performance=Performed.objects.get().pk, on=date(2026, 11, 2),
                                   reason="银行退汇")  # fmt: skip
    assert (suit.state, suit.status("L-PERF")) == ("TO_PERFORM", "open")
    assert suit.due("L-ENF2Y") == date(2028, 10, 9)
    perform_it(suit, one, date(2026, 11, 6))
    assert (suit.state, suit.status("L-PERF")) == ("CLEARED", "met_late")


def test_annulling_a_performance_brings_the_debt_back():
    suit = lost()
    one = owe(suit, amount_yuan="1000.00", due_on=date(2026, 10, 9))
    perform_it(suit, one, date(2026, 9, 28))
    assert suit.state == "CLEARED"
    step = suit.case.steps_taken.latest("sequence")
    suit.act("cases.annul", taken=step.pk, reason="登记错误")
    assert (suit.state, Performed.objects.count()) == ("TO_PERFORM", 0)
    assert suit.status("L-PERF") == "open"


def test_the_day_of_a_performance_is_corrected_at_its_entry():
    suit = lost()
    one = owe(suit, amount_yuan="1000.00", due_on=date(2026, 10, 9))
    perform_it(suit, one, date(2026, 10, 12))
    assert suit.status("L-PERF") == "met_late"
    suit.correct("performance_noted", date(2026, 10, 9))
    assert suit.status("L-PERF") == "met"
    with pytest.raises(GuardRefused):
        suit.correct("performed", date(2026, 10, 8))


def test_a_waiver_settles_and_one_of_two_leaves_the_other():
    suit = lost()
    one = owe(suit, amount_yuan="1000.00", due_on=date(2026, 10, 9))
    owe(suit, kind="redo", text="重新作出决定", due_on=date(2026, 11, 9))
    suit.on(date(2026, 9, 25)).act("waive_obligation", obligation=one.pk, on=date(2026, 9, 25), proof="书面放弃声明")
    assert suit.state == "TO_PERFORM"
    statuses = Deadline.objects.filter(rule="L-PERF").order_by("due_on").values_list("status", flat=True)
    assert list(statuses) == ["met", "open"]


def test_an_interruption_starts_the_two_years_anew():
    suit = lost()
    one = owe(suit, amount_yuan="1000.00", due_on=date(2026, 10, 9))
    sweep(date(2026, 10, 12))
    suit.on(date(2027, 3, 2)).act("interrupt_period", obligation=one.pk, on=date(2027, 3, 1), proof="单位书面承诺")
    assert suit.due("L-ENF2Y") == date(2029, 3, 1)
    rows = Deadline.objects.filter(rule="L-ENF2Y").order_by("due_on").values_list("status", flat=True)
    assert list(rows) == ["ended", "open"]


def test_what_was_entered_by_mistake_is_removed_and_the_file_owes_nothing():
    suit = lost()
    one = owe(suit, amount_yuan="1000.00", due_on=date(2026, 10, 9))
    suit.act("remove_obligation", obligation=one.pk, reason="数额写错")
    assert (suit.state, suit.due("L-PERF"), Obligation.objects.count()) == ("EFFECTIVE", None, 0)


def test_what_was_promised_for_a_withdrawal_is_performed_but_not_enforced():
    suit = Suit(date(2026, 6, 5))
    suit.judge(date(2026, 6, 20), kind="ruling", matter="withdrawn", outcome="withdrawn_changed")
    owe(suit, amount_yuan="3000.00", due_on=date(2026, 7, 10))
    assert suit.state == "TO_PERFORM"
    sweep(date(2026, 7, 20))
    assert (suit.due("L-PERF"), suit.due("L-ENF2Y")) == (date(2026, 7, 10), None)
    perform_it(suit, Obligation.objects.get(), date(2026, 7, 21))
    assert suit.state == "CLEARED"


def test_the_page_warns_before_the_two_years_end_and_says_the_duty_remains(client):
    suit = lost()
    owe(suit, amount_yuan="1000.00", due_on=date(2026, 10, 9))
    sweep(date(2026, 10, 12))
    found = {day: performance_section(suit.case, suit.actor, day)["lines"][0].two_years for day in NEAR}
    assert [(found[day].is_near, found[day].is_over) for day in NEAR] == [(False, False), (True, False), (False, True)]


NEAR = (date(2028, 6, 1), date(2028, 9, 1), date(2028, 10, 10))
