"""Referrals between organs: minimum per dock, clocks, consent, both sides; and the line of a dispute."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from casemgr.actions import registry
from casemgr.actions.errors import ActionError, Forbidden, NotVisible
from casemgr.actions.news import reconcile
from casemgr.actions.perform import perform
from casemgr.cases.links import line_of
from casemgr.cases.models import CaseLink, Referral
from casemgr.cases.referrals.receivers import Receiver
from tests.support.flow import received
from tests.support.register import OFFICE, person, unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 25)


@pytest.fixture(autouse=True)
def nobody_receives(monkeypatch) -> None:
    """What people's mediation makes of a referral is tested there."""
    monkeypatch.setattr("casemgr.cases.referrals.receivers.receiver_of", lambda procedure, dock: None)


def incoming(**changes) -> dict:
    return {
        "dock": "court",
        "kind": "delegated",
        "organ": "达拉特旗人民法院",
        "organ_number": "（2026）内0621诉前调1号",
        "received_on": "2026-09-01",
        "procedure": "reconsideration",
        "unit": unit(OFFICE).pk,
        "summary": "邻里宅基地边界纠纷",
        **changes,
    }


@pytest.fixture
def officer():
    return person("referral-officer", "officer")


def errors(call, *args, **kwargs) -> set[str]:
    with pytest.raises(ActionError) as caught:
        call(*args, **kwargs)
    return {refusal.field or refusal.code for refusal in caught.value.refusals}


def register(actor, **changes) -> Referral:
    return perform("referral.register", None, incoming(**changes), actor, TODAY)


# 30 days from 1 September 2026 end on 1 October, a holiday: 8 October (特邀调解规定 27; Civil Procedure Law 85(3))
# 15 days end on 16 September; 7 days on 8 September; labour: 15 days from receipt (劳动争议调解仲裁法 14)
@pytest.mark.parametrize(
    ("changes", "reply", "result"),
    [
        ({}, None, date(2026, 10, 8)),
        ({"kind": "entrusted", "track": "ordinary"}, None, date(2026, 9, 16)),
        ({"kind": "entrusted", "track": "summary"}, None, date(2026, 9, 8)),
        ({"on_platform": "on"}, date(2026, 9, 4), None),  # 在线调解规则 12, 24(2): the result runs from acceptance
        ({"dock": "arbitration", "kind": "delegated", "matter": "labour"}, None, date(2026, 9, 16)),
        (
            {"dock": "petition", "kind": "transfer", "petition": "信访2026-1", "answer_due": "2026-10-20"},
            None,
            date(2026, 10, 20),
        ),
        ({"dock": "hotline", "kind": "transfer", "ticket": "12345-1", "given_due_on": "2026-09-11"}, None,
         date(2026, 9, 11)),
    ],
)  # fmt: skip
def test_the_clocks_of_each_dock(officer, changes, reply, result) -> None:
    referral = register(officer, **changes)
    assert (referral.reply_due_on, referral.result_due_on) == (reply, result)


def test_on_the_platform_the_period_runs_from_acceptance(officer) -> None:
    referral = register(officer, on_platform="on")
    referral = perform("referral.accept", referral, {"on": "2026-09-03", "roster": "名册第3号"}, officer, TODAY)
    assert referral.result_due_on == date(2026, 10, 8)  # 3 October, in the holiday of 1-7 October


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "entrusted"}, "track"),
        ({"dock": "police", "kind": "transfer", "nature": "civil"}, "incident"),
        ({"dock": "police", "kind": "transfer", "incident": "警情1"}, "nature"),
        ({"dock": "petition", "kind": "transfer", "petition": "信访1"}, "answer_due"),
        ({"dock": "hotline", "kind": "transfer", "ticket": "1"}, "given_due_on"),
        ({"received_on": "2026-09-26"}, "received_on"),
        ({"sent_on": "2026-09-02"}, "sent_on"),
        ({"summary": ""}, "summary"),
    ],
)
def test_what_a_dock_needs_is_asked_for(officer, changes, field) -> None:
    assert field in errors(register, officer, **changes)
    assert not Referral.objects.exists()


