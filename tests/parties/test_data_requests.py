"""What a person may ask about the own data: to see, correct, delete; looks are recorded, refusals have reasons."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.test import Client
from openpyxl import load_workbook

from casemgr.actions.errors import ActionError
from casemgr.actions.perform import perform
from casemgr.audit.models import AccessLog
from casemgr.organisation.models import User
from casemgr.pages.clock import today as clock_today
from casemgr.parties.models import DataRequest, Party, PartyKey
from casemgr.parties.registry import PartyData, create
from reconsideration.demo.people import resident_number
from tests.support.flow import received
from tests.support.register import OTHER, person

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 1)
NUMBER, PHONE = resident_number(9, date(1985, 3, 12), "F"), "13800001234"


@pytest.fixture
def officer() -> User:
    return person("request-officer", "officer")


@pytest.fixture
def head() -> User:
    return person("request-head", "head")


@pytest.fixture
def loose(officer) -> Party:
    """A person who stands in no case."""
    return create(PartyData("person", "李秀英", "RID", NUMBER, phone=PHONE, address="达拉特旗"), officer, DAY)


def register(party: Party, officer, kind: str = "see", **data) -> DataRequest:
    entries = {"kind": kind, "requester": "self", "channel": "in_person", "received_on": DAY, "wish": "全部", **data}
    return perform("data_request.register", party, entries, officer, DAY)


def step(name: str, request: DataRequest, actor, **data) -> DataRequest:
    return perform(f"data_request.{name}", request, data, actor, DAY)


def identified(party: Party, officer, kind: str = "see", **data) -> DataRequest:
    return step("check_identity", register(party, officer, kind, **data), officer, identity_check="核对身份证原件")


def codes(call, *args, **data) -> set[tuple[str, str]]:
    with pytest.raises(ActionError) as caught:
        call(*args, **data)
    return {(refusal.code, str(refusal.article)) for refusal in caught.value.refusals}


def test_the_target_is_the_offices_own_and_says_so(loose, officer, client: Client) -> None:
    request = register(loose, officer)
    assert request.due_on == date(2026, 9, 21)  # fifteen working days; Sunday 20 September is one
    client.force_login(officer)
    page = client.get(f"/data-requests/{request.pk}/").content.decode()
    assert "《个人信息保护法》第45条" in page
    assert AccessLog.objects.filter(kind="data_request_opened", subject_id=request.pk).count() == 1


def test_nothing_is_shown_before_the_identity_is_checked(loose, officer, head, client: Client) -> None:
    request = register(loose, officer)
    assert codes(step, "compile", request, officer) == {("not-identified", "《个人信息保护法》第50条第1款")}
    assert {code for code, _a in codes(step, "grant", request, head, answer="已提供")} == {"wrong-state"}
    client.force_login(officer)
    assert client.post(f"/data-requests/{request.pk}/file/").status_code == 302
    assert not AccessLog.objects.filter(kind="data_compiled").exists()


def test_the_file_shows_own_data_in_full_and_others_masked(officer, head, client: Client) -> None:
    flow = received(DAY)
    other = {"name": "欧阳建国", "identity_number": resident_number(77, date(1990, 1, 1), "M"), "is_another": "on"}
    joined = received(DAY, people=[{"known_party": flow.applicant.pk}, other])
    party = flow.applicant
    foreign_office = person("foreign-officer", "officer", at=OTHER)
    request = identified(party, officer, "copy")
    assert codes(step, "grant", request, head, answer="给") == {("not-compiled", "《个人信息保护法》第45条第2款")}
    client.force_login(officer)
    answer = client.post(f"/data-requests/{request.pk}/file/")
    assert answer.status_code == 200
    book = load_workbook(io.BytesIO(answer.content))
    text = "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row)
    for own in (party.open_number(), party.open_phone(), party.name, flow.case.number, joined.case.number):
        assert own in text
    assert "欧阳**" in text
    assert "欧阳建国" not in text
    assert other["identity_number"] not in text
    log = AccessLog.objects.get(kind="data_compiled")
    assert (log.actor_id, log.subject_id) == (officer.pk, party.pk)
    request.refresh_from_db()
    assert step("grant", request, head, answer="已提供副本").state == "GRANTED"
    client.force_login(foreign_office)
    assert client.get(f"/data-requests/{request.pk}/").status_code == 404
    assert client.post(f"/data-requests/{request.pk}/file/").status_code == 404


def test_a_correction_is_granted_when_it_was_made(loose, officer, head) -> None:
    request = identified(loose, officer, "correct", wish="住址有误")
    assert codes(step, "grant", request, head, answer="已更正") == {("not-corrected", "《个人信息保护法》第46条第2款")}
    entries = {"name": loose.name, "address": "树林召镇", "reason": "本人申请"}
    perform("party.correct", loose, entries, officer, DAY)
    assert step("grant", request, head, answer="已更正").state == "GRANTED"
    late = identified(loose, officer, "correct", wish="姓名")
    assert step("refuse", late, head, ground="is_correct", answer="经核实无误").ground == "is_correct"


def test_deletion_needs_two_people_and_no_duty_to_keep(loose, officer, head) -> None:
    own = step("check_identity", register(loose, head, "delete"), head, identity_check="身份证")
    assert {code for code, _a in codes(step, "grant", own, head, answer="删")} == {"second-person"}
    step("withdraw", own, head, reason="改由他人登记")
    request = identified(loose, officer, "delete")
    assert codes(step, "refuse", request, head, ground="retention", answer="须保存") == {
        ("nothing-to-keep", "《个人信息保护法》第47条第2款")
    }
    request = step("grant", request, head, answer="已删除")
    loose.refresh_from_db()
    assert "李秀英" not in loose.name
    assert not PartyKey.objects.filter(party=loose).exists()
    assert (request.state, request.wish) == ("GRANTED", "")
    assert AccessLog.objects.filter(kind="party_erased", subject_id=loose.pk).exists()


def test_who_stands_in_a_file_is_refused_with_the_reason(officer, head, client: Client) -> None:
    flow = received(DAY)
    request = identified(flow.applicant, officer, "delete")
    assert codes(step, "grant", request, head, answer="删") == {("must-be-kept", "《个人信息保护法》第47条第2款")}
    step("refuse", request, head, ground="retention", answer="卷宗须依法保存")
    client.force_login(officer)
    assert "第47条第2款" in client.get(f"/parties/{flow.applicant.pk}/").content.decode()
    page = client.get(f"/data-requests/{request.pk}/").content.decode()
    assert "卷宗须依法保存" in page
    assert "《个人信息保护法》第50条第2款" in page
    with pytest.raises(ActionError):
        step("refuse", identified(flow.applicant, officer, "see"), head, ground="retention", answer="不")


def test_below_fourteen_the_guardian_asks(officer, head) -> None:
    child = create(PartyData("person", "小宝", "NONE", identity_note="年幼", birth_on=date(2012, 9, 2)), officer, DAY)
    request = identified(child, officer, "explain")
    assert codes(step, "grant", request, head, answer="说明") == {("guardian-asks", "《个人信息保护法》第31条第1款")}
    with pytest.raises(ActionError):
        register(child, officer, requester="guardian")
    again = identified(child, officer, "explain", requester="guardian", requester_name="宝父")
    assert step("grant", again, head, answer="已说明").state == "GRANTED"


def test_a_relative_says_the_own_interest(loose, officer) -> None:
    with pytest.raises(ActionError):
        register(loose, officer, requester="relative", requester_name="其子")
    register(loose, officer, requester="relative", requester_name="其子", purpose="办理继承")


def test_the_list_shows_what_is_in_reach(loose, officer, client: Client) -> None:
    request = register(loose, officer)
    address = f"/data-requests/{request.pk}/"
    auditor = person("request-auditor", "auditor", at="150621")
    for user, sees in ((officer, True), (auditor, True), (person("far", "officer", at=OTHER), False)):
        client.force_login(user)
        assert (address in client.get("/data-requests/?open=1").content.decode()) is sees
    client.force_login(auditor)
    assert (
        client.post(address, {"action": "data_request.refuse", "ground": "not_held", "answer": "x"}).status_code == 403
    )


def test_the_pages_lead_from_registration_to_answer(loose, officer, head, client: Client) -> None:
    today = clock_today()
    client.force_login(officer)
    form = f"/parties/{loose.pk}/actions/data_request.register/"
    assert client.get(form).status_code == 200
    assert form in client.get(f"/parties/{loose.pk}/").content.decode()
    sent = {"kind": "see", "requester": "self", "channel": "post", "received_on": today.isoformat()}
    address = client.post(form, sent).url
    checked = {"action": "data_request.check_identity", "identity_check": "身份证"}
    assert client.post(address, checked).status_code == 302
    client.post(address + "file/")
    client.force_login(head)
    assert client.post(address, {"action": "data_request.grant", "answer": "已当面查阅"}).status_code == 302
    assert DataRequest.objects.get().state == "GRANTED"
