"""Who handles a case, notes, instructions, own reminders, saved conditions, the list as a file."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from casemgr.actions.errors import ActionError, NotVisible
from casemgr.actions.perform import perform
from casemgr.audit.models import AccessLog
from casemgr.cases.models import Case, Instruction, PersonalReminder
from casemgr.cases.people.export import safe
from casemgr.notices.models import Notice
from casemgr.operation.sweep import sweep
from casemgr.pages.clock import today as clock_today
from tests.support import mediation
from tests.support.flow import received
from tests.support.register import OTHER, person

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 2)


@pytest.fixture
def flow():
    flow = received(date(2026, 9, 1))
    flow.case.lead_handler = None
    flow.case.save()
    return flow


def act(flow, role: str, action: str, **data):
    return perform(action, flow.case, data, flow.office[role], DAY)


def codes(call, *args, **kwargs) -> set[str]:
    with pytest.raises(ActionError) as caught:
        call(*args, **kwargs)
    return {refusal.field or refusal.code for refusal in caught.value.refusals}


def told(user, kind: str) -> int:
    return Notice.objects.filter(recipient=user, kind=kind).count()


def test_a_case_is_assigned_and_changed_with_a_reason(flow) -> None:
    first, second = flow.office["officer"], person("second-officer", "officer")
    elsewhere = person("elsewhere", "officer", at=OTHER)
    assert codes(act, flow, "head", "cases.assign", handler=elsewhere.pk) == {"handler"}
    act(flow, "head", "cases.assign", handler=first.pk)
    assert told(first, "case_assigned") == 1
    assert codes(act, flow, "head", "cases.assign", handler=second.pk) == {"reason"}
    act(flow, "head", "cases.assign", handler=second.pk, reason="原承办人调离")
    case = Case.objects.get(pk=flow.case.pk)
    assert case.lead_handler == second
    assert told(first, "case_taken_away") == 1
    assert case.events.filter(kind="handler_changed").last().data["to"] == second.full_name
    with pytest.raises(ActionError):
        act(flow, "officer", "cases.assign", handler=first.pk, reason="自行更换")


def test_an_assignment_can_be_annulled(flow) -> None:
    act(flow, "head", "cases.assign", handler=flow.office["officer"].pk)
    step = flow.case.steps_taken.get(action="cases.assign")
    act(flow, "head", "cases.annul", taken=step.pk, reason="误操作")
    assert Case.objects.get(pk=flow.case.pk).lead_handler is None


def test_a_recused_person_sees_the_case_no_more_and_handles_it_never(flow) -> None:
    officer = flow.office["officer"]
    act(flow, "head", "cases.assign", handler=officer.pk)
    assert codes(act, flow, "head", "cases.recuse", person=officer.pk, reason="申请人系其近亲属") == {"person"}
    other = person("second-officer", "officer")
    act(flow, "head", "cases.add_handler", handler=other.pk)
    act(flow, "head", "cases.recuse", person=other.pk, reason="申请人系其近亲属")
    assert not Case.objects.visible_to(other, DAY).filter(pk=flow.case.pk).exists()
    assert list(flow.case.further_handlers.all()) == []
    assert codes(act, flow, "head", "cases.add_handler", handler=other.pk) == {"handler"}
    with pytest.raises(NotVisible):
        perform("cases.note", flow.case, {"content": "看一下"}, other, DAY)
    act(flow, "head", "cases.end_recusal", recusal=flow.case.recusals.get().pk, reason="关系已解除")
    assert Case.objects.visible_to(other, DAY).filter(pk=flow.case.pk).exists()


def test_an_instruction_is_answered_by_the_handler(flow, client: Client) -> None:
    assert codes(act, flow, "head", "cases.instruct", text="请抓紧办理") == {"no-handler"}
    officer, head = flow.office["officer"], flow.office["head"]
    act(flow, "head", "cases.assign", handler=officer.pk)
    assert codes(act, flow, "head", "cases.instruct", text="请抓紧", due_on=DAY - timedelta(days=1)) == {"due_on"}
    act(flow, "head", "cases.instruct", text="请抓紧办理", due_on=DAY + timedelta(days=3))
    assert told(officer, "instruction_given") == 1
    client.force_login(officer)
    assert "请抓紧办理" in client.get("/work/").content.decode()
    act(flow, "officer", "cases.answer_instruction", instruction=Instruction.objects.get().pk, answer="已安排听取意见")
    assert told(head, "instruction_answered") == 1
    assert "已安排听取意见" in client.get(f"/cases/{flow.case.pk}/").content.decode()
    assert codes(act, flow, "officer", "cases.answer_instruction", answer="再答") == {"no-instruction"}


@pytest.mark.parametrize(("role", "at"), [("town", mediation.TOWN), ("guidance", "150621"), ("leader", "150621")])
def test_who_leads_mediation_instructs_the_mediator_of_a_dispute(role: str, at: str) -> None:
    mediator, leader = mediation.mediator(), person("instructing", role, at=at)
    case = mediation.accepted(DAY, DAY, handler=mediator)
    perform("cases.instruct", case, {"text": "请先走访双方"}, leader, DAY)
    assert told(mediator, "instruction_given") == 1
    instruction = Instruction.objects.get(case_id=case.pk)
    perform("cases.answer_instruction", case, {"instruction": instruction.pk, "answer": "已走访"}, mediator, DAY)
    assert told(leader, "instruction_answered") == 1
    perform("cases.note", case, {"content": "已听取汇报"}, leader, DAY)


def test_a_note_stays_with_its_author(flow, client: Client) -> None:
    act(flow, "officer", "cases.note", content="当事人来电询问进度")
    client.force_login(flow.office["head"])
    assert "当事人来电询问进度" in client.get(f"/cases/{flow.case.pk}/").content.decode()


def test_an_own_reminder_is_told_once_and_moves_no_period(flow, client: Client) -> None:
    officer = flow.office["officer"]
    client.force_login(officer)
    today = clock_today()
    assert client.post("/reminders/new/", {"on": today - timedelta(days=1), "text": "电话"}).status_code == 422
    client.post("/reminders/new/", {"on": today, "text": "给申请人回电话", "case": flow.case.pk})
    reminder = PersonalReminder.objects.get()
    assert (reminder.user, reminder.case_id) == (officer, flow.case.pk)
    sweep(today)
    before = list(flow.case.deadlines.values_list("rule", "due_on"))
    for _turn in range(2):
        sweep(today)
    assert told(officer, "own_reminder") == 1
    assert list(flow.case.deadlines.values_list("rule", "due_on")) == before
    assert "给申请人回电话" in client.get("/work/").content.decode()
    client.post(f"/reminders/{reminder.pk}/done/")
    assert "给申请人回电话" not in client.get("/work/").content.decode()


def test_conditions_are_kept_under_a_name_for_oneself(client: Client) -> None:
    one, other = person("keeper", "officer"), person("another", "officer")
    client.force_login(one)
    client.post("/cases/conditions/", {"name": "我的关注", "query": "state=CORRECTING"})
    assert "?state=CORRECTING" in client.get("/cases/").content.decode()
    client.force_login(other)
    assert "我的关注" not in client.get("/cases/").content.decode()
    assert client.post(f"/cases/conditions/{one.saved_filters.get().pk}/remove/").status_code == 404


def test_the_list_as_a_file_holds_what_the_list_shows(flow, client: Client) -> None:
    foreign = received(date(2026, 9, 1)).case
    officer = person("exporter", "officer")
    client.force_login(officer)
    answer = client.get("/cases/export/", {"q": flow.case.number})
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert [row[0] for row in rows[1:]] == [flow.case.number]
    assert foreign.number not in str(rows)
    assert AccessLog.objects.filter(kind="cases_exported").get().data == {"rows": 1}
    client.force_login(person("export-stranger", "town", at="150621101"))
    assert len(list(load_workbook(BytesIO(client.get("/cases/export/").content)).active.values)) == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("@x", "'@x"),
        ("甲\x07乙", "甲乙"),
        ("电话13800001234", "电话138****1234"),
        ("达政复字", "达政复字"),
    ],
)
def test_no_cell_is_a_formula_or_a_number(text: str, shown: str) -> None:
    assert safe(text) == shown


def test_recent_cases_are_the_last_ones_opened_within_scope(flow, client: Client) -> None:
    second = received(date(2026, 9, 1)).case
    client.force_login(flow.office["officer"])
    for case in (flow.case, second):
        client.get(f"/cases/{case.pk}/")
    text = client.get("/cases/recent/").content.decode()
    assert text.index(second.number) < text.index(flow.case.number)