def test_the_same_letter_twice_is_one_referral(officer) -> None:
    first = register(officer)
    assert errors(register, officer) == {"organ_number"}
    register(officer, organ_number="（2026）内0621诉前调2号")
    assert str(first).startswith("达调移〔2026〕")


POLICE = {"dock": "police", "kind": "notice", "nature": "civil", "incident": "警情1", "organ_number": "2026-15"}


def test_two_stations_may_use_the_same_number(officer) -> None:
    first = register(officer, **POLICE, organ="树林召派出所")
    assert errors(register, officer, **POLICE, organ="树林召 派出所") == {"organ_number"}
    assert errors(register, officer, **POLICE, organ="白泥井派出所") == {"is_another"}
    second = register(officer, **POLICE, organ="白泥井派出所", is_another="on")
    assert errors(register, officer, **POLICE, organ="白泥井派出所", is_another="on") == {"organ_number"}
    assert Referral.objects.count() == 2 and first.pk != second.pk
    perform("referral.register", None, incoming(**POLICE | {"organ_number": ""}, organ="展旦召派出所"), officer, TODAY)


def test_a_courts_number_names_its_court(officer) -> None:
    register(officer)
    assert errors(register, officer, organ="达旗法院立案庭") == {"organ_number"}


def test_the_page_says_whose_letter_has_the_same_number(officer, client) -> None:
    first = register(officer, **POLICE, organ="树林召派出所")
    client.force_login(officer)
    sent = incoming(**POLICE, organ="白泥井派出所")
    page = client.post("/referrals/new/", sent)
    text = page.content.decode()
    assert page.status_code == 422 and str(first) in text and "树林召派出所" in text and 'name="is_another"' in text
    assert client.post("/referrals/new/", {**sent, "is_another": "on"}).status_code == 302


def test_a_failure_needs_advice_and_the_court_its_report(officer) -> None:
    referral = perform(
        "referral.accept", register(officer), {"on": "2026-09-03", "roster": "名册第3号"}, officer, TODAY
    )
    failed = {"on": "2026-09-20", "result": "failed"}
    assert errors(perform, "referral.send_result", referral, failed, officer, TODAY) == {"next_step", "failure_report"}
    told = {**failed, "next_step": "可向人民法院起诉", "failure_report": "双方差距过大", "confidential": "愿退让五百元"}
    referral = perform("referral.send_result", referral, told, officer, TODAY)
    assert referral.state == "RESULT_SENT"


def test_more_time_only_with_consent_and_while_the_period_runs(officer) -> None:
    referral = perform("referral.accept", register(officer), {"on": "2026-09-03", "roster": "1"}, officer, TODAY)
    data = {"until": "2026-11-06", "reason": "各方书面同意，2026年9月20日"}
    assert errors(perform, "referral.extend", referral, data, officer, date(2026, 10, 9)) == {"until"}
    assert errors(perform, "referral.extend", referral, {**data, "until": "2026-10-08"}, officer, TODAY) == {"until"}
    assert perform("referral.extend", referral, data, officer, TODAY).result_due_on == date(2026, 11, 6)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"dock": "arbitration", "kind": "delegated", "matter": "labour"}, "labour-not-extended"),
        ({"dock": "petition", "kind": "transfer", "petition": "1", "answer_due": "2026-10-20"}, "until"),
    ],
)
def test_what_the_parties_cannot_move(officer, changes, found) -> None:
    on = date(2026, 9, 10)
    referral = perform("referral.accept", register(officer, **changes), {"on": "2026-09-03"}, officer, on)
    more = {"until": "2026-10-21", "reason": "各方书面同意"}
    assert errors(perform, "referral.extend", referral, more, officer, on) == {found}


