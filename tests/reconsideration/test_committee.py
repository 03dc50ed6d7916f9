"""The committee: who may advise, when a decision waits for it, what must be said of its opinion (art. 52)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from casemgr.actions.perform import perform
from casemgr.documents.definition import preview
from reconsideration.committee.triggers import proposals
from reconsideration.models import CommitteeMember, Consultation
from tests.support.flow import office, received, refusals

pytestmark = pytest.mark.django_db


def member(name: str = "王律师", **more: Any) -> CommitteeMember:
    entered = {"name": name, "kind": "expert", "organ": "内蒙古某律师事务所", "from_on": "2025-01-01", **more}
    return perform("committee.appoint", None, entered, office()["head"], date(2026, 1, 5))


def reviewed(month: int = 9) -> Any:
    """Accepted on the 8th, replied and heard within the month."""
    flow = received(date(2026, month, 2))
    flow.on(date(2026, month, 8)).accept()
    flow.on(date(2026, month, 10)).serve(flow.paper("reply_notice"))
    flow.on(date(2026, month, 21)).reply()
    flow.on(date(2026, month, 22)).hear()
    return flow


def ask(flow: Any, trigger: str = "grave") -> None:
    flow.step("officer", "ask_committee", trigger=trigger, question="处罚幅度是否适当？")


OPINION = {"meeting": "consultation", "presided_by": "陈海龙", "recorded_by": "苏日娜", "opinion": "建议撤销。"}


def test_a_decision_waits_for_the_opinion_and_since_july_2026_for_its_explanation():
    flow, adviser = reviewed(), member()
    ask(flow)
    assert ("committee-opinion", "52(2)(3)") in refusals(flow.signed_decision)
    flow.on(date(2026, 9, 24)).step("officer", "record_committee_opinion", present=[adviser.pk], **OPINION)
    flow.on(date(2026, 9, 25))
    assert ("committee-adoption", "实施条例52") in refusals(flow.submit, flow.case.documents.get(kind="decision"))
    assert ("reasons-against-opinion", "实施条例52") in refusals(
        flow.step, "officer", "explain_committee_opinion", adoption="not"
    )
    flow.step("officer", "explain_committee_opinion", adoption="not", explanation="裁量基准已有规定。")
    paper = flow.sign(flow.review(flow.submit(flow.case.documents.get(kind="decision"))))
    assert dict(paper.kind_info.enclosures(flow.case))["采纳情况说明"] == "不采纳：裁量基准已有规定。"
    flow.on(date(2026, 9, 28)).issue(paper)
    assert flow.state == "DECIDED"


def test_before_july_2026_the_opinion_is_only_recorded():
    flow, adviser = reviewed(month=4), member()
    ask(flow)
    flow.on(date(2026, 4, 24)).step("officer", "record_committee_opinion", present=[adviser.pk], **OPINION)
    flow.on(date(2026, 4, 28)).issue(flow.signed_decision())
    assert flow.state == "DECIDED"


def test_who_stands_aside_or_is_out_of_term_does_not_advise():
    flow = reviewed()
    own, ended = member(), member("刘教授", kind="scholar", until_on="2026-08-31")
    ask(flow)
    assert ("no-question", "") not in refusals(
        flow.step, "officer", "record_committee_opinion", present=[own.pk], stand_aside=[own.pk],
        interest="曾任被申请人法律顾问", **OPINION
    )  # fmt: skip
    assert ("member-out-of-term", "") in refusals(
        flow.step, "officer", "record_committee_opinion", present=[ended.pk], **OPINION
    )
    flow.step("officer", "record_committee_opinion", present=[member("赵处长", kind="department").pk],
              stand_aside=[own.pk], interest="曾任被申请人法律顾问", **OPINION)  # fmt: skip
    one = Consultation.objects.get(case=flow.case)
    assert [m.stands_aside for m in one.members.all()] == [False, True]


def test_asked_once_at_a_time_and_struck_when_asked_by_mistake(client: Client):
    flow = reviewed()
    ask(flow)
    assert ("committee-asked", "") in refusals(flow.step, "officer", "ask_committee", trigger="office", question="？")
    flow.step("officer", "strike_consultation", reason="应为另一案件")
    flow.on(date(2026, 9, 28)).issue(flow.signed_decision())
    client.force_login(office()["officer"])
    assert client.get(f"/cases/{flow.case.pk}/").status_code == 200


def test_grounds_are_proposed_from_the_facts_and_the_provincial_one_never_is(client: Client):
    flow = reviewed()
    assert proposals(flow.case) == []
    flow.paper("extension_notice", days=30, cause="案情复杂", approved_by="陈海龙")
    assert [one.trigger for one in proposals(flow.case)] == ["grave"]
    client.force_login(office()["officer"])
    page = client.get(f"/cases/{flow.case.pk}/").content.decode()
    assert "第52条第2款第1项" in page
    form = client.get(f"/cases/{flow.case.pk}/actions/reconsideration.ask_committee/").content.decode()
    assert 'value="grave"' in form and "provincial" not in form


def test_the_record_of_the_opinion_as_pdf_and_word():
    flow, adviser = reviewed(), member()
    ask(flow)
    flow.step("officer", "record_committee_opinion", present=[adviser.pk], **OPINION)
    one = Consultation.objects.get()
    paper = flow.draft("committee_record", consultation=one.pk)
    assert preview(paper).startswith(b"%PDF") and preview(paper, "docx").startswith(b"PK")


def test_the_register_of_members(client: Client):
    person = member()
    client.force_login(office()["head"])
    for address in ("/reconsideration/committee/", person.get_absolute_url(), "/reconsideration/committee/new/"):
        assert client.get(address).status_code == 200
    perform(
        "committee.end_term", person, {"until_on": "2026-03-01", "note": "调离"}, office()["head"], date(2026, 3, 2)
    )
    assert "王律师" not in client.get("/reconsideration/committee/").content.decode()
    assert "王律师" in client.get("/reconsideration/committee/?show=all").content.decode()
