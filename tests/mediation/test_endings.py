"""Ends without agreement: what must be shown, who decides, what the parties and the sender are told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from casemgr.actions.errors import ActionError, Forbidden
from casemgr.actions.perform import perform
from casemgr.cases.events import facts_of
from casemgr.pages.clock import today as clock_today
from mediation.actions.closing import leaders_of
from mediation.course.people import parties_of
from mediation.guards.endings import advice_is_recorded
from mediation.models import MediationCase
from tests.support.agreements import Table
from tests.support.mediation import COMMITTEE, TOWN, accepted, dispute, mediating, mediator, session
from tests.support.register import person

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 1)
ADVICE = {"routes": ["court"], "told_how": "orally"}


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    with override("en"):
        yield


@pytest.fixture
def lead():
    return mediator()


def refused(name: str, case, data: dict, by, on: date = DAY) -> set[str]:
    with pytest.raises(ActionError) as error:
        perform(name, case, {"on": on, **data}, by, on)
    return {refusal.code for refusal in error.value.refusals}


def fail(ground: str = "no_agreement", **data) -> dict:
    return {"ground": ground, "cause": "赔偿数额分歧大", **ADVICE, **data}


def test_no_agreement_needs_the_session_that_shows_it(lead) -> None:
    case = mediating(DAY, by=lead)
    assert refused("mediation.fail", case, fail(), lead) == {"failure-not-shown"}
    case = session(case, lead, DAY, result="not_agreed")
    case = perform("mediation.fail", case, {"on": DAY, **fail()}, lead, DAY)
    assert (case.state, case.outcome, case.facts.advice) == ("FAILED", "failed", ["court"])


@pytest.mark.parametrize(("facts", "on", "ok"), [
    ({}, date(2026, 10, 8), False), ({}, date(2026, 10, 9), True),
    ({"dispute_type": "10"}, date(2026, 9, 16), False), ({"dispute_type": "10"}, date(2026, 9, 17), True),
])  # fmt: skip
def test_an_expired_period_fails_the_mediation_even_before_a_session(facts, on, ok, lead) -> None:
    case = accepted(DAY, DAY, handler=lead, **facts)
    values = fail("expired", routes=["court", "arbitration"])
    if not ok:
        assert refused("mediation.fail", case, values, lead, on) == {"failure-not-shown"}
        return
    assert perform("mediation.fail", case, {"on": on, **values}, lead, on).state == "FAILED"


def test_a_period_that_is_over_proposes_the_failure(client: Client, lead) -> None:
    today = clock_today()
    case = mediating(today - timedelta(days=60), today, by=lead)
    client.force_login(lead)
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert "Next step: Record that no agreement came about" in page
    assert "Next step: Record this session" in client.get(f"/cases/{mediating(today, by=lead).pk}/").content.decode()


@pytest.mark.parametrize(
    ("facts", "told", "missing"),
    [
        ({"dispute_type": "10"}, ["court"], True),
        ({"dispute_type": "10"}, ["arbitration"], False),
        ({"dispute_type": "07", "sub_type": "0701"}, ["arbitration"], True),
        ({"dispute_type": "07", "sub_type": "0701"}, ["arbitration", "court"], False),
        ({"dispute_type": "07", "sub_type": "0709"}, ["court"], True),
        ({"dispute_type": "07", "sub_type": "0709"}, ["administrative"], False),
        ({"dispute_type": "08"}, ["court"], True),
        ({"dispute_type": "08"}, ["court", "reconsideration"], False),
        ({"dispute_type": "12"}, ["court"], True),
        ({"dispute_type": "13"}, ["administrative", "court"], False),
        ({}, ["arbitration"], True),
        ({}, ["court", "base_government"], False),
    ],
)
def test_each_kind_of_dispute_has_its_own_advice(facts, told, missing, lead) -> None:
    case = session(mediating(DAY, by=lead, **facts), lead, DAY, result="not_agreed")
    values = fail(routes=told)
    if missing:
        assert refused("mediation.fail", case, values, lead) == {"advice-missing"}
    else:
        assert perform("mediation.fail", case, {"on": DAY, **values}, lead, DAY).facts.advice == sorted(told)


def test_trap_09_a_case_without_agreement_is_not_closed_before_advice(lead) -> None:
    case = mediating(DAY, by=lead, dispute_type="12")
    perform("mediation.deem_failed", case, {}, _system(), date(2026, 10, 20))
    case = MediationCase.objects.get(pk=case.pk)
    refusal = advice_is_recorded.refusal(case, None, DAY)
    assert refusal.code == "advice-missing" and refusal.article == "26"
    values = {"on": date(2026, 10, 20), "routes": ["administrative", "court"], "told_how": "paper"}
    case = perform("mediation.give_advice", case, values, lead, date(2026, 10, 20))
    assert advice_is_recorded.refusal(case, None, DAY) is None


def _system():
    from casemgr.actions.system import system_actor

    return system_actor


@pytest.mark.parametrize("state", ["REGISTERED", "ACCEPTED", "MEDIATING", "PAUSED"])
def test_a_partys_refusal_ends_it_at_once_from_anywhere(state, lead) -> None:
    case = {"REGISTERED": dispute, "ACCEPTED": accepted}.get(state, mediating)(DAY, DAY, **(
        {"handler": lead} if state in ("REGISTERED", "ACCEPTED") else {"by": lead}))  # fmt: skip
    if state == "PAUSED":
        case = perform("mediation.pause", case, {"on": DAY, "ground": "illness", "cause": "住院"}, lead, DAY)
    values = {"on": DAY, "ground": "refused", "cause": "明确表示不再调解", **ADVICE}
    case = perform("mediation.terminate", case, values, lead, DAY)
    assert (case.state, case.outcome) == ("TERMINATED", "terminated")


def test_other_grounds_wait_for_the_committee(lead) -> None:
    case = mediating(DAY, by=lead)
    secretary = person("secretary", "committee", at=COMMITTEE)
    unreachable = {"ground": "unreachable", "cause": "三次联系无果"}
    assert refused("mediation.terminate", case, {**unreachable, **ADVICE}, lead) == {"invalid"}
    with pytest.raises(ActionError) as error:
        perform("mediation.approve_termination", case, {"on": DAY, **unreachable, **ADVICE}, lead, DAY)
    assert error.value.status == 403
    case = perform("mediation.ask_termination", case, {"on": DAY, **unreachable}, lead, DAY)
    assert case.state == "MEDIATING"
    case = perform("mediation.decline_termination", case, {"on": DAY, "reason": "请再联系一次"}, secretary, DAY)
    case = perform("mediation.ask_termination", case, {"on": DAY, **unreachable}, lead, DAY)
    case = perform("mediation.approve_termination", case, {"on": DAY, **unreachable, **ADVICE}, secretary, DAY)
    assert case.state == "TERMINATED"


def test_who_proposed_a_termination_approves_it_only_if_alone(lead) -> None:
    secretary = person("secretary", "committee", at=COMMITTEE)
    asked = {"on": DAY, "ground": "unreachable", "cause": "三次联系无果"}
    alone = perform("mediation.ask_termination", mediating(DAY, by=lead), asked, secretary, DAY)
    both = perform("mediation.ask_termination", mediating(DAY, by=lead), asked, secretary, DAY)
    assert perform("mediation.approve_termination", alone, asked | ADVICE, secretary, DAY).state == "TERMINATED"
    second = person("second", "town", at=TOWN, full_name="陈海龙")
    with pytest.raises(Forbidden) as error:
        perform("mediation.approve_termination", both, asked | ADVICE, secretary, DAY)
    assert "陈海龙" in error.value.message
    assert perform("mediation.approve_termination", both, asked | ADVICE, second, DAY).state == "TERMINATED"


def test_on_the_platform_who_cannot_be_reached_ends_it_at_once(lead) -> None:
    case = mediating(DAY, by=lead, on_platform=True, source="referred", sub_source="court_delegated",
                     court_track="delegated")  # fmt: skip
    values = {"on": DAY, "ground": "unreachable", "cause": "三次联系无果", **ADVICE}
    assert perform("mediation.terminate", case, values, lead, DAY).state == "TERMINATED"


def test_a_sham_is_found_only_after_its_report(lead) -> None:
    case = mediating(DAY, by=lead)
    sham = {"ground": "sham", "cause": "串通虚构债务", **ADVICE}
    assert refused("mediation.terminate", case, sham, lead) == {"sham-not-reported"}
    assert refused("mediation.pause", case, {"ground": "sham", "cause": "疑似串通"}, lead) == {"not-reported"}
    values = {"on": DAY, "ground": "sham", "cause": "疑似串通", "reported_to": "树林召镇人民调解委员会"}
    case = perform("mediation.pause", case, values, lead, DAY)
    assert perform("mediation.terminate", case, {"on": DAY, **sham}, lead, DAY).state == "TERMINATED"


def withdrawal(case, **data) -> dict:
    applicants = [part.pk for part in parties_of(case) if part.role == "applicant"]
    return {"on": DAY, "applicants": applicants, "settled": "no", **ADVICE, **data}


def test_a_case_of_own_motion_has_nothing_to_withdraw(lead) -> None:
    own = mediating(DAY, by=lead, source="own_motion", sub_source="patrol")
    assert "own-motion" in refused("mediation.withdraw", own, withdrawal(own), lead)
    secretary = person("secretary", "committee", at=COMMITTEE)
    values = {"on": DAY, "ground": "settled_alone", "cause": "双方自行和解", **ADVICE}
    assert perform("mediation.approve_termination", own, values, secretary, DAY).state == "TERMINATED"
    asked_for = mediating(DAY, by=lead)
    assert refused("mediation.ask_termination", asked_for, {"ground": "settled_alone", "cause": "和解"}, lead) == {
        "invalid"
    }
    assert refused("mediation.approve_termination", asked_for, values, secretary) == {"invalid"}


def test_who_settled_alone_is_asked_whether_to_record_it(lead) -> None:
    case = mediating(DAY, by=lead)
    assert refused("mediation.withdraw", case, withdrawal(case, settled="yes"), lead) == {"invalid"}
    values = withdrawal(case, settled="yes", record_wanted="yes", settlement="李四赔偿三百元")
    case = perform("mediation.withdraw", case, values, lead, DAY)
    fact = next(fact for fact in facts_of(case) if fact.kind == "withdrawn")
    assert (case.state, fact.data["settlement"]) == ("WITHDRAWN", "李四赔偿三百元")


def test_the_papers_go_back_with_what_both_sides_agree_on_and_nothing_confidential(client: Client, lead) -> None:
    case = mediating(DAY, by=lead, source="referred", sub_source="court_delegated", court_track="delegated")
    case = session(case, lead, DAY, result="not_agreed", confidential="私下愿意让步到三千元")
    case = perform("mediation.fail", case, {"on": DAY, **fail()}, lead, DAY)
    values = {"on": DAY, "papers": "起诉状，原件\n证据目录，复印件", "agreed_facts": "双方对借款数额无争议",
              "manner": "派人送达"}  # fmt: skip
    case = perform("mediation.return_to_sender", case, values, lead, DAY)
    returned = next(fact for fact in facts_of(case) if fact.kind == "returned")
    assert case.state == "RETURNED" and returned.data["papers"] == ["起诉状，原件", "证据目录，复印件"]
    assert "三千元" not in str(returned.data)
    client.force_login(lead)
    assert "双方对借款数额无争议" in client.get(f"/cases/{case.pk}/").content.decode()


def test_a_dispute_nobody_referred_is_returned_to_nobody(lead) -> None:
    case = session(mediating(DAY, by=lead), lead, DAY, result="not_agreed")
    case = perform("mediation.fail", case, {"on": DAY, **fail()}, lead, DAY)
    assert refused("mediation.return_to_sender", case, {"papers": "起诉状", "manner": "送达"}, lead) == {"not-referred"}


def test_an_end_can_be_annulled_and_leaves_the_case_as_it_was(lead) -> None:
    case = session(mediating(DAY, by=lead), lead, DAY, result="not_agreed")
    case = perform("mediation.fail", case, {"on": DAY, **fail()}, lead, DAY)
    step = case.steps_taken.get(action="mediation.fail")
    secretary = person("secretary", "committee", at=COMMITTEE)
    case = perform("cases.annul", case, {"taken": step.pk, "reason": "误操作"}, secretary, DAY)
    case = MediationCase.objects.get(pk=case.pk)
    assert (case.state, case.outcome, case.facts.advice) == ("MEDIATING", "", [])


def test_a_crime_ends_it_only_with_its_report(lead) -> None:
    case = mediating(DAY, by=lead)
    values = {"ground": "crime", "cause": "涉嫌故意伤害", **ADVICE}
    assert refused("mediation.terminate", case, values, lead) == {"crime-not-reported"}
    report = {"ground": "E6", "at": "10:00", "to": "树林召派出所", "channel": "110", "content": "涉嫌故意伤害",
              "receipt": "接警单1号"}  # fmt: skip
    perform("mediation.report_duty", case, {"on": DAY, **report}, lead, DAY)
    case = MediationCase.objects.get(pk=case.pk)
    assert perform("mediation.terminate", case, {"on": DAY, **values}, lead, DAY).state == "TERMINATED"


def test_what_all_have_signed_in_time_does_not_count_as_failed() -> None:
    """The thirty working days pass while only the seal lacks: an agreement was reached (Regulation, art. 38, 39)."""
    table = Table(DAY, dispute_type="12")
    table.write(table.pay("1000"))
    table.sign("applicant")
    table.sign("respondent")
    late = date(2026, 10, 20)
    assert refused("mediation.deem_failed", table.case, {}, _system(), late) == {"agreement-signed"}
    table.on(late).act("mediator_signs", name="刘根喜")
    table.seal()
    assert table.state == "TRACKING"


def test_sharing_a_compensation_among_villagers_is_also_for_the_court(lead) -> None:
    """Type 08 says nothing of an administrative act: a civil dispute must not be sent to reconsideration alone."""
    case = session(mediating(DAY, by=lead, dispute_type="08"), lead, DAY, result="not_agreed")
    assert refused("mediation.fail", case, fail(routes=["reconsideration"]), lead) == {"advice-missing"}


def test_trap_09_advice_in_part_while_it_ran_does_not_close_it(lead) -> None:
    case = mediating(DAY, by=lead, dispute_type="12")
    perform("mediation.give_advice", case, {"on": DAY, **ADVICE}, lead, DAY)
    late = date(2026, 10, 20)
    perform("mediation.deem_failed", MediationCase.objects.get(pk=case.pk), {}, _system(), late)
    assert refused("mediation.close", MediationCase.objects.get(pk=case.pk), {}, lead, late) == {"no-advice"}


def test_whoever_led_once_does_not_review_the_file(lead) -> None:
    case, other = mediating(DAY, by=lead), mediator("mediator-2")
    values = {"leaves": case.mediators.get().pk, "person": other.pk, "reason": "另有任务", "asked_by": "committee"}
    perform("mediation.replace_mediator", case, {"on": DAY, "has_relation": "no", "chosen": "committee", **values},
            lead, DAY)  # fmt: skip
    assert leaders_of(MediationCase.objects.get(pk=case.pk)) == {lead.pk, other.pk}


def test_what_was_agreed_is_not_voided() -> None:
    table = Table(DAY)
    table.act("agree_orally", content="互相道歉", no_document_wanted="on")
    assert "agreement-made" in refused("mediation.void", table.case, {"reason": "错登"}, table.town)


@pytest.mark.parametrize("source", [("own_motion", "mediator"), ("referred", "police")])
def test_a_source_that_is_no_court_loses_the_courts_clock(source, lead) -> None:
    case = dispute(DAY, DAY, handler=lead, source="referred", sub_source="court_delegated", court_track="delegated")
    entries = {"title": case.title, "source": source[0], "sub_source": source[1], "dispute_type": "02",
               "place": "新民村", "summary": "边界", "people": 2, "reason": "来源登错"}  # fmt: skip
    case = perform("mediation.correct_facts", case, entries, lead, DAY)
    assert case.facts.court_track == ""