def test_declined_and_closed_only_when_the_papers_are_back(officer) -> None:
    referral = register(officer, papers="起诉状，复印件\n证据一，原件")
    referral = perform("referral.decline", referral, {"on": "2026-09-03", "reason": "不属于民间纠纷"}, officer, TODAY)
    assert errors(perform, "referral.close", referral, {}, officer, TODAY) == {"papers-out"}
    referral = perform("referral.return_papers", referral, {"on": "2026-09-05"}, officer, TODAY)
    assert perform("referral.close", referral, {}, officer, TODAY).state == "CLOSED"


@pytest.fixture
def case():
    flow = received(date(2026, 9, 1))
    flow.on(date(2026, 9, 3)).accept()
    return flow.case


@pytest.fixture
def town():
    return unit("150621100")


def draft(case, actor, town, **changes) -> Referral:
    data = {
        "dock": "reconsideration",
        "kind": "delegated",
        "to_unit": town.pk,
        "parties": [part.pk for part in case.participations.all()],
        "summary": "相邻权争议",
        "issues": "补偿数额",
        "civil_part": "相邻损害赔偿",
        "administrative_part": "处罚决定的合法性",
        "suspend": "no",
        **changes,
    }
    return perform("referral.draft", case, data, actor, TODAY)


def test_a_dispute_leaves_its_case_only_with_consent_and_the_result_comes_back(case, officer, town) -> None:
    mediator = person("referral-mediator", "town", at="150621100")
    referral = draft(case, officer, town)
    assert errors(perform, "referral.send", referral, {"on": "2026-09-10"}, officer, TODAY) == {"consent-missing"}
    for part in referral.parties.all():
        asked = {"on": "2026-09-09", "party": part.pk, "answer": "agrees", "how": "电话"}
        referral = perform("referral.consent", referral, asked, officer, TODAY)
    referral = perform("referral.send", referral, {"on": "2026-09-10"}, officer, TODAY)
    with pytest.raises(Forbidden):
        perform("referral.receive", referral, {"on": "2026-09-11"}, officer, TODAY)
    referral = perform("referral.receive", referral, {"on": "2026-09-11"}, mediator, TODAY)
    referral = perform("referral.accept", referral, {"on": "2026-09-11", "secrecy": "on"}, mediator, TODAY)
    # accepted 3 September, decision due 2 November: ten days before is 23 October; 15 working days from 11 September
    # (20 September is a working Sunday, 25-27 September and 1-7 October are off) end on 9 October
    assert case.deadlines.get(rule="R-DEC").due_on == date(2026, 11, 2)
    assert referral.result_due_on == date(2026, 10, 9)
    result = {"on": "2026-09-24", "result": "settled", "result_code": "R2", "agreed_facts": "补偿三千元",
              "confidential": "曾愿退让至两千元"}  # fmt: skip
    referral = perform("referral.send_result", referral, result, mediator, TODAY)
    referral = perform("referral.acknowledge", referral, {"on": "2026-09-25"}, officer, TODAY)
    kinds = set(case.events.values_list("kind", flat=True))
    assert {"referral_sent", "referral_result"} <= kinds


def test_before_it_is_sent_the_receiving_side_sees_and_does_nothing(case, officer, town, client) -> None:
    mediator = person("referral-mediator", "town", at="150621100")
    referral, other = draft(case, officer, town), draft(case, officer, town)
    perform("referral.cancel", other, {"on": "2026-09-10", "reason": "当事人不同意"}, officer, TODAY)
    client.force_login(mediator)
    for row in (referral, other):
        assert client.get(row.get_absolute_url()).status_code == 404
        assert f"/referrals/{row.pk}/" not in client.get("/referrals/?show=all").content.decode()
    part = referral.parties.first()
    asked = {"on": "2026-09-09", "party": part.pk, "answer": "agrees", "how": "电话"}
    with pytest.raises(NotVisible):
        perform("referral.consent", referral, asked, mediator, TODAY)


