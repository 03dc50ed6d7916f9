"""Two years for enforcement, each debt for itself (Civil Procedure Law, art. 250; dossier §1.3, M-ENF)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.models import Deadline
from casemgr.notices import reminders
from casemgr.notices.models import Notice, ReminderStep
from mediation.agreements.debts import debts_of
from mediation.agreements.standing import in_effect, obligations_of
from tests.support.agreements import Table, refused

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 1)
RULED = date(2026, 9, 25)
COURT = "达拉特旗人民法院"


def ruled(*entries: dict[str, Any], table: Table | None = None, received: str = "2026-09-25") -> Table:
    """An agreement over these obligations, ruled valid on 25 September."""
    table = table or Table(DAY)
    table.agree(*entries)
    row = table.agreement.confirmations.create(court=COURT, court_ground="domicile", applied_by="jointly")
    for step in ("file", "accept"):
        getattr(row, step)()
    row.save()
    for kind in ("confirmation_ready", "confirmation_filed", "confirmation_accepted"):
        events.record(table.case, kind, date(2026, 9, 14), subject="round:1", confirmation=row.pk)
    table.on(RULED).act("confirmation_valid", ruling_number="调确1号", received_on=received)
    return table


def two_debts(**more: Any) -> Table:
    """李四 owes damages in two instalments and the rent once."""
    table = Table(DAY)
    damages = [table.pay("1000", due_on=day) for day in ("2026-10-31", "2026-12-31")]
    return ruled(*damages, table.pay("300", due_on="2026-11-30", subject="租金"), table=table, **more)


def clocks(table: Table) -> dict[str, tuple[str, str]]:
    """By what the debt is for: the day the two years are counted from, and how the clock stands."""
    rows = Deadline.objects.filter(case_id=table.pk, rule="M-ENF").select_related("root_event")
    return {row.root_event.data.get("what", ""): (row.start_on.isoformat(), row.status) for row in rows}


def debt(table: Table, what: str) -> int:
    return next(one.key for one in debts_of(obligations_of(table.agreement)) if one.first.subject == what)


def pay(table: Table, what: str, on: date) -> None:
    for one in obligations_of(in_effect(table.case)):
        if one.subject == what:
            table.on(on).act("record_performance", obligation=one.pk, proof="收条")


def test_each_debt_has_its_own_two_years_from_its_last_instalment() -> None:
    table = two_debts()
    assert clocks(table) == {"赔偿款": ("2026-12-31", "open"), "租金": ("2026-11-30", "open")}
    settle(case := table.case, date(2026, 10, 20))  # the days for an objection are over
    assert case.next_other_due_on == date(2028, 11, 30)


@pytest.mark.parametrize(("received", "since"), [("2026-09-28", "2026-09-28"), ("", "2026-09-25")])
def test_a_debt_without_a_day_is_counted_from_the_receipt_of_the_ruling(received, since) -> None:
    table = Table(DAY)
    entries = table.pay("1000", due_on="2026-10-31"), table.pay("300", subject="租金")
    table.on(DAY).agree(*entries)
    row = table.agreement.confirmations.create(court=COURT, court_ground="domicile", applied_by="jointly")
    row.file(), row.accept(), row.save()
    events.record(table.case, "confirmation_ready", DAY, subject="round:1", confirmation=row.pk)
    table.day = date(2026, 9, 30)
    table.act("confirmation_valid", on="2026-09-25", ruling_number="1号", received_on=received)
    assert clocks(table) == {"赔偿款": ("2026-10-31", "open"), "租金": (since, "open")}


def test_a_performed_debt_ends_its_own_clock_only() -> None:
    table = two_debts()
    pay(table, "租金", date(2026, 11, 20))
    assert clocks(table) == {"赔偿款": ("2026-12-31", "open"), "租金": ("2026-11-30", "met")}
    pay(table, "赔偿款", date(2026, 12, 20))
    assert {status for _day, status in clocks(table).values()} == {"met"}
    assert table.case.next_other_due_on is None


def test_a_debt_is_performed_with_its_last_instalment() -> None:
    table = two_debts()
    first = next(one for one in obligations_of(table.agreement) if one.subject == "赔偿款")
    table.on(date(2026, 10, 20)).act("record_performance", obligation=first.pk, proof="收条")
    assert clocks(table)["赔偿款"] == ("2026-12-31", "open")


def test_what_is_waived_needs_no_enforcement() -> None:
    table = two_debts()
    one = next(one for one in obligations_of(table.agreement) if one.subject == "租金")
    table.on(date(2026, 10, 20)).act("waive_obligation", obligation=one.pk, proof="声明")
    assert clocks(table) == {"赔偿款": ("2026-12-31", "open"), "租金": ("2026-11-30", "met")}


def test_a_struck_payment_lets_the_debts_clock_run_again() -> None:
    table = two_debts()
    pay(table, "租金", date(2026, 11, 20))
    table.annul("record_performance")
    assert clocks(table)["租金"] == ("2026-11-30", "open")
    assert not [fact for fact in events.facts_of(table.case) if fact.kind == "debt_performed"]


def test_what_was_performed_before_the_ruling_has_no_clock() -> None:
    table = Table(DAY)
    ruled(table.pay("300", subject="租金", done="on"), table.pay("1000", due_on="2026-10-31"), table=table)
    assert clocks(table) == {"赔偿款": ("2026-10-31", "open")}


def test_enforcement_is_applied_for_one_debt() -> None:
    table = two_debts()
    table.day = date(2027, 1, 15)
    data = {"party": table.part("applicant").party.pk, "court": COURT}
    assert refused(table.act, "record_enforcement", **data) == {("debt", "")}
    table.act("record_enforcement", **data, debt=debt(table, "租金"))
    assert clocks(table) == {"赔偿款": ("2026-12-31", "open"), "租金": ("2026-11-30", "met")}
    table.annul("record_enforcement")
    assert clocks(table)["租金"] == ("2026-11-30", "open")


def test_the_only_debt_is_chosen_already() -> None:
    table = Table(DAY)
    ruled(table.pay("1000", due_on="2026-10-31"), table=table)
    assert table.form("record_enforcement").fields["debt"].initial == debt(table, "赔偿款")
    table.on(date(2027, 1, 15)).act("record_enforcement", party=table.part("applicant").party.pk)
    assert clocks(table) == {"赔偿款": ("2026-10-31", "met")}


def test_only_what_is_owed_can_be_enforced() -> None:
    table = two_debts()
    pay(table, "租金", date(2026, 11, 20))
    choices = table.form("record_enforcement").fields["debt"].choices
    assert [value for value, _label in choices] == [debt(table, "赔偿款")]


def test_an_undone_ruling_takes_every_debts_clock_along() -> None:
    table = two_debts()
    pay(table, "租金", date(2026, 11, 20))
    table.annul("confirmation_valid")
    assert clocks(table) == {}
    assert not [fact for fact in events.facts_of(table.case) if "/debt:" in fact.subject]


def test_a_corrected_day_of_the_ruling_moves_what_hangs_on_it() -> None:
    table = Table(DAY)
    ruled(table.pay("1000", due_on="2026-10-31"), table.pay("300", subject="租金"), table=table, received="")
    table.correct("confirmation_valid", date(2026, 9, 22))
    assert clocks(table) == {"赔偿款": ("2026-10-31", "open"), "租金": ("2026-09-22", "open")}
    assert {f.occurred_on for f in events.facts_of(table.case) if f.kind == "enforcement_counted"} == {
        date(2026, 9, 22)
    }


def test_a_corrected_receipt_moves_a_debt_without_a_day() -> None:
    table = Table(DAY)
    ruled(table.pay("1000", due_on="2026-10-31"), table.pay("300", subject="租金"), table=table)
    table.day = date(2026, 10, 9)
    table.correct("ruling_received", date(2026, 9, 29))
    assert clocks(table) == {"赔偿款": ("2026-10-31", "open"), "租金": ("2026-09-29", "open")}


def test_the_computed_day_itself_is_not_corrected() -> None:
    assert refused(two_debts().correct, "enforcement_counted", DAY) == {("computed-day", "")}


def test_a_revoked_ruling_and_a_new_agreement_end_every_clock() -> None:
    table = two_debts()
    table.on(date(2026, 10, 9)).act(
        "confirmation_objected", objector_kind="party", objector="李四", known_on="2026-09-25"
    )
    table.act("confirmation_objection_decided", result="revoke", ruling_number="2号")
    assert "open" not in {status for _day, status in clocks(table).values()}
    table = two_debts()
    table.act("begin_new_round", ground="consent", paper="双方笔录")
    table.agree(table.pay("1500", due_on="2027-11-30"))
    assert {status for _day, status in clocks(table).values()} == {"ended"}


def test_what_must_not_be_done_is_counted_from_the_day_it_was_done() -> None:
    table = Table(DAY)
    still = {**table.pay(""), "kind": "refrain", "subject": "不得在渠边堆土", "amount_yuan": ""}
    ruled(table.pay("1000", due_on="2026-10-31"), still, table=table)
    assert clocks(table) == {"赔偿款": ("2026-10-31", "open")}
    row = next(one for one in obligations_of(table.agreement) if one.kind == "refrain")
    table.on(date(2027, 3, 1)).act("record_breach", obligation=row.pk, answer="persuaded")
    assert clocks(table) == {"赔偿款": ("2026-10-31", "open"), "不得在渠边堆土": ("2027-03-01", "open")}
    table.on(date(2027, 4, 1)).act(
        "record_enforcement", party=table.part("applicant").party.pk, debt=debt(table, "不得在渠边堆土")
    )
    assert clocks(table) == {"赔偿款": ("2026-10-31", "open"), "不得在渠边堆土": ("2027-03-01", "met")}


def ruled_before(*entries: dict[str, Any], table: Table) -> Table:
    """As the register had it while the ruling itself started one clock for all debts."""
    table.agree(*entries)
    for kind, more in (("confirmation_filed", {}), ("confirmation_valid", {"planned_on": "2026-12-31"})):
        events.record(table.case, kind, RULED, subject="round:1", **more)
    settle(table.case, RULED)
    assert clocks(table) == {"": ("2026-12-31", "open")}
    return table


def two_debts_before() -> Table:
    table = Table(DAY)
    rent = table.pay("300", due_on="2026-11-30", subject="租金")
    return ruled_before(table.pay("1000", due_on="2026-12-31"), rent, table=table)


def test_a_ruling_of_before_counts_for_each_debt_once_something_is_recorded() -> None:
    table = two_debts_before()
    pay(table, "租金", date(2026, 11, 20))
    assert clocks(table) == {"赔偿款": ("2026-12-31", "open"), "租金": ("2026-11-30", "met")}


def test_enforcement_under_a_ruling_of_before_names_its_debt_too() -> None:
    table = two_debts_before().on(date(2027, 1, 15))
    table.act("record_enforcement", party=table.part("applicant").party.pk, debt=debt(table, "租金"))
    assert clocks(table) == {"赔偿款": ("2026-12-31", "open"), "租金": ("2026-11-30", "met")}


def test_a_ruling_on_an_agreement_without_known_obligations_has_one_clock() -> None:
    table = Table(DAY)
    ruled_before(table=table)
    table.on(date(2027, 1, 15)).act("record_enforcement", party=table.part("applicant").party.pk)
    assert clocks(table) == {"": ("2026-12-31", "met")}
    table = ruled(table=Table(DAY), received="2026-09-25")
    assert clocks(table) == {"": ("2026-09-25", "open")}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    days=st.lists(st.integers(1, 120), min_size=2, max_size=4),
    steps=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["pay", "waive", "enforce"])), max_size=4),
)
def test_the_earliest_open_debt_is_never_hidden(days: Sequence[int], steps: Sequence[tuple[int, str]]) -> None:
    table = Table(DAY)
    subjects = [f"款项{index}" for index in range(len(days))]
    due = {name: RULED + timedelta(days=after) for name, after in zip(subjects, days, strict=True)}
    entries = [table.pay("100", due_on=day.isoformat(), subject=name) for name, day in due.items()]
    ruled(*entries, table=table)
    open_ones = dict(due)
    table.day = date(2026, 9, 28)
    for index, step in steps:
        name = subjects[index % len(subjects)]
        if name not in open_ones:
            continue
        row = next(one for one in obligations_of(in_effect(table.case)) if one.subject == name)
        if step == "enforce":
            table.act("record_enforcement", party=table.part("applicant").party.pk, debt=row.pk)
        else:
            table.act({"pay": "record_performance", "waive": "waive_obligation"}[step], obligation=row.pk, proof="收条")
        del open_ones[name]
        running = table.case.deadlines.filter(rule="M-ENF", status="open")
        assert {row.start_on for row in running} == set(open_ones.values())
        assert min((row.start_on for row in running), default=None) == min(open_ones.values(), default=None)


def test_pages_name_the_debt() -> None:
    table = two_debts()
    pay(table, "赔偿款", date(2026, 12, 20))
    browser = Client()
    browser.force_login(table.mediator)
    page = browser.get(reverse("case_detail", args=[table.pk])).content.decode()
    name = table.part("respondent").name
    assert f"{name}：租金，300.00元" in page or f"{name}: 租金, 300.00 yuan" in page
    row = table.case.deadlines.get(rule="M-ENF", start_on=date(2026, 11, 30))
    assert "租金" in browser.get(reverse("deadline_explain", args=[table.pk, row.pk])).content.decode()
    assert "租金" in browser.get(reverse("worklist")).content.decode()


def test_the_reminder_names_the_debt_with_the_name_masked() -> None:
    table = two_debts()
    ReminderStep.objects.create(rule="M-ENF", days=-10, unit="calendar", whom="handler")
    reminders.remind(date(2028, 11, 20))
    told = Notice.objects.filter(recipient=table.mediator, kind="deadline")
    texts = [reminders._text(notice.data) for notice in told]
    name = table.part("respondent").name
    assert len(texts) == 1
    assert "租金" in texts[0] and "300.00" in texts[0]
    assert name not in texts[0] and f"{name[0]}*" in texts[0]


def test_the_case_is_not_closed_over_a_debt_that_nobody_enforces() -> None:
    """A closed case is not reminded of any more: the other debt's two years would run out unseen (dossier T16)."""
    table = two_debts().on(date(2027, 1, 15))
    party = table.part("applicant").party.pk
    table.act("record_enforcement", party=party, debt=debt(table, "租金"))
    assert ("still-owed", "31") in refused(table.act, "close")
    table.act("record_enforcement", party=party, debt=debt(table, "赔偿款"))
    table.act("close")
    assert table.state == "CLOSED"
