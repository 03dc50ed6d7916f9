"""What is owed, exact to the fen; performance, waiver, breach, suit; visits; closing (art. 31–33)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from casemgr.cases.instalments import due_days, instalments_of
from casemgr.notices.models import Notice
from mediation.agreements.forms import SignForm
from mediation.agreements.standing import in_effect, obligations_of
from mediation.agreements.visits import DUE, tell_visits, visits_of
from mediation.agreements.waiting_seals import waiting_context
from mediation.models import Payment, Visit
from mediation.terms import DisputeType
from tests.support.agreements import Table, refused
from tests.support.api import Program
from tests.support.mediation import mediator
from tests.support.register import person

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 1)


@given(fen=st.integers(120, 10**11), number=st.integers(1, 120))
def test_instalments_add_up_to_the_fen(fen, number) -> None:
    total = Decimal(fen) / 100
    parts = instalments_of(total, number)
    assert sum(parts) == total
    assert len(parts) == number
    assert all(part >= Decimal("0.01") and part == part.quantize(Decimal("0.01")) for part in parts)


def test_instalments_fall_on_the_same_day_of_later_months() -> None:
    assert due_days(date(2027, 1, 31), 3, 1) == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]


def test_one_entry_of_three_instalments_is_three_debts() -> None:
    table = Table(DAY)
    table.agree(table.pay("10000", due_on="2026-09-30", instalments="3"), total_yuan="10000.00")
    rows = obligations_of(table.agreement)
    assert [(str(row.amount_yuan), row.due_on.isoformat()) for row in rows] == [
        ("3333.33", "2026-09-30"),
        ("3333.33", "2026-10-30"),
        ("3333.34", "2026-11-30"),
    ]
    assert table.state == "TRACKING"


def test_a_sum_that_does_not_fit_is_refused() -> None:
    table = Table(DAY)
    entries = table.pay("8000", due_on="2026-10-01"), table.pay("1999.99", due_on="2026-11-01")
    assert refused(table.write, *entries, total_yuan="10000") == {("total_yuan", "")}
    assert refused(table.write, table.pay("0.02", instalments="3", due_on="2026-10-01")) == {
        ("obligations-0-instalments", "")
    }


def paying(*amounts: str) -> Table:
    """An agreement over these sums, due month by month from 30 September."""
    table = Table(DAY)
    days = ("2026-09-30", "2026-10-30", "2026-11-30")
    table.agree(*(table.pay(amount, due_on=day) for amount, day in zip(amounts, days, strict=False)))
    return table


def perform_it(table: Table, index: int = 0, **data) -> None:
    one = obligations_of(in_effect(table.case))[index]
    table.act("record_performance", obligation=one.pk, proof="收条", **data)


def test_performed_in_part_late_and_in_full() -> None:
    table = paying("1000.00", "500.00")
    perform_it(table.on(date(2026, 9, 20)), amount_yuan="400")
    assert refused(perform_it, table, amount_yuan="600.01") == {("amount_yuan", "")}
    assert table.case.facts.performance == "partly"
    perform_it(table.on(date(2026, 10, 8)))
    first, second = obligations_of(table.agreement)
    assert (first.done_on, second.done_on) == (date(2026, 10, 8), None)
    perform_it(table, index=1)
    assert table.case.facts.performance == "performed"
    assert table.case.events.filter(kind="performed").count() == 1
    table.act("close")
    assert (table.state, table.case.facts.performance) == ("CLOSED", "performed")


def test_an_annulled_payment_is_owed_again() -> None:
    table = paying("1000.00")
    perform_it(table.on(date(2026, 9, 20)))
    table.annul("record_performance")
    assert (Payment.objects.count(), table.case.facts.performance) == (0, "not_performed")
    assert refused(table.act, "close") == {("still-owed", "31")}
    perform_it(table)
    table.correct("obligation_paid", date(2026, 9, 18))
    assert obligations_of(table.agreement)[0].done_on == date(2026, 9, 18)


def test_performed_on_the_spot_needs_no_tracking() -> None:
    table = Table(DAY)
    table.agree(table.pay("300", done="on"))
    assert (table.state, table.case.facts.performance) == ("AGREED_W", "performed")
    table.act("close")
    assert table.state == "CLOSED"


def test_what_the_creditor_waives_is_owed_no_more() -> None:
    table = paying("1000.00")
    perform_it(table.on(date(2026, 9, 20)), amount_yuan="900")
    one = obligations_of(table.agreement)[0]
    table.act("waive_obligation", obligation=one.pk, proof="免除书面声明")
    assert table.case.facts.performance == "performed"


def test_a_breach_is_urged_then_advised_on_and_only_then_closed() -> None:
    table = paying("1000.00")
    one = obligations_of(table.agreement)[0]
    table.day = date(2026, 9, 30)
    assert refused(table.act, "record_breach", obligation=one.pk, answer="persuaded") == {("not-due", "31")}
    table.on(date(2026, 10, 9)).act("record_breach", obligation=one.pk, answer="persuaded")
    assert refused(table.act, "close") == {("still-owed", "31")}
    assert refused(table.act, "record_breach", obligation=one.pk, answer="advised") == {("routes", "")}
    table.act("record_breach", obligation=one.pk, answer="advised", routes=["court"])
    assert table.case.facts.advice == ["court"]
    table.act("close")
    assert (table.state, table.case.facts.performance) == ("CLOSED", "not_performed")


@pytest.mark.parametrize(
    ("kind", "ways"), [("person", {"arbitration"}), ("organisation", {"arbitration", "payment_order"})]
)
def test_an_employers_debt_may_go_to_a_payment_order(kind, ways) -> None:
    table = Table(DAY, dispute_type=DisputeType.LABOUR)
    debtor = table.part("respondent").party
    debtor.kind = kind
    debtor.save()
    table.write(table.pay("9000", subject="拖欠工资", due_on="2026-09-30"))
    table.sign("applicant")
    table.sign("respondent", **({"kind": "seal", "signed_by": "王经理"} if kind == "organisation" else {}))
    table.act("mediator_signs", name="刘根喜")
    table.seal()
    page = table.on(date(2026, 10, 9)).form("record_breach")
    assert {value for value, _label in page.fields["routes"].choices} == ways


def test_only_what_the_court_confirmed_is_enforced() -> None:
    table = paying("1000.00")
    party = table.part("applicant").party.pk
    assert refused(table.act, "record_enforcement", party=party) == {("not-confirmed", "33")}
    table.on(date(2026, 10, 9)).act("record_suit", party=party, court_number="（2026）内0621民初1号")
    assert table.case.facts.performance == "sued"
    table.act("record_suit_result", result="upheld")
    table.act("close")
    assert table.case.facts.performance == "sued"


VISIT = {"interviewee": "王宝音", "performance": "按期履行", "satisfaction": "satisfied", "visitor": "刘根喜"}


def test_visits_follow_each_day_of_performance_and_the_effect() -> None:
    table = paying("1000.00", "500.00")
    due = visits_of(table.case, table.agreement)
    assert [one.on.isoformat() for one in due] == ["2026-10-01", "2026-10-07", "2026-11-06"]
    table.on(date(2026, 10, 8)).act("record_visit", **VISIT)
    assert [one.made_on for one in visits_of(table.case, table.agreement)] == [table.day, table.day, None]
    table.correct("visited", date(2026, 10, 6))
    assert Visit.objects.get().visited_on == date(2026, 10, 6)
    table.annul("record_visit")
    assert not Visit.objects.exists()


def test_a_sign_of_escalation_needs_an_answer() -> None:
    table = paying("1000.00")
    table.day = date(2026, 10, 8)
    assert refused(table.act, "record_visit", **VISIT, escalation="扬言上访") == {("action", "")}


def test_the_handler_is_told_once_of_a_visit_that_is_due() -> None:
    table = paying("1000.00")
    assert [tell_visits(date(2026, 10, day)) for day in (1, 2, 7)] == [1, 1, 2]
    told = Notice.objects.filter(kind=DUE, recipient=table.mediator)
    assert told.count() == 2


def test_what_was_done_on_the_spot_without_risk_asks_for_no_visit() -> None:
    calm, tense = Table(DAY), Table(DAY, risk_flags=["petition"])
    for table in (calm, tense):
        table.agree(table.pay("300", done="on"))
    assert visits_of(calm.case, calm.agreement) == []
    assert len(visits_of(tense.case, tense.agreement)) == 1


def test_of_disputes_without_risk_a_share_is_visited_of_the_others_all(settings) -> None:
    settings.VISIT_SHARE = 0
    calm = paying("1000.00")
    assert visits_of(calm.case, calm.agreement) == []
    assert tell_visits(date(2026, 10, 7)) == 0
    tense = Table(DAY, risk_flags=["petition"])
    tense.agree(tense.pay("300", done="on"))
    assert len(visits_of(tense.case, tense.agreement)) == 1


def test_what_was_agreed_owed_paid_and_visited_is_read_through_the_api_by_who_sees_the_case() -> None:
    table = paying("300.00", "200.00")
    perform_it(table)
    program, stranger = Program(table.mediator), Program(person("api-stranger", "mediator", at="150621101"))

    def of_the_case(name: str) -> list[dict]:
        return program.get(f"/{name}", {"case": table.case.pk}).json()["items"]

    assert [row["number"] for row in of_the_case("agreements")] == [table.agreement.number]
    assert sorted(row["amount_yuan"] for row in of_the_case("obligations")) == ["200.00", "300.00"]
    assert [row["amount_yuan"] for row in of_the_case("payments")] == ["300.00"]
    assert of_the_case("visits") == []
    for name in ("agreements", "obligations", "payments", "visits"):
        assert stranger.get(f"/{name}").json()["items"] == []


def test_the_schema_of_a_session_tells_of_the_others_who_took_part() -> None:
    table = Table(DAY)
    found = Program(table.mediator).get(f"/cases/{table.case.pk}/actions/mediation.record_session").json()
    rows = found["schema"]["properties"]["others"]
    assert rows["type"] == "array" and set(rows["items"]["properties"]) == {"capacity", "name", "organ"}


def test_the_mediator_finds_the_visits_to_make_on_the_first_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = paying("1000.00")
    monkeypatch.setattr(timezone, "localdate", lambda *args, **kwargs: date(2026, 10, 20))
    client = Client()
    client.force_login(table.mediator)
    page = client.get(reverse("worklist")).text
    assert 'id="visits-waiting"' in page and table.case.number in page


def test_the_secretary_finds_what_waits_for_the_seal_on_the_first_page() -> None:
    table = Table(DAY)
    table.write(table.pay("300", due_on="2026-10-01"))
    secretary = mediator("seal-keeper", "committee")
    assert waiting_context(secretary, DAY)["waiting"] == []
    table.sign_all()
    assert waiting_context(secretary, DAY)["waiting"] == [table.agreement]
    client = Client()
    client.force_login(secretary)
    assert 'id="seals-waiting"' in client.get(reverse("worklist")).text
    assert waiting_context(table.mediator, DAY) == {"waiting": []}
    table.seal()
    assert waiting_context(secretary, DAY)["waiting"] == []


def test_people_who_sign_for_themselves_are_asked_for_no_representative() -> None:
    table = Table(DAY)
    table.write(table.pay("300", due_on="2026-10-01"))
    form = SignForm(subject=table.case, actor=table.mediator, today=DAY)
    assert list(form.fields) == ["part", "on", "kind", "witness", "note"]
