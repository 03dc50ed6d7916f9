"""Mediators, rights, sessions, inquiries: what must be there first, and that no record is ever lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from casemgr.actions.errors import ActionError
from casemgr.actions.perform import perform
from casemgr.cases.events import facts_of
from casemgr.cases.models import PersonalReminder
from casemgr.pages.clock import today as clock_today
from mediation.course.people import parties_of
from mediation.models import Attendee, CaseMediator, Consent, MediationCase, Session
from tests.support.api import Program
from tests.support.mediation import accepted, mediating, mediator, session, start
from tests.support.register import person

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 2)
NEXT = date(2026, 11, 3)


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    with override("en"):
        yield


@pytest.fixture
def lead():
    return mediator()


def codes(error) -> set[str]:
    return {refusal.code for refusal in error.value.refusals}


def test_begin_names_the_mediators_and_tells_the_rights_in_one_step(lead) -> None:
    other = mediator("mediator-2")
    case = start(accepted(DAY, DAY), lead, DAY, others=[other.pk], other_names="白音、乌兰")
    assert case.state == "MEDIATING" and case.lead_handler == lead
    rows = [(row.name, row.role, row.conflict_checked_on) for row in case.mediators.current()]
    assert rows == [
        (lead.full_name, "lead", DAY),
        (other.full_name, "co", DAY),
        ("白音", "co", DAY),
        ("乌兰", "co", DAY),
    ]
    assert [fact.kind for fact in facts_of(case)].count("rights_told") == 2


def test_no_session_before_every_party_was_told_its_rights(lead) -> None:
    case = accepted(DAY, DAY)
    one = parties_of(case)[0]
    with pytest.raises(ActionError) as error:
        start(case, lead, DAY, told=[one.pk])
    assert codes(error) == {"rights-not-told"} and error.value.refusals[0].article == "23、24"
    perform("mediation.tell_rights", case, {"on": DAY, "told": [one.pk], "how": "paper"}, lead, DAY)
    case = start(MediationCase.objects.get(pk=case.pk), lead, NEXT, told=[parties_of(case)[1].pk])
    with pytest.raises(ActionError) as error:
        session(case, lead, DAY, NEXT)
    assert "rights-not-told" in codes(error)


def test_whoever_clearly_refuses_is_not_mediated(lead) -> None:
    case = accepted(DAY, DAY)
    Consent.objects.create(participation=parties_of(case)[1], asked_on=DAY, answer="refused", answered_on=DAY)
    with pytest.raises(ActionError) as error:
        start(case, lead, DAY)
    assert codes(error) == {"mediation-refused"}


@pytest.mark.parametrize(
    ("name", "entries", "code"),
    [
        ("王宝音", {}, "namesake"),
        ("王宝音", {"has_relation": "namesake", "relation": "身份证号不同"}, ""),
        ("刘根喜", {"has_relation": "yes", "relation": "申请人的表兄"}, "conflict-of-interest"),
        ("刘根喜", {"has_relation": "yes", "relation": "申请人的表兄", "parties_agree": True}, ""),
    ],
)
def test_a_relation_is_disclosed_and_only_the_parties_may_overlook_it(lead, name, entries, code) -> None:
    lead.full_name = name
    lead.save()
    case = accepted(DAY, DAY)
    if not code:
        row = start(case, lead, DAY, **entries).mediators.get()
        assert row.parties_agree is bool(entries.get("parties_agree"))
        return
    with pytest.raises(ActionError) as error:
        start(case, lead, DAY, **entries)
    assert codes(error) == {code}


def test_a_recused_person_cannot_be_chosen(lead) -> None:
    case = accepted(DAY, DAY)
    secretary = person("secretary", "committee", at=case.unit.code)
    perform("cases.recuse", case, {"person": lead.pk, "reason": "近亲属"}, secretary, DAY)
    with pytest.raises(ActionError) as error:
        start(MediationCase.objects.get(pk=case.pk), secretary, DAY, lead=lead.pk)
    assert error.value.status == 422


def test_a_lead_is_replaced_with_a_reason_and_the_case_goes_along(lead) -> None:
    case, follower = mediating(DAY, by=lead), mediator("mediator-2")
    values = {"on": NEXT, "leaves": case.mediators.get().pk, "reason": "当事人申请更换", "asked_by": "party",
              "chosen": "parties", "has_relation": "no"}  # fmt: skip
    with pytest.raises(ActionError):
        perform("mediation.replace_mediator", case, values, lead, NEXT)
    case = perform("mediation.replace_mediator", case, {**values, "person": follower.pk}, lead, NEXT)
    assert case.lead_handler == follower
    left, now = CaseMediator.objects.filter(case=case).order_by("id")
    assert (left.left_on, left.leave_reason, now.user, now.role) == (NEXT, "当事人申请更换", follower, "lead")


def test_a_session_across_midnight_ends_the_next_day(lead) -> None:
    case = session(mediating(DAY, by=lead), lead, DAY, NEXT, starts="21:40", ends="00:30", place="新民村委会")
    held = case.mediation_sessions.get()
    assert timezone.localtime(held.ends_at).isoformat()[:16] == "2026-11-03T00:30"
    assert held.ends_at - held.starts_at == timedelta(hours=2, minutes=50)
    with pytest.raises(ActionError) as error:  # on the day itself that end has not come yet
        session(case, lead, NEXT, NEXT, starts="21:40", ends="00:30")
    assert error.value.status == 422


def test_helpers_and_departments_come_only_with_the_parties_consent(lead) -> None:
    case = mediating(DAY, by=lead)
    others = [{"capacity": "department", "name": "苏日娜", "organ": "旗自然资源局"},
              {"capacity": "handler", "name": "其木格", "organ": "旗司法局"}]  # fmt: skip
    with pytest.raises(ActionError) as error:
        session(case, lead, DAY, is_joint=True, others=others)
    assert codes(error) == {"invitation-not-agreed"} and error.value.refusals[0].article == "20"
    with pytest.raises(ActionError) as error:
        session(case, lead, DAY, is_joint=True)
    assert codes(error) == {"no-department"}
    case = session(case, lead, DAY, is_joint=True, others=others, invitation_agreed=True)
    kept = case.mediation_sessions.get().attendees.filter(participation__isnull=True)
    assert [(one.organ, one.parties_consent) for one in kept] == [("旗自然资源局", True), ("旗司法局", True)]


def test_a_program_records_a_session_with_those_who_were_invited() -> None:
    today = clock_today()
    lead = mediator()
    case = mediating(today, by=lead)
    sent = {"on": today.isoformat(), "starts": "09:00", "attended": [part.pk for part in parties_of(case)],
            "others": [{"capacity": "invited", "name": "乌兰", "organ": "邻居"}], "invitation_agreed": True,
            "statements": "双方陈述了经过。", "result": "agreed", "recorder": "其木格"}  # fmt: skip
    address = f"/cases/{case.pk}/actions/mediation.record_session"
    assert Program(lead).post(address, {**sent, "othres": []}).status_code == 422
    answer = Program(lead).post(address, sent)
    assert answer.status_code == 200, answer.content
    assert Attendee.objects.get(capacity="invited").organ == "邻居"


def test_who_refuses_to_sign_stands_in_the_record_with_the_reason(lead) -> None:
    case = mediating(DAY, by=lead)
    unwilling = parties_of(case)[1]
    case = session(case, lead, DAY, refused=[unwilling.pk], refusal_reason="不认可记录", result="not_agreed")
    rows = {one.name: (one.signed_how, one.refused_to_sign) for one in Attendee.objects.all()}
    assert rows == {"王宝音": ("signature", False), "李四": ("", True)}


def test_the_next_session_is_a_reminder_and_no_statutory_period(lead) -> None:
    planned = DAY + timedelta(days=7)
    case = session(mediating(DAY, by=lead), lead, DAY, next_on=planned)
    reminder = PersonalReminder.objects.get()
    assert (reminder.user, reminder.on, reminder.case_id) == (lead, planned, case.pk)
    assert {row.rule for row in case.deadlines.all()} == {"M-GEN"}
    session(case, lead, planned, result="agreed")
    reminder.refresh_from_db()
    assert reminder.done_at is not None


def test_a_correction_is_a_further_version_and_the_earlier_one_stays(lead) -> None:
    case = session(mediating(DAY, by=lead), lead, DAY, confidential="愿意让步到三千元")
    held = case.mediation_sessions.get()
    came = [one.participation_id for one in held.attendees.all()]
    values = {"session": held.pk, "reason": "误记了经过", "on": DAY, "starts": "09:30", "attended": came,
              "statements": "双方重新陈述了经过。", "result": "adjourned", "signed_how": "signature",
              "recorder": "其木格"}  # fmt: skip
    case = perform("mediation.correct_session", case, values, lead, NEXT)
    now = case.mediation_sessions.get()
    assert (now.number, now.version, now.confidential) == (1, 2, "愿意让步到三千元")
    assert [row.statements for row in Session.versions.order_by("version")] == [
        "双方陈述了经过。", "双方重新陈述了经过。",
    ]  # fmt: skip
    assert [fact.kind for fact in facts_of(case)].count("session_held") == 1


def test_the_sides_of_a_violent_dispute_are_heard_apart(lead) -> None:
    case = mediating(DAY, by=lead, risk_flags=["violence"])
    with pytest.raises(ActionError) as error:
        session(case, lead, DAY)
    assert codes(error) == {"violence"}
    assert session(case, lead, DAY, is_separate=True).mediation_sessions.count() == 1


def test_an_inquiry_is_kept_with_who_asked_and_who_signed(lead) -> None:
    case = mediating(DAY, by=lead)
    values = {"on": DAY, "starts": "15:00", "interviewee": "邻居乌兰", "asker": "刘根喜", "recorder": "其木格",
              "text": "问：界桩原来在哪里？答：在老榆树东边。", "signed_how": "refused"}  # fmt: skip
    inquiry = perform("mediation.record_inquiry", case, values, lead, DAY).inquiries.get()
    assert inquiry.refused_to_sign and inquiry.signed_how == ""


SECRET = "私下愿意让步到三千元"


def test_what_was_said_in_confidence_never_leaves_the_house(client: Client, lead) -> None:
    today = clock_today()
    case = session(mediating(today, by=lead), lead, today, confidential=SECRET)
    program = Program(lead)
    for address in (f"/cases/{case.pk}", f"/cases/{case.pk}/timeline",
                    f"/cases/{case.pk}/actions/mediation.correct_session"):  # fmt: skip
        answer = program.get(address)
        assert answer.status_code == 200 and SECRET not in answer.content.decode(), address
    assert all(SECRET not in str(fact.data) for fact in facts_of(case))
    pages = {}
    for reader in (lead, person("leader-1", "leader", at="150621")):
        client.force_login(reader)
        pages[reader.username] = client.get(f"/cases/{case.pk}/").content.decode()
    assert SECRET in pages["mediator-1"] and SECRET not in pages["leader-1"]
    client.force_login(lead)
    assert SECRET not in client.get(f"/cases/{case.pk}/actions/mediation.correct_session/").content.decode()
