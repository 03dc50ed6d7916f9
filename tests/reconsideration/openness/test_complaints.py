"""Complaints about the office: from anybody, to somebody else than the case's handler, answered by a code."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from casemgr.actions.errors import Forbidden, GuardRefused
from casemgr.actions.perform import perform
from casemgr.notices.models import Notice
from casemgr.pages.clock import today as clock_today
from reconsideration.models import HandlingComplaint
from reconsideration.openness.complaints.reminding import remind_of_complaints
from tests.support.papers import a_case
from tests.support.register import person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 1)


def sent_by_public(text: str = "申请交了一个月没有回音。") -> tuple[HandlingComplaint, str]:
    answer = Client().post("/public/complaint/", {"matter": "slow", "text": text, "told_number": ""})
    found = re.search(r'<p class="code">([\w-]+)</p>', answer.content.decode())
    assert found is not None, answer.content.decode()
    return HandlingComplaint.objects.get(), found[1]


def test_anybody_complains_and_reads_the_answer_with_the_code(office) -> None:
    complaint, code = sent_by_public()
    today = clock_today()
    assert (complaint.source, complaint.state, complaint.unit.code) == ("public", "received", "150621-SFJ-FY")
    assert Notice.objects.filter(recipient=office.head, kind="complaint_received").exists()
    given = {"handler": office.head.pk, "case_number": ""}
    complaint = perform("complaint.give", complaint, given, office.head, today)
    with pytest.raises(Forbidden):
        perform("complaint.answer", complaint, {"finding": "试", "answer_text": "试"}, office.officer, today)
    answer = {"finding": "承办人漏登。", "answer_text": "已经补登并道歉。"}
    perform("complaint.answer", complaint, answer, office.head, today)
    page = Client().post("/public/complaint/answer/", {"code": code}).content.decode()
    assert "已经补登并道歉。" in page
    assert "承办人漏登" not in page
    wrong = Client().post("/public/complaint/answer/", {"code": "00000-00000-00000"}).content.decode()
    assert "没有查到" in wrong


def test_numbers_are_not_taken_and_too_many_are_turned_away(office, settings) -> None:
    client, sent = Client(), {"matter": "slow", "text": "请打13800001234", "told_number": ""}
    assert 'class="error-summary"' in client.post("/public/complaint/", sent).content.decode()
    assert not HandlingComplaint.objects.exists()
    settings.PUBLIC_COMPLAINTS_PER_ADDRESS = 1
    sent["text"] = "没有回音"
    found = [client.post("/public/complaint/", sent).status_code for _try in range(3)]
    assert (found[0], set(found[1:])) == (200, {429}) or found.count(200) <= 2, "a minute may have passed"


def test_whoever_handles_the_case_does_not_look_into_it_and_the_term_is_15_working_days(office) -> None:
    case = a_case(office)
    sent = {"matter": "manner", "text": "态度不好", "told_number": case.number, "received_on": TODAY}
    complaint = perform("complaint.lodge", None, sent, office.officer, TODAY)
    # 2 to 4, 7 to 11, 14 to 18, Sun 20 (works), 21 September; 25 is Mid-Autumn
    assert complaint.due_on == date(2026, 9, 21)
    assert complaint.case_id == case.pk
    with pytest.raises(GuardRefused) as refused:
        perform(
            "complaint.give",
            complaint,
            {"handler": office.officer.pk, "case_number": case.number},
            office.head,
            TODAY,
        )
    assert {one.code for one in refused.value.refusals} == {"handles-the-case"}
    given = {"handler": office.authority.pk, "case_number": case.number}
    complaint = perform("complaint.give", complaint, given, office.head, TODAY)
    case.further_handlers.add(office.authority)
    with pytest.raises(GuardRefused):
        perform("complaint.answer", complaint, {"finding": "试", "answer_text": "试"}, office.authority, TODAY)


def test_reminders_three_days_ahead_and_once_late(office) -> None:
    sent = {"matter": "slow", "text": "没有回音", "told_number": "", "received_on": TODAY}
    complaint = perform("complaint.lodge", None, sent, office.officer, TODAY)
    for day in (17, 18, 19, 22, 23):
        remind_of_complaints(date(2026, 9, day))
    found = Notice.objects.filter(recipient=office.head, kind="complaint_due")
    assert found.count() == 2
    assert complaint.handler_id is None


def test_a_recused_person_does_not_see_it(office, client) -> None:
    outsider = person("elsewhere", "officer", at="150621-GAJ")
    sent = {"matter": "slow", "text": "没有回音", "told_number": "", "received_on": TODAY}
    complaint = perform("complaint.lodge", None, sent, office.officer, TODAY)
    client.force_login(outsider)
    assert client.get(complaint.get_absolute_url()).status_code == 404
    client.force_login(office.head)
    assert client.get(complaint.get_absolute_url()).status_code == 200
    assert complaint.number.text in client.get("/reconsideration/complaints/?show=waiting").content.decode()
