"""The office's mediation, settlement, and the help of a mediation organisation from the request to the next step."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from casemgr.actions.errors import InvalidInput
from casemgr.actions.perform import perform
from casemgr.cases.models import Referral
from casemgr.cases.referrals.receivers import roster_of
from reconsideration.documents.settlement_agreement import SETTLEMENT_AGREEMENT, agreed_words
from reconsideration.helping.section import mediation_section
from reconsideration.indicators.helping import HELP_SETTLED, HELP_TAKEN_ON
from tests.reconsideration.test_stops import under_review
from tests.support.flow import Flow, refusals
from tests.support.organisations import committee_row, town
from tests.support.register import person

pytestmark = pytest.mark.django_db
SESSION = {"place": "听证室", "mediators": "李志强", "present": "双方到场", "wishes": "愿意调解"}


def test_who_backs_out_keeps_the_paper_from_being_sealed() -> None:
    flow = under_review().on(date(2026, 9, 21))
    agreed = {**SESSION, "result": "agreed", "agreed": "罚款减为五千元", "concessions": "申请人愿先缴三千"}
    flow.step("officer", "record_mediation", **agreed)
    signed = f"{flow.applicant.name}，2026年9月21日\n{flow.respondent.name}，2026年9月21日"
    entries = {"facts_found": "x", "result": "罚款减为五千元", "signatures": signed}
    paper = flow.sign(flow.review(flow.submit(flow.draft("mediation_paper", **entries))))
    flow.on(date(2026, 9, 22)).step(
        "officer", "end_mediation", party=flow.applicant.pk, why="backed_out", content="电话"
    )
    assert ("backed-out", "73(2)") in refusals(flow.issue, paper)
    flow.on(date(2026, 9, 23)).step("officer", "record_mediation", **agreed)
    flow.issue(paper)
    assert flow.state == "MEDIATED"


def test_what_was_conceded_is_shown_to_the_office_only_and_in_no_paper() -> None:
    flow = under_review().on(date(2026, 9, 21))
    flow.step("officer", "record_mediation", **SESSION, result="failed", concessions="愿先缴三千")
    archive, client = flow.office["archive"], Client()
    for who, sees in ((flow.office["officer"], True), (archive, False)):
        client.force_login(who)
        assert ("愿先缴三千" in client.get(flow.case.get_absolute_url()).content.decode()) is sees
    flow.hear()
    assert "愿先缴三千" not in str(flow.draft("decision").sections)


def test_a_settlement_must_be_lawful_and_leads_to_withdrawal() -> None:
    flow = under_review().on(date(2026, 9, 21))
    with pytest.raises(InvalidInput):
        flow.step("officer", "record_settlement", content="退还罚款")
    flow.step("officer", "record_settlement", content="退还罚款", is_lawful="on")
    shown = mediation_section(flow.case, flow.office["officer"], flow.day)
    assert shown["settlement"].data["content"] == "退还罚款"


def helped(flow: Flow, **changes: Any) -> Referral:
    committee = committee_row(town())
    parts = flow.case.participations.filter(role__in=("applicant", "respondent"))
    entries = {
        "organisation": committee.unit_id,
        "issues": "相邻损害",
        "civil_part": "无",
        "administrative_part": "处罚是否合法",
        "agreeing": [part.pk for part in parts],
        "consent_paper": "9月20日书面同意",
        "suspend": "no",
        **changes,
    }
    flow.step("officer", "ask_help", **entries)
    return Referral.objects.get(case_id=flow.case.pk)


def test_help_is_asked_with_everybodys_consent_and_only_ticked_papers_are_read(client) -> None:
    flow = under_review().on(date(2026, 9, 21))
    one = flow.case.participations.get(role="applicant")
    assert ("consent-missing", "5(2)") in refusals(helped, flow, agreeing=[one.pk])
    notice = flow.case.documents.get(kind="reply_notice")
    referral = helped(flow, shared=[notice.pk])
    assert referral.state == "SENT" and referral.parties.filter(answer="agrees").count() == 2
    assert ("help-open", "5") in refusals(helped, flow)

    clerk = person("helper", "committee", at=referral.to_unit.code)
    client.force_login(clerk)
    address = f"/reconsideration/help/{referral.pk}/papers/"
    assert client.get(address).status_code == 404  # not taken on yet
    perform("referral.receive", referral, {"on": flow.day}, clerk, flow.day)
    referral.refresh_from_db()
    referral = perform("referral.accept", referral, {"on": flow.day, "secrecy": "on"}, clerk, flow.day)
    page = client.get(address).content.decode()
    assert notice.title in page and "行政复议受理通知书" not in page
    assert address in client.get(referral.get_absolute_url()).content.decode()
    # both sides see one day: ten days before the decision, or fifteen working days, whichever is first
    decision = flow.status("R-DEC")[0]
    assert referral.result_due_on <= date.fromordinal(decision.toordinal() - 10)

    told = {"on": date(2026, 9, 28), "result": "settled", "result_code": "R2", "agreed_facts": "双方同意赔偿"}
    referral = perform("referral.send_result", referral, told, clerk, date(2026, 9, 28))
    [line] = mediation_section(flow.case, flow.office["officer"], date(2026, 9, 28))["helps"]
    assert (line.code == "R2" and "replace" in str(line.next)) or "代替" in str(line.next)
    for figure in (HELP_TAKEN_ON, HELP_SETTLED):
        assert figure.rows().filter(figure.hit).count() == 1


def test_an_organisation_of_the_respondents_own_town_is_not_neutral() -> None:
    flow = under_review().on(date(2026, 9, 21))
    place = town()
    committee = committee_row(place)
    part = flow.case.participations.get(role="respondent")
    part.name = f"达拉特旗{place.name}人民政府"
    part.save()
    entry = next(row for row in roster_of(flow.case, "reconsideration", flow.day) if row.unit_id == committee.unit_id)
    assert entry.conflict


def test_the_settlement_agreement_is_drafted_from_what_the_register_says_was_agreed() -> None:
    flow = under_review().on(date(2026, 9, 21))
    flow.step("officer", "record_mediation", **SESSION, result="agreed", agreed="罚款减为五千元")
    assert agreed_words(flow.case) == "罚款减为五千元"
    flow.step("officer", "record_settlement", content="退还罚款三千元\n申请人补办手续", is_lawful="on")
    form = SETTLEMENT_AGREEMENT.form(None, subject=flow.case, actor=flow.office["officer"], today=flow.day)
    paper = flow.draft("settlement_agreement", agreed=form["agreed"].value())
    text = "".join(line for section in paper.sections for line in section["paragraphs"])
    assert "1. 退还罚款三千元；2. 申请人补办手续；3. 申请人于本协议签订后" in text
