"""After the decision: duties, the new act, letters, pressing, enforcement, suits (art. 64, 72, 76-79, 85, 86)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from casemgr.actions.errors import ActionError
from casemgr.actions.perform import perform
from casemgr.cases.models import Deadline
from casemgr.documents.models import Document
from casemgr.parties.models import Party
from reconsideration.aftermath.copies import copies_due
from reconsideration.aftermath.duties import duties_of, open_duties, restitution_is_due
from reconsideration.aftermath.enforcement import ROUTES, route_of
from reconsideration.aftermath.letters import letters_of
from tests.support.papers import DECIDED, DECISION, an_office, fresh, part_of, pdf_text, under_review

pytestmark = pytest.mark.django_db

SERVED = date(2026, 10, 21)
OPINION = {
    "findings": "未告知当事人陈述、申辩权利，违反《中华人民共和国行政处罚法》第四十四条",
    "demands": "对同类案件的处罚程序进行自查并整改",
}


@pytest.fixture
def office():
    return an_office()


def step(office, case, name: str, on: date, **data: Any):
    actor = office.head if name == "accept_proof" else office.officer
    perform(f"reconsideration.{name}", fresh(case), {"on": on.isoformat(), **data}, actor, on)
    return fresh(case)


def refused(office, case, name: str, on: date, **data: Any) -> set[str]:
    with pytest.raises(ActionError) as found:
        step(office, case, name, on, **data)
    return {refusal.code for refusal in found.value.refusals}


def decided(office, **changes: Any):
    """Served on everybody on 21 October 2026."""
    case = under_review(office)
    office.serve(office.paper(case, "decision", DECIDED, DECISION | changes), SERVED)
    return fresh(case)


def clock(case, rule: str) -> list[tuple[date, str]]:
    rows = Deadline.objects.filter(case_id=case.pk, rule=rule).order_by("pk")
    return [(row.due_on, row.status) for row in rows]


def test_several_duties_each_with_term_and_proof(office):
    case = decided(office, redo_is_ordered=False)
    assert restitution_is_due(case, _facts(case))  # a penalty was annulled, art. 72(2)
    case = step(office, case, "open_performance", SERVED, duty="退还罚款500元", kind="return", due_on="2026-11-05",
                amount_yuan="500")  # fmt: skip
    case = step(office, case, "add_duty", SERVED, duty="解除对车辆的扣押", kind="release", due_on="2026-10-30")
    assert clock(case, "R-PERF") == [(date(2026, 11, 5), "open"), (date(2026, 10, 30), "open")]
    assert not restitution_is_due(case, _facts(case))
    assert [one.debtor for one in duties_of(case)] == ["达拉特旗公安局"] * 2

    assert "duties-open" in refused(office, case, "accept_proof", date(2026, 10, 28), proof="收据")
    second = duties_of(case)[1].subject
    case = step(office, case, "record_duty_done", date(2026, 10, 28), duty=second, proof="解除扣押决定书")
    assert clock(case, "R-PERF") == [(date(2026, 11, 5), "open"), (date(2026, 10, 30), "met")]
    assert [one.text for one in open_duties(case)] == ["退还罚款500元"]
    case = step(office, case, "accept_proof", date(2026, 11, 6), proof="退款凭证")
    assert case.state == "PERFORMED"
    assert clock(case, "R-PERF")[0] == (date(2026, 11, 5), "met_late")


def test_the_same_act_again_is_no_new_act_and_its_clock_runs_on(office):
    """Art. 64(2): annulled for facts and procedure, so the ban holds; for procedure alone it would not."""
    case = decided(office)
    organ = part_of(case, "respondent").party_id
    assert clock(case, "R-REDO") == [(date(2026, 11, 20), "open")]  # 30 days from 21 October
    case = step(office, case, "open_performance", SERVED, duty="重新作出行政行为", kind="redo")
    new = {"party": organ, "title": "行政处罚决定书", "number": "达公行罚决字〔2026〕99号"}
    case = step(office, case, "record_new_act", date(2026, 11, 10), compared="same", **new)
    assert clock(case, "R-REDO") == [(date(2026, 11, 20), "open")]
    assert "new-act-missing" in refused(office, case, "accept_proof", date(2026, 11, 10), proof="决定书")
    case = step(office, case, "record_new_act", date(2026, 11, 18), compared="different", **new)
    assert clock(case, "R-REDO") == [(date(2026, 11, 20), "met")]
    assert open_duties(case) == []


def test_annulled_for_procedure_alone_the_same_act_counts(office):
    case = decided(office, grounds=["64-2"])
    organ = part_of(case, "respondent").party_id
    case = step(office, case, "record_new_act", date(2026, 11, 10), party=organ, title="处罚决定书", compared="same")
    assert clock(case, "R-REDO") == [(date(2026, 11, 20), "met")]


def test_an_opinion_letter_is_received_reported_and_performed_before_the_file_is_closed(office):
    case = decided(office, redo_is_ordered=False)
    organ = Party.objects.get(name="达拉特旗公安局")
    paper = office.paper(case, "opinion_letter", SERVED, OPINION | {"organ": organ.pk})
    text = pdf_text(paper.content())
    for words in (
        "行政复议意见书",
        "达政复意字〔2026〕1号",
        "第七十六条",
        "六十日内",
        "第七十七条",
        "达拉特旗公安局：",
    ):
        assert words in text
    case = fresh(case)
    (letter,) = letters_of(case)
    assert "letters-open" in refused(office, case, "archive", date(2026, 11, 20), archive_number="1")
    case = step(office, case, "letter_received", date(2026, 10, 22), letter=letter.subject)
    assert clock(case, "R-OPIN") == [(date(2026, 12, 21), "open")]  # 60 days from 22 October
    case = step(office, case, "opinion_reported", date(2026, 11, 2), letter=letter.subject, report="已部署自查")
    assert clock(case, "R-OPIN") == [(date(2026, 12, 21), "met")]
    assert letters_of(case)[0].is_open  # a report is no performance
    case = step(office, case, "opinion_put_right", date(2026, 11, 9), letter=letter.subject, proof="整改报告")
    assert not letters_of(case)[0].is_open


def test_a_suggestion_letter_owes_no_answer(office):
    case = decided(office, redo_is_ordered=False)
    organ = Party.objects.get(name="达拉特旗市场监督管理局")
    data = {"organ": organ.pk, "problem": "处罚前未告知听证权利的情况较为普遍", "suggestions": "开展专项培训"}
    paper = office.paper(case, "suggestion_letter", SERVED, data)
    text = pdf_text(paper.content())
    for words in (
        "行政复议建议书",
        "达政复建字〔2026〕1号",
        "第六十九条",
        "达拉特旗司法局",
        "达拉特旗市场监督管理局：",
    ):
        assert words in text
    (letter,) = letters_of(fresh(case))
    case = step(office, case, "letter_received", date(2026, 10, 22), letter=letter.subject)
    assert clock(case, "R-OPIN") == []
    assert not letters_of(case)[0].is_open
    step(office, case, "suggestion_answered", date(2026, 11, 2), letter=letter.subject, report="已采纳")


def test_only_what_is_past_its_day_can_be_pressed(office):
    case = decided(office, redo_is_ordered=False)
    organ = part_of(case, "respondent").party_id
    case = step(office, case, "open_performance", SERVED, duty="退还罚款500元", kind="return", due_on="2026-11-05")
    talk = {
        "party": organ, "place": "旗政府会议室", "interviewed": "王建军，局长", "interviewers": "白建国，副旗长",
        "content": "指出逾期未退还罚款\n局长说明原因", "undertaking": "退还罚款", "until": "2026-11-20",
    }  # fmt: skip
    assert "nothing-unperformed" in refused(office, case, "record_interview", date(2026, 11, 5), **talk)
    late = date(2026, 11, 6)
    case = step(office, case, "record_interview", late, **talk)
    record = perform("document.draft", fresh(case), {"kind": "interview_record"}, office.officer, late)
    record = perform("document.issue", perform("document.submit", record, {}, office.officer, late), {},
                     office.officer, late)  # fmt: skip
    text = pdf_text(record.content())
    for words in ("约谈记录", "王建军，局长", "退还罚款", "第七十七条第二款", "2026年11月20日前完成"):
        assert words in text

    subject = duties_of(fresh(case))[0].subject
    order = office.paper(case, "performance_order", late, {"what": subject, "term": "2026-11-20"})
    text = pdf_text(order.content())
    for words in ("责令履行通知书", "达政复责履字〔2026〕1号", "退还罚款500元", "2026年11月20日前履行", "第八十三条"):
        assert words in text
    # the order's day takes the place of the first one
    assert clock(case, "R-PERF") == [(date(2026, 11, 5), "lapsed"), (date(2026, 11, 20), "open")]
    office.serve(order, late)
    criticism = office.paper(case, "criticism", late, {"facts": "逾期未退还罚款", "demands": "立即履行"})
    assert "予以通报批评" in pdf_text(criticism.content())
    case = step(office, case, "accept_proof", date(2026, 11, 18), proof="退款凭证")
    assert clock(case, "R-PERF")[1] == (date(2026, 11, 20), "met")


def test_an_order_on_an_opinion_letter_goes_to_its_organ_and_is_met_by_the_report(office):
    """Art. 76 lets the letter go to a lower organ that takes no part; the order follows it there."""
    case = decided(office, redo_is_ordered=False)
    organ = Party.objects.get(name="达拉特旗市场监督管理局")
    office.paper(case, "opinion_letter", SERVED, OPINION | {"organ": organ.pk})
    subject = letters_of(fresh(case))[0].subject
    case = step(office, case, "letter_received", date(2026, 10, 22), letter=subject)
    late = date(2026, 12, 22)
    order = office.paper(case, "performance_order", late, {"what": subject, "term": "2026-12-31"})
    text = pdf_text(order.content())
    for words in ("达拉特旗市场监督管理局：", "制发《行政复议意见书》，已于2026年10月22日送达你单位"):
        assert words in text
    assert clock(case, "R-PERF") == [(date(2026, 12, 31), "open")]
    done = {"letter": subject, "report": "已整改", "is_put_right": "on"}
    case = step(office, case, "opinion_reported", date(2026, 12, 28), **done)
    assert not letters_of(case)[0].is_open
    assert clock(case, "R-PERF") == [(date(2026, 12, 31), "met")]


def test_only_the_respondent_is_pressed(office):
    """Art. 77(2) speaks of the respondent; against an applicant or third party there is enforcement (art. 78)."""
    case = decided(office, redo_is_ordered=False)
    applicant, respondent = part_of(case, "applicant"), part_of(case, "respondent")
    case = step(office, case, "open_performance", SERVED, party=applicant.party_id, duty="拆除围墙",
                due_on="2026-11-05")  # fmt: skip
    talk = {
        "party": respondent.party_id, "place": "旗政府会议室", "interviewed": "王建军，局长",
        "interviewers": "白建国，副旗长", "content": "指出逾期", "undertaking": "履行",
    }  # fmt: skip
    assert "nothing-unperformed" in refused(office, case, "record_interview", date(2026, 11, 6), **talk)


def test_decision_against_an_own_department_is_copied_to_its_superior(office):
    case = decided(office, redo_is_ordered=False)
    party = part_of(case, "respondent").party
    party.agency_kind = Party.AgencyKind.DEPARTMENT
    party.superior = Party.objects.create(kind=Party.Kind.AGENCY, name="鄂尔多斯市公安局")
    party.save()
    case = fresh(case)
    assert [one.what for one in copies_due(case, _facts(case))] == ["decision"]
    paper = office.paper(case, "copy_letter", SERVED, {"what": "decision", "superior": "鄂尔多斯市公安局"})
    text = pdf_text(paper.content())
    for words in ("抄告函", "鄂尔多斯市公安局：", "第七十九条第二款", "《行政复议决定书》（达政复决字〔2026〕1号）"):
        assert words in text
    assert copies_due(fresh(case), _facts(case)) == []


def _facts(case):
    from casemgr.cases import events

    return events.facts_of(fresh(case))


@pytest.mark.parametrize(
    ("outcome", "enforcer", "article"),
    [
        ("upheld", "acting_organ", "78①"),
        ("changed", "authority", "78②"),
        ("mediated", "authority", "78③"),
        ("request_rejected", "acting_organ", "78①"),
        ("partly_annulled", "acting_organ", "78①"),
    ],
)
def test_the_outcome_says_who_enforces(outcome, enforcer, article):
    assert (ROUTES[outcome].enforcer, ROUTES[outcome].article) == (enforcer, article)
    assert bool(ROUTES[outcome].note) is (outcome in ("request_rejected", "partly_annulled"))


def test_nothing_is_enforced_before_the_time_to_sue_is_over(office):
    case = decided(
        office, outcome="upheld", grounds=[], redo_is_ordered=False,
        reasoning="处罚决定认定事实清楚，适用依据正确", facts_found="申请人实施了违法行为",
    )  # fmt: skip
    applicant = part_of(case, "applicant")
    data = {"party": applicant.party_id, "enforcer": "acting_organ", "way": "court", "court": "达拉特旗人民法院"}
    assert clock(case, "R-SUE15") == [(date(2026, 11, 5), "open")]
    assert "may-still-sue" in refused(office, case, "record_enforcement", date(2026, 11, 5), **data)
    after = date(2026, 11, 6)
    assert "other-route" in refused(office, case, "record_enforcement", after, **data | {"enforcer": "authority"})
    case = step(office, case, "record_enforcement", after, **data)
    assert route_of(case).article == "78①"
    draft = {"against": applicant.pk, "court": "达拉特旗人民法院", "claims": "强制执行罚款500元"}
    paper = office.paper(case, "enforcement_application", after, draft)
    text = pdf_text(paper.content())
    for words in ("强制执行申请书", "申请执行人：达拉特旗公安局", "第七十八条第一项", "第五十三条", "不提起行政诉讼"):
        assert words in text


def test_a_sued_decision_says_so_on_its_page_and_on_the_case(office, client):
    case = decided(office)
    paper = Document.objects.get(case_id=case.pk, kind="decision")
    party = part_of(case, "applicant").party_id
    step(office, case, "record_suit", date(2026, 11, 2), party=party, court_number="（2026）内06行初21号")
    client.force_login(office.officer)
    assert "（2026）内06行初21号" in client.get(reverse("document_detail", args=[paper.pk])).content.decode()
    assert 'id="aftermath"' in client.get(case.get_absolute_url()).content.decode()


def test_a_linked_suit_is_told_to_the_handler(office):
    from casemgr.cases.links import link
    from casemgr.cases.models import Case, CaseLink
    from casemgr.notices.models import Notice
    from reconsideration.aftermath.suits import after_step

    case = decided(office)
    case.lead_handler = office.officer
    case.save()
    suit = Case.objects.create(procedure="litigation", state="RECEIVED", number="达诉〔2026〕1号", title="诉讼",
                               number_year=2026, number_sequence=1, unit=case.unit, opened_on=SERVED)  # fmt: skip
    link(CaseLink.Kind.SUED_OVER, suit, case)
    creating = type("Creating", (), {"creates": True, "name": "any.register"})
    before = Notice.objects.filter(recipient=office.officer).count()
    after_step(None, creating, suit, {}, None)
    after_step(None, creating, suit, {}, None)
    assert Notice.objects.filter(recipient=office.officer).count() == before + 1


def test_the_list_shows_what_is_overdue_and_with_whom(office, client, django_assert_max_num_queries, monkeypatch):
    case = decided(office, redo_is_ordered=False)
    step(office, case, "open_performance", SERVED, duty="退还罚款500元", kind="return", due_on="2026-11-05")
    monkeypatch.setattr("reconsideration.aftermath.supervising.clock_today", lambda: date(2026, 11, 6))
    client.force_login(office.officer)
    client.get(reverse("performance_list"))
    with django_assert_max_num_queries(12):
        page = client.get(reverse("performance_list"))
    text = page.content.decode()
    assert "退还罚款500元" in text
    assert "达拉特旗公安局" in text
    assert client.get(reverse("performance_list"), {"show": "letters"}).status_code == 200
    assert client.get(reverse("performance_list"), {"show": "undated"}).status_code == 200
    client.force_login(office.stranger)
    assert "退还罚款500元" not in client.get(reverse("performance_list")).content.decode()


def test_clues_are_drafted_by_the_office_and_released_by_a_leader(office):
    from casemgr.documents.clues.models import Transfer
    from tests.support.register import person

    leader = person("leader-clues", "leader", at="150621-SFJ")
    case = decided(office)
    entered = {
        "about": f"reconsideration:{case.pk}", "organ": "达拉特旗监察委员会", "facts": "逾期不履行行政复议决定",
        "basis": "《中华人民共和国行政复议法》第八十五条",
    }  # fmt: skip
    transfer = perform("clues.draft", None, entered, office.officer, SERVED)
    assert not Transfer.objects.visible_to(office.stranger, SERVED).filter(pk=transfer.pk).exists()
    transfer = perform("clues.release", transfer, {}, leader, SERVED)
    assert transfer.number.text


def test_the_demo_shows_a_decision_whose_performance_is_supervised():
    """The story walked alone: a late duty ordered with a new day, an opinion letter received, a suggestion."""
    import random

    from reconsideration.demo.clerk import Days
    from reconsideration.demo.stories import STORIES
    from reconsideration.demo.walk import Plan, Walker
    from tests.support.flow import office as people

    today = date(2026, 11, 27)
    number = next(n for n, one in enumerate(STORIES) if one.matter == "wages")
    plan = Plan(number, STORIES[number], Days(today), "demo-test", random.Random("x"), [])
    walker = Walker(plan, people() | {"leader": None})
    for step_on in walker.walk():
        if step_on > today:
            break
    case = walker.clerk.case
    assert case.state == "PERFORMING"
    assert len(duties_of(case)) == 2
    assert [one.is_opinion for one in letters_of(case)] == [True, False]
    assert letters_of(case)[0].received_on
    assert [status for _due, status in clock(case, "R-PERF")] == ["open", "lapsed", "open"]
