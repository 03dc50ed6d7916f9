"""An issued paper with a slip is corrected by a notice that says what read what; the case does not move again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from casemgr.actions import registry
from casemgr.actions.errors import GuardRefused, WrongState
from casemgr.actions.perform import perform
from casemgr.documents.corrections import whole_text
from casemgr.documents.models import Document
from casemgr.documents.services import carry_on
from tests.support.papers import (
    CORRECTION,
    DECIDED,
    DECISION,
    RECEIPT,
    RECEIVED,
    a_case,
    an_office,
    fresh,
    pdf_text,
    under_review,
)

pytestmark = pytest.mark.django_db
LATER = DECIDED + timedelta(days=7)


@pytest.fixture
def office():
    return an_office()


def correct(office, paper: Document, *slips: tuple[str, str], is_slip: bool = True) -> Document:
    text = whole_text(paper)
    for wrong, right in slips:
        assert wrong in text
        text = text.replace(wrong, right, 1)
    data = {"corrected": text, "is_slip": is_slip}
    return perform("document.correct", paper, data, office.officer, LATER)


def issue(office, paper: Document) -> Document:
    return carry_on(paper, LATER, officer=office.officer, head=office.head, authority=office.authority)


def test_a_decision_is_corrected_by_a_notice_of_its_own_and_decides_nothing_twice(office):
    case = under_review(office)
    decision = office.serve(office.paper(case, "decision", DECIDED, DECISION), DECIDED)
    state, events = fresh(case).state, fresh(case).events.count()
    before = decision.content()
    notice = issue(office, correct(office, decision, ("2026年7月16日，", "2026年7月18日，"), ("30日", "三十日")))
    assert (notice.title, notice.number_text) == ("行政复议决定书更正通知书", "达政复更字〔2026〕1号")
    text = pdf_text(notice.content())
    assert f"本机关于2026年10月20日作出的《行政复议决定书》（{decision.number_text}）存在文字错误，现更正如下：" in text
    assert "“2026年7月16日”更正为“2026年7月18日”" in text
    assert "更正为“责令被申请人自收到本决定书之日起三十日内" in text
    assert "其他内容不变" in text
    served = office.serve(notice, LATER)
    assert {s.participation_id for s in served.services.all()} == {s.participation_id for s in decision.services.all()}
    assert (fresh(case).state, fresh(case).events.count()) == (state, events)
    assert Document.objects.get(pk=decision.pk).content() == before


def test_its_issue_promises_no_step_of_the_case(office):
    decision = office.paper(under_review(office), "decision", DECIDED, DECISION)
    notice = correct(office, decision, ("7月16日", "7月18日"))
    action = registry.get("document.issue")
    with translation.override("en"):
        assert "The case moves on" not in str(action.consequence_for(notice))
        assert "The case moves on" in str(action.consequence_for(decision))


def test_it_goes_through_the_approval_of_the_paper_it_corrects(office):
    decision = office.paper(under_review(office), "decision", DECIDED, DECISION)
    notice = correct(office, decision, ("7月16日", "7月18日"))
    notice = perform("document.submit", notice, {}, office.officer, LATER)
    assert notice.state == "IN_REVIEW"
    notice = perform("document.review", notice, {}, office.head, LATER)
    assert perform("document.sign", notice, {}, office.authority, LATER).state == "SIGNED"


def test_what_differs_follows_the_text_until_the_notice_is_issued(office):
    paper = office.paper(a_case(office), "correction_notice", RECEIVED, CORRECTION)
    notice = correct(office, paper, ("身份证明", "身份证复印件"))
    text = whole_text(paper).replace("复印件", "原件")
    notice = perform("document.edit", notice, {"corrected": text}, office.officer, LATER)
    assert "复印件”更正为" in str(notice.sections)
    assert "身份证复印件" not in str(notice.sections)


def test_a_corrected_paper_is_not_taken_back_under_its_correction(office):
    paper = office.paper(a_case(office), "receipt", RECEIVED, RECEIPT)
    issue(office, correct(office, paper, ("收到", "收悉")))
    with pytest.raises(GuardRefused) as refused:
        perform("document.withdraw", paper, {"reason": "重发"}, office.head, LATER)
    assert [refusal.code for refusal in refused.value.refusals] == ["paper-corrected"]


def test_nothing_but_a_slip_is_corrected(office):
    paper = office.paper(a_case(office), "correction_notice", RECEIVED, CORRECTION)
    notice = correct(office, paper, is_slip=False)
    with pytest.raises(GuardRefused) as refused:
        perform("document.submit", notice, {}, office.officer, LATER)
    assert [refusal.code for refusal in refused.value.refusals] == ["corrected", "is-slip"]


def test_one_correction_at_a_time_of_an_issued_paper_only(office):
    case = a_case(office)
    draft = perform("document.draft", case, {"kind": "correction_notice", **CORRECTION}, office.officer, RECEIVED)
    with pytest.raises(WrongState):
        correct(office, draft)
    paper = carry_on(draft, RECEIVED, officer=office.officer, head=office.head)
    notice = correct(office, paper, ("身份证明", "身份证"))
    with pytest.raises(GuardRefused):
        correct(office, paper, ("身份证明", "身份证"))
    issued = issue(office, notice)
    with pytest.raises(GuardRefused, match="更正通知书"):
        perform("document.correct", issued, {"corrected": "x", "is_slip": True}, office.officer, LATER)
    assert correct(office, paper, ("复印件", "原件")).corrects_id == paper.pk


def test_both_papers_show_each_other_and_the_clerk_gets_there_by_pages(office, client: Client, monkeypatch):
    monkeypatch.setattr("casemgr.documents.views.clock_today", lambda: LATER)
    paper = office.paper(a_case(office), "correction_notice", RECEIVED, CORRECTION)
    client.force_login(office.officer)
    page = client.get(reverse("document_detail", args=[paper.pk])).content.decode()
    address = reverse("document_action", args=[paper.pk, "document.correct"])
    assert address in page
    assert "身份证明" in client.get(address).content.decode()
    sent = {
        "corrected": whole_text(paper).replace("身份证明", "身份证"),
        "is_slip": "on",
        "seen_version": paper.version,
    }
    notice = Document.objects.get(corrects=paper) if client.post(address, sent).status_code == 302 else None
    assert reverse("document_detail", args=[notice.pk]) in client.get(paper_page(paper)).content.decode()
    page = client.get(paper_page(notice)).content.decode()
    assert "本文书更正：" in page
    assert paper.number_text in page


def paper_page(paper: Document) -> str:
    return reverse("document_detail", args=[paper.pk])