def test_the_office_alone_gives_more_time_for_its_own_case(case, officer, town) -> None:
    mediator = person("referral-mediator", "town", at="150621100")
    referral = draft(case, officer, town)
    for part in referral.parties.all():
        asked = {"on": "2026-09-09", "party": part.pk, "answer": "agrees", "how": "电话"}
        referral = perform("referral.consent", referral, asked, officer, TODAY)
    referral = perform("referral.send", referral, {"on": "2026-09-10"}, officer, TODAY)
    assert errors(perform, "referral.receive", referral, {"on": "2026-09-09"}, mediator, TODAY) == {"on"}
    referral = perform("referral.receive", referral, {"on": "2026-09-11"}, mediator, TODAY)
    referral = perform("referral.accept", referral, {"on": "2026-09-11", "secrecy": "on"}, mediator, TODAY)
    more = {"until": "2026-10-20", "reason": "各方同意"}
    with pytest.raises(Forbidden):
        perform("referral.extend", referral, more, mediator, TODAY)
    assert perform("referral.extend", referral, more, officer, TODAY).result_due_on == date(2026, 10, 20)


# Reconsideration Law 2023, art. 39(1)(6)
@pytest.mark.parametrize("absent", ["applicant", "respondent"])
def test_a_suspension_is_agreed_only_when_both_sides_are_asked(case, officer, town, absent: str) -> None:
    listed = [part.pk for part in case.participations.exclude(role=absent)]
    referrals = [draft(case, officer, town, parties=listed, suspend=word) for word in ("yes", "no")]
    for referral in referrals:
        for part in referral.parties.all():
            asked = {"on": "2026-09-09", "party": part.pk, "answer": "agrees", "how": "电话"}
            perform("referral.consent", referral, asked, officer, TODAY)
            referral.refresh_from_db()
    suspended, running = referrals
    assert errors(perform, "referral.send", suspended, {"on": "2026-09-10"}, officer, TODAY) == {"side-not-asked"}
    perform("referral.send", running, {"on": "2026-09-10"}, officer, TODAY)


def test_with_both_sides_asked_the_suspension_is_agreed(case, officer, town) -> None:
    referral = draft(case, officer, town, suspend="yes")
    for part in referral.parties.all():
        asked = {"on": "2026-09-09", "party": part.pk, "answer": "agrees", "how": "电话"}
        referral = perform("referral.consent", referral, asked, officer, TODAY)
    assert perform("referral.send", referral, {"on": "2026-09-10"}, officer, TODAY).sent_on is not None


def test_what_was_conceded_stays_with_the_receiver(case, officer, town, client: Client) -> None:
    mediator = person("referral-mediator", "town", at="150621100")
    referral = draft(case, officer, town)
    for part in referral.parties.all():
        perform("referral.consent", referral, {"on": "2026-09-09", "party": part.pk, "answer": "agrees", "how": "当面"},
                officer, TODAY)  # fmt: skip
    for name, actor, data in (
        ("send", officer, {}),
        ("receive", mediator, {}),
        ("accept", mediator, {"secrecy": "on"}),
        ("send_result", mediator, {"result": "failed", "result_code": "R4", "next_step": "继续审理",
                                   "confidential": "愿退让至两千元"}),
    ):  # fmt: skip
        referral = perform(f"referral.{name}", referral, {"on": "2026-09-24", **data}, actor, TODAY)
    client.force_login(mediator)
    assert "愿退让至两千元" in client.get(referral.get_absolute_url()).content.decode()
    client.force_login(officer)
    text = client.get(referral.get_absolute_url()).content.decode()
    assert "继续审理" in text
    assert "愿退让至两千元" not in text
    # whoever sends a form that was opened before is told what has changed: not that
    answered = reconcile(registry.get("referral.acknowledge"), referral, {"on": "2026-09-24"}, referral.version - 1,
                         officer, TODAY)  # fmt: skip
    told = [change.now for change in answered.news.changes]
    assert "继续审理" in told
    assert "愿退让至两千元" not in told


def test_who_has_no_part_in_it_sees_nothing(officer, client: Client) -> None:
    referral = register(officer)
    other = person("referral-stranger", "town", at="150621101")
    with pytest.raises(NotVisible):
        perform("referral.accept", referral, {"on": "2026-09-03", "roster": "1"}, other, TODAY)
    client.force_login(other)
    assert client.get(referral.get_absolute_url()).status_code == 404
    assert str(referral) not in client.get("/referrals/").content.decode()


