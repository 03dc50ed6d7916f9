"""Batches: who is looked at, once per dispute, results that stay, four eyes to finance, masked notice, pages, files."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from casemgr.actions.errors import Forbidden, GuardRefused, InvalidInput
from casemgr.actions.perform import perform
from casemgr.cases.models import Case, CaseLink, Event
from casemgr.organisation.models import Unit
from mediation.models import CaseMediator, Engagement, Mediator, SubsidyBatch, SubsidyClaim, SubsidyFacts, SubsidyResult
from mediation.subsidy.export import notice_rows, notice_types
from mediation.subsidy.grading import Reason
from mediation.subsidy.rates import load_invented
from mediation.terms import DisputeType
from tests.support.papers import pdf_text
from tests.support.register import person
from tests.support.tables import body, closed, write

pytestmark = pytest.mark.django_db
MARCH, TODAY = date(2026, 3, 9), date(2026, 4, 2)
TOWN = "150621100"


class Office:
    def __init__(self) -> None:
        load_invented()
        self.town = Unit.objects.get(code=TOWN)
        self.village = body("village", self.town)
        self.clerk = person("clerk", "town", at=TOWN, full_name="高娃")
        self.leader = person("leader", "leader", at="150621-SFJ", full_name="白音")
        self.cashier = person("cashier", "finance", at="150621-SFJ", full_name="周会计")

    def mediator(self, name: str = "王小红", **given) -> Mediator:
        found = Mediator.objects.create(name=name, sex="F", **given)
        Engagement.objects.create(
            mediator=found, committee=self.village.committee, position="mediator", how="hired", from_on=date(2020, 1, 1)
        )
        return found

    def case(self, *people: Mediator, on: date = MARCH, told: bool = True, state: str = "ARCHIVED", **given) -> Case:
        """A case with these mediators, the first of them leading, its file archived."""
        one = closed(self.village, on, more=[("rights_told", on, {})] if told else (), **given)
        one.state = state
        case = write([one])[0]
        for place, mediator in enumerate(people):
            CaseMediator.objects.create(
                case=case, name=mediator.name, user=mediator.user, role="co" if place else "lead", joined_on=on
            )
        return case

    def compute(self, today: date = TODAY, first: date = date(2026, 3, 1), last: date | None = None, **sent):
        days = {"first_on": first, "last_on": last or today}
        return perform("subsidy.compute", None, {"unit": self.town.pk, **days, **sent}, self.clerk, today)


@pytest.fixture
def bureau() -> Office:
    return Office()


def found(batch: SubsidyBatch) -> dict[int, tuple[str, list[str]]]:
    return {row.case_id: (f"{row.amount_yuan:f}", row.reasons) for row in batch.results.all()}


def test_a_batch_pays_what_is_settled_performed_and_filed(bureau: Office) -> None:
    her = bureau.mediator()
    good, failed = bureau.case(her), bureau.case(her, form="")
    owed, untold = bureau.case(her, performed=False), bureau.case(her, told=False)
    batch = bureau.compute()
    assert found(batch) == {
        good.pk: ("100.00", []),
        failed.pk: ("0.00", ["not settled"]),
        owed.pk: ("0.00", ["not performed and not confirmed"]),
        untold.pk: ("0.00", ["file incomplete"]),
    }
    assert (batch.total_yuan, SubsidyClaim.objects.get().dispute) == (Decimal("100.00"), good.pk)


def test_a_file_that_is_not_archived_yet_is_judged_by_what_it_lacks(bureau: Office) -> None:
    case = bureau.case(bureau.mediator(), state="CLOSED")
    batch = bureau.compute()
    assert found(batch) == {case.pk: ("0.00", ["file incomplete"])}
    assert batch.results.get().facts["lacking"] == ["人民调解申请书或者受理登记表"]


def test_instalments_enter_again_when_they_are_performed(bureau: Office) -> None:
    owed = bureau.case(bureau.mediator(), performed=False)
    bureau.compute()
    day = date(2026, 5, 3)
    Event.objects.create(case=owed, kind="performed", occurred_on=day, sequence=90, subject="round:1")
    batch = bureau.compute(date(2026, 6, 1), date(2026, 6, 1))  # performed before the span, unpaid before
    assert found(batch) == {owed.pk: ("100.00", [])}
    with pytest.raises(GuardRefused) as refused:
        bureau.compute(date(2026, 6, 2), date(2026, 6, 2))
    assert [refusal.code for refusal in refused.value.refusals] == ["nothing"]


def test_trap_22_the_same_dispute_is_paid_once_whatever_cases_follow(bureau: Office) -> None:
    her = bureau.mediator()
    first = bureau.case(her)
    bureau.compute()
    again, third = bureau.case(her, on=date(2026, 3, 20)), bureau.case(her, on=date(2026, 3, 21))
    CaseLink.objects.create(kind="continues", from_case=again, to_case=first)
    CaseLink.objects.create(kind="continues", from_case=third, to_case=again)
    batch = bureau.compute()
    assert found(batch) == dict.fromkeys((again.pk, third.pk), ("0.00", ["same dispute already paid"]))


def test_trap_22_a_dispute_stays_one_however_late_its_cases_are_linked(bureau: Office) -> None:
    """Paid for the last of three; then the first two are linked to it, one of them as handed on."""
    her = bureau.mediator()
    cases = [bureau.case(her, on=date(2026, month, 9)) for month in (1, 2, 3)]
    assert found(bureau.compute())[cases[2].pk] == ("100.00", [])
    for kind, later, earlier in (("referred_to", 2, 1), ("continues", 1, 0)):
        CaseLink.objects.create(kind=kind, from_case=cases[later], to_case=cases[earlier])
    assert found(bureau.compute(first=date(2026, 1, 1))) == dict.fromkeys(
        (cases[0].pk, cases[1].pk), ("0.00", ["same dispute already paid"])
    )


def test_a_new_agreement_is_paid_when_it_is_performed_itself(bureau: Office) -> None:
    case, day = bureau.case(bureau.mediator()), date(2026, 3, 20)
    for sequence, (kind, subject) in enumerate(
        [("agreement_superseded", "round:1"), ("agreement_effective", "round:2"), ("confirmation_valid", "round:1")], 90
    ):
        data = {"form": "written"} if subject == "round:2" else {}
        Event.objects.create(case=case, kind=kind, occurred_on=day, sequence=sequence, subject=subject, data=data)
    assert found(bureau.compute()) == {case.pk: ("0.00", ["not performed and not confirmed"])}


def test_what_another_organ_mediated_is_left_out_and_stops_nothing(bureau: Office) -> None:
    her = bureau.mediator()
    bureau.case(her, tags=["行政调解"])
    with pytest.raises(GuardRefused) as refused:
        bureau.compute()
    assert [refusal.code for refusal in refused.value.refusals] == ["nothing"]
    own = bureau.case(her)
    assert found(bureau.compute()) == {own.pk: ("100.00", [])}


def test_of_one_dispute_in_one_batch_the_first_case_is_paid(bureau: Office) -> None:
    her = bureau.mediator()
    first, again = bureau.case(her), bureau.case(her)
    CaseLink.objects.create(kind="continues", from_case=again, to_case=first)
    assert [pay for pay, _why in found(bureau.compute()).values()] == ["100.00", "0.00"]


def test_the_database_itself_refuses_a_second_payment(bureau: Office) -> None:
    case = bureau.case(bureau.mediator())
    result = bureau.compute().results.get()
    other = SubsidyBatch.objects.create(
        unit=bureau.town, first_on=MARCH, last_on=MARCH, computed_on=TODAY, total_yuan=0
    )
    second = SubsidyResult.objects.create(batch=other, case=case, dispute=case.pk, amount_yuan=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        SubsidyClaim.objects.create(dispute=result.dispute, result=second)


def test_trap_22_the_salaried_get_nothing_and_dilute_nobody(bureau: Office) -> None:
    official = bureau.mediator("李干部", salaried_from=date(2010, 1, 1))
    retired = bureau.mediator("赵退休", salaried_from=date(1990, 1, 1), salaried_until=MARCH - timedelta(days=1))
    last_day = bureau.mediator("钱末日", salaried_from=date(1990, 1, 1), salaried_until=MARCH)
    case = bureau.case(retired, official, last_day, bureau.mediator("孙小梅"), amount_yuan="60000.00")
    only = bureau.case(official)
    batch = bureau.compute()
    shares = {share.name: share.amount_yuan for share in batch.results.get(case=case).shares.all()}
    assert shares == {"赵退休": 100, "李干部": 0, "钱末日": 0, "孙小梅": 100}
    assert found(batch)[only.pk] == ("0.00", ["all mediators on public salary"])


def test_whoever_is_not_in_the_register_is_not_paid(bureau: Office) -> None:
    case = bureau.case(bureau.mediator())
    CaseMediator.objects.create(case=case, name="陌生人", role="co", joined_on=MARCH)
    CaseMediator.objects.create(case=case, name="王小红", role="recorder", joined_on=MARCH)
    shares = [(one.name, one.excluded, one.amount_yuan) for one in bureau.compute().results.get().shares.all()]
    assert shares == [("王小红", "", 100), ("陌生人", "unknown", 0)]


def test_the_courts_allowance_and_a_death_are_asked(bureau: Office) -> None:
    her = bureau.mediator()
    paid, sad = bureau.case(her), bureau.case(her)
    SubsidyFacts.objects.create(case=paid, court_allowance_on=MARCH)
    SubsidyFacts.objects.create(case=sad, has_death=True)
    assert found(bureau.compute()) == {
        paid.pk: ("0.00", ["court pays this delegated case"]), sad.pk: ("300.00", []),
    }  # fmt: skip


def test_each_case_is_paid_by_the_table_of_its_agreement(bureau: Office) -> None:
    """A leap day is the last of the old table; the day after belongs to the new one."""
    perform("subsidy.set_rate", None, {
        "code": "2028A", "from_on": "2028-03-01", "basis": "测试", "oral_yuan": "60", "general_yuan": "120",
        "difficult_yuan": "240", "difficult_sessions": 3, "major_yuan": "360", "major_people": 10,
    }, bureau.leader, date(2028, 2, 1))  # fmt: skip
    her = bureau.mediator()
    old, new = bureau.case(her, on=date(2028, 2, 29)), bureau.case(her, on=date(2028, 3, 1))
    batch = bureau.compute(date(2028, 3, 5), date(2028, 2, 1))
    assert {row.case_id: (row.rate.code, row.amount_yuan) for row in batch.results.all()} == {
        old.pk: ("2026A", 100), new.pk: ("2028A", 120),
    }  # fmt: skip


def test_results_are_never_changed(bureau: Office) -> None:
    bureau.case(bureau.mediator())
    batch = bureau.compute()
    result = batch.results.get()
    for row in (result, result.shares.get()):
        with pytest.raises(ValueError, match="never"):
            row.save()
        with pytest.raises(ValueError, match="never"):
            row.delete()
    with pytest.raises(ValueError, match="never"):
        batch.delete()


def passed_on(bureau: Office, batch: SubsidyBatch) -> SubsidyBatch:
    batch = perform("subsidy.submit", batch, {}, bureau.clerk, TODAY)
    batch = perform("subsidy.approve", batch, {"opinion": "同意。"}, bureau.leader, TODAY)
    notice = {"notice_from": TODAY, "days": 5, "notice_place": "苏木镇公示栏"}
    return perform("subsidy.publish", batch, notice, bureau.leader, TODAY)


def test_from_the_town_by_the_bureau_and_the_notice_to_finance(bureau: Office) -> None:
    bureau.case(bureau.mediator())
    batch = passed_on(bureau, bureau.compute())
    assert batch.notice_until == date(2026, 4, 7)
    with pytest.raises(GuardRefused) as refused:
        perform("subsidy.pay", batch, {"paid_on": "2026-04-07", "voucher": "8"}, bureau.cashier, date(2026, 4, 9))
    assert [refusal.code for refusal in refused.value.refusals] == ["notice-runs"]
    batch = perform("subsidy.pay", batch, {"paid_on": "2026-04-08", "voucher": "8"}, bureau.cashier, date(2026, 4, 9))
    assert (batch.state, batch.paid_by) == ("PAID", bureau.cashier)


def test_nobody_judges_what_they_sent_or_are_paid_by(bureau: Office) -> None:
    both = person("both", "town", "leader", "finance", at="150621-SFJ")
    paid = bureau.mediator("刘领导", user=bureau.leader)
    bureau.case(paid)
    batch = perform("subsidy.submit", bureau.compute(), {}, bureau.clerk, TODAY)
    with pytest.raises(Forbidden):
        perform("subsidy.approve", batch, {"opinion": "同意。"}, bureau.leader, TODAY)
    batch = perform("subsidy.approve", batch, {"opinion": "同意。"}, both, TODAY)
    batch = perform("subsidy.publish", batch, {"notice_from": TODAY, "days": 3, "notice_place": "公示栏"}, both, TODAY)
    with pytest.raises(Forbidden):
        perform("subsidy.pay", batch, {"paid_on": "2026-04-08", "voucher": "8"}, both, date(2026, 4, 9))
    with pytest.raises(Forbidden):
        perform("subsidy.pay", batch, {"paid_on": "2026-04-08", "voucher": "8"}, bureau.clerk, date(2026, 4, 9))


def _court_pays(case: Case, mediator: Mediator) -> None:
    SubsidyFacts.objects.create(case=case, court_allowance_on=MARCH)


def _void(case: Case, mediator: Mediator) -> None:
    Case.objects.filter(pk=case.pk).update(state="VOID")


def _was_salaried(case: Case, mediator: Mediator) -> None:
    Mediator.objects.filter(pk=mediator.pk).update(salaried_from=date(2010, 1, 1))


@pytest.mark.parametrize("happens", [_court_pays, _void, _was_salaried])
def test_trap_22_nothing_is_approved_or_paid_that_would_not_be_granted_now(bureau: Office, happens) -> None:
    her, notice = bureau.mediator(), {"notice_from": TODAY, "days": 5, "notice_place": "公示栏"}
    case = bureau.case(her)
    batch = perform("subsidy.submit", bureau.compute(), {}, bureau.clerk, TODAY)
    waiting = perform("subsidy.approve", batch, {"opinion": "同意。"}, bureau.leader, TODAY)
    waiting = perform("subsidy.publish", waiting, notice, bureau.leader, TODAY)
    happens(case, her)
    with pytest.raises(GuardRefused) as refused:
        perform("subsidy.pay", waiting, {"paid_on": "2026-04-08", "voucher": "8"}, bureau.cashier, date(2026, 4, 9))
    assert [refusal.code for refusal in refused.value.refusals] == ["changed-since"]
    assert case.number in str(refused.value.refusals[0].message)
    perform("subsidy.drop", waiting, {"reason": "情况有变。"}, bureau.leader, TODAY)
    assert not SubsidyClaim.objects.exists()


def test_the_notice_does_not_begin_before_the_approval(bureau: Office) -> None:
    bureau.case(bureau.mediator())
    batch = perform("subsidy.submit", bureau.compute(), {}, bureau.clerk, TODAY)
    batch = perform("subsidy.approve", batch, {"opinion": "同意。"}, bureau.leader, TODAY)
    early = {"notice_from": TODAY - timedelta(days=30), "days": 5, "notice_place": "公示栏"}
    with pytest.raises(InvalidInput):
        perform("subsidy.publish", batch, early, bureau.leader, TODAY)


def test_sent_twice_a_step_is_taken_once(bureau: Office, monkeypatch) -> None:
    """The approval of a batch that was returned meanwhile, on a page opened before, is refused."""
    monkeypatch.setattr(timezone, "localdate", lambda *args, **kwargs: TODAY)
    bureau.case(bureau.mediator())
    batch = perform("subsidy.submit", bureau.compute(), {}, bureau.clerk, TODAY)
    client, address = Client(), reverse("subsidy_action", args=[batch.pk, "subsidy.approve"])
    client.force_login(bureau.leader)
    sent = {"opinion": "同意。", "version": batch.version}
    perform("subsidy.drop", batch, {"reason": "姓名写错。"}, bureau.leader, TODAY)
    assert client.post(address, sent).status_code == 409
    assert SubsidyBatch.objects.get(pk=batch.pk).state == "DROPPED"
    assert bureau.compute().total_yuan == 100


def test_a_returned_batch_frees_its_disputes_and_keeps_its_results(bureau: Office) -> None:
    case = bureau.case(bureau.mediator())
    batch = perform("subsidy.submit", bureau.compute(), {}, bureau.clerk, TODAY)
    perform("subsidy.drop", batch, {"reason": "姓名写错。"}, bureau.leader, TODAY)
    assert found(batch) == {case.pk: ("100.00", [])}
    again = bureau.compute()
    assert found(again) == {case.pk: ("100.00", [])}
    assert SubsidyClaim.objects.get().result.batch == again


def test_the_notice_names_nobody(bureau: Office) -> None:
    first, second = bureau.mediator("王小红"), bureau.mediator("王大勇")
    bureau.case(first, second, bureau.mediator("欧阳明月"))
    text = str(notice_rows(bureau.compute()))
    assert not any(name in text for name in ("王小红", "王大勇", "欧阳明月"))
    assert all(word in text for word in ("王某1", "王某2", "欧阳某"))


def test_the_notice_names_no_sensitive_type_that_few_share() -> None:
    family, medical, other = (str(DisputeType(code).label) for code in ("01", "12", "99"))
    neighbours = str(DisputeType("02").label)
    assert notice_types(["01", "12", "02", "99"]) == [other, other, neighbours, other]
    assert notice_types(["01"] * 3 + ["12"] * 2) == [family] * 3 + [other] * 2
    assert medical in notice_types(["12"] * 3)


def test_finance_reads_no_partys_name_and_sees_what_it_returned(bureau: Office, monkeypatch) -> None:
    """What a file lacks names parties: for those who may open the case. A returned batch stays where it was opened."""
    monkeypatch.setattr(timezone, "localdate", lambda *args, **kwargs: TODAY)
    bureau.case(bureau.mediator())
    batch = bureau.compute()
    SubsidyResult.objects.filter(batch=batch).update(
        reasons=[Reason.INCOMPLETE], facts={"lacking": ["身份证明（钱多多）"]}
    )
    passed = SubsidyBatch.objects.get(pk=batch.pk)
    SubsidyBatch.objects.filter(pk=batch.pk).update(state="NOTICE", approved_on=TODAY)
    client, clerk = Client(), Client()
    client.force_login(bureau.cashier)
    clerk.force_login(bureau.clerk)
    address = reverse("subsidy_batch", args=[batch.pk])
    assert "钱多多" in clerk.get(address).content.decode()
    assert "钱多多" not in client.get(address).content.decode()
    for form in ("xlsx", "pdf"):
        file = client.get(reverse("subsidy_file", args=[batch.pk, form])).content
        text = pdf_text(file) if form == "pdf" else str([list(sheet.values) for sheet in load_workbook(BytesIO(file))])
        assert "钱多多" not in text
    assert passed.total_yuan
    drop = reverse("subsidy_action", args=[batch.pk, "subsidy.drop"])
    answer = client.post(drop, {"reason": "公示期间有异议。", "version": passed.version}, follow=True)
    assert answer.status_code == 200 and SubsidyBatch.objects.get(pk=batch.pk).state == "DROPPED"


def test_finance_sees_a_batch_only_when_it_is_approved(bureau: Office, monkeypatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *args, **kwargs: TODAY)
    case = bureau.case(bureau.mediator())
    batch = bureau.compute()
    client, clerk = Client(), Client()
    client.force_login(bureau.cashier)
    clerk.force_login(bureau.clerk)
    address = reverse("subsidy_batch", args=[batch.pk])
    assert clerk.get(address).status_code == 200
    assert client.get(address).status_code == 404
    passed_on(bureau, batch)
    page = client.get(address)
    assert page.status_code == 200
    assert case.get_absolute_url() not in page.content.decode()
    for name in ("subsidy_list", "subsidy_rates"):
        assert client.get(reverse(name)).status_code == 200
    book = load_workbook(BytesIO(client.get(reverse("subsidy_file", args=[batch.pk, "xlsx"])).content))
    assert list(book.worksheets[1].values)[1] == ("王小红", 1, 100)
    for form in ("pdf", "notice"):
        assert client.get(reverse("subsidy_file", args=[batch.pk, form])).content.startswith(b"%PDF")
    assert client.get(reverse("subsidy_file", args=[batch.pk, "exe"])).status_code == 404


def test_facts_are_noted_on_the_case(village, worker, today) -> None:
    from tests.support.mediation import dispute

    case = dispute(date(2026, 11, 2), today, handler=worker)
    secretary = person("secretary", "committee", at=village.code)
    sent = {"has_death": True, "court_allowance_on": "2026-11-20", "note": "法院已发放补贴"}
    perform("mediation.note_subsidy_facts", case, sent, secretary, today)
    facts = SubsidyFacts.objects.get(case_id=case.pk)
    assert (facts.has_death, facts.court_allowance_on) == (True, date(2026, 11, 20))