def test_a_receiver_opens_the_case_and_links_it(case, officer, town, monkeypatch) -> None:
    opened = received(date(2026, 9, 2)).case
    receiver = Receiver(("reconsideration",), lambda referral, actor, today: opened)
    monkeypatch.setattr("casemgr.cases.referrals.receivers.receiver_of", lambda procedure, dock: receiver)
    mediator = person("referral-mediator", "town", at="150621100")
    referral = draft(case, officer, town)
    for part in referral.parties.all():
        perform("referral.consent", referral, {"on": "2026-09-09", "party": part.pk, "answer": "agrees", "how": "当面"},
                officer, TODAY)  # fmt: skip
    referral = perform("referral.send", referral, {"on": "2026-09-10"}, officer, TODAY)
    referral = perform("referral.receive", referral, {"on": "2026-09-11"}, mediator, TODAY)
    referral = perform("referral.accept", referral, {"on": "2026-09-11", "secrecy": "on"}, mediator, TODAY)
    assert referral.state == "IN_PROGRESS"
    assert CaseLink.objects.get().from_case_id == opened.pk


def test_the_line_of_a_dispute_goes_through_links_and_the_same_act(officer) -> None:
    first, second, third = (received(date(2026, 9, day)).case for day in (1, 2, 3))
    for later, earlier in ((second, first), (third, second)):
        perform("cases.link", later, {"kind": "continues", "number": earlier.number}, officer, TODAY)
    line = line_of(first, officer, TODAY)
    assert [row.case.pk for row in line.cases] == [first.pk, second.pk, third.pk]
    stranger = person("line-stranger", "officer", at="150621100")
    assert line_of(first, stranger, TODAY).hidden == 3
    assert errors(perform, "cases.link", first, {"kind": "continues", "number": first.number}, officer, TODAY) == {
        "number"
    }
    perform("cases.unlink", third, {"link": CaseLink.objects.last().pk, "reason": "误连"}, officer, TODAY)
    assert len(line_of(first, officer, TODAY).cases) == 2
    assert CaseLink.history.filter(history_type="-").count() == 1


def test_the_pages_lead_from_the_letter_to_its_close(officer, client: Client) -> None:
    client.force_login(officer)
    assert "法院" in client.get("/referrals/new/").content.decode()
    known = {"office": "立案庭", "officer": "王法官", "phone": "0477-5212345", "legal_basis": "特邀调解规定第十一条"}
    sent = incoming(organ_number="（2026）内0621诉前调9号", papers="起诉状，复印件", **known)
    answer = client.post("/referrals/new/", sent, follow=True)
    referral = Referral.objects.get()
    shown = answer.content.decode()
    assert str(referral) in shown
    assert [text for text in known.values() if text not in shown] == []
    refused = client.post("/referrals/new/", sent)
    assert refused.status_code == 409
    assert "邻里宅基地边界纠纷" in refused.content.decode()
    page = client.get(f"/referrals/{referral.pk}/actions/referral.accept/").content.decode()
    assert "名册" in page
    client.post(f"/referrals/{referral.pk}/actions/referral.accept/", {"on": "2026-09-03", "roster": "3"})
    referral.refresh_from_db()
    assert referral.state == "ACCEPTED"
    assert client.get(f"/referrals/{referral.pk}/actions/referral.decline/").status_code == 409


def test_the_case_page_shows_links_and_referrals(case, officer, town, client: Client) -> None:
    sent = draft(case, officer, town, allowed_content="仅双方一致认可的事实")
    client.force_login(officer)
    text = client.get(case.get_absolute_url()).content.decode()
    assert "达调移〔2026〕" in text
    assert client.get(f"/cases/{case.pk}/line/").status_code == 200
    assert client.get(f"/cases/{case.pk}/refer/?dock=mediation").status_code == 200
    assert "仅双方一致认可的事实" in client.get(sent.get_absolute_url()).content.decode()
