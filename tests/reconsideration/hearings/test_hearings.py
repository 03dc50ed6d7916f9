"""Hearings from the plan to the record, through the actions (Reconsideration Law 2023, art. 50, 51, 61(2))."""

from __future__ import annotations

from typing import Any

import pytest

from casemgr.actions.errors import ActionError, GuardRefused, InvalidInput
from casemgr.rooms.models import Claim
from tests.support.flow import refusals
from tests.support.hearings import HearingFlow, day, under_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def flow() -> HearingFlow:
    return under_review()


def test_a_hearing_is_planned_notified_held_and_the_decision_rests_on_it(flow: HearingFlow) -> None:
    hearing = flow.plan(ground="mandatory", grounds=["doubts"])
    assert flow.status("R-HEAR-NOTICE") == (day(9, 29), "open")
    assert sorted(Claim.objects.values_list("what", flat=True)) == sorted(
        [f"room:{flow.room.pk}", f"head:{flow.respondent.pk}", *(f"user:{one.pk}" for one in flow.panel)]
    )
    flow.notify(day(9, 28), day(9, 29))
    assert flow.hearing.state == "notified"
    assert flow.status("R-HEAR-NOTICE") == (day(9, 29), "met")
    flow.on(day(10, 9)).prepare()
    flow.hold()
    hearing.refresh_from_db(fields=["state", "closed_on"])
    assert (flow.hearing.state, flow.hearing.closed_on) == ("held", day(10, 13))
    assert flow.case.events.get(kind="hearing_held").occurred_on == day(10, 13)
    paper = flow.on(day(10, 14)).draft("decision", outcome="annulled", grounds=["64-2"])
    assert ("hearing-record", "61(2)") in refusals(flow.submit, paper)
    record = flow.paper("hearing_record")
    assert record.content().startswith(b"%PDF")
    assert ("hearing-record", "61(2)") not in refusals(flow.submit, paper)
    assert "opinions-heard" not in {
        code for code, _article in refusals(flow.step, "head", "decide", outcome="annulled")
    }


def test_grave_cases_are_not_decided_without_a_hearing(flow: HearingFlow) -> None:
    flow.step("officer", "weigh_hearing", grounds=["mass"])
    assert flow.case.facts.hearing_grounds == ["mass"]
    flow.hear()
    paper = flow.signed_decision()
    assert ("hearing-mandatory", "50(1)") in refusals(flow.issue, paper)
    flow.plan()
    assert ("hearing-pending", "61(2)") in refusals(flow.issue, paper)
    flow.step("officer", "cancel_hearing", reason="当事人达成和解意向")
    with pytest.raises(InvalidInput):
        flow.step("officer", "weigh_hearing", grounds=[])
    flow.step("officer", "weigh_hearing", grounds=[], answer="经核实，不属于群体性纠纷")
    assert flow.issue(paper).state == "ISSUED"


def test_simplified_cases_are_not_heard() -> None:
    flow = under_review("simplified")
    assert ("hearing-ordinary-only", "50") in refusals(flow.plan)


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"officers": 1}, "officers"),  # one hearing officer only
        ({"recorder": "presiding"}, "officers"),  # two seats for one person
        ({"room": ""}, "room"),
        ({"ground": "mandatory"}, "grounds"),
        ({"planned_on": "2026-09-18"}, "planned_on"),
    ],
)
def test_a_plan_that_the_law_does_not_know_is_refused(flow: HearingFlow, changes: dict[str, Any], field: str) -> None:
    if changes.get("officers") == 1:
        changes = {"officers": [flow.panel[1].pk]}
    if changes.get("recorder") == "presiding":
        changes = {"recorder": flow.panel[0].pk}
    with pytest.raises(InvalidInput) as refused:
        flow.plan(**changes)
    assert field in refused.value.form.errors


def test_nobody_is_planned_twice_at_one_time(flow: HearingFlow) -> None:
    flow.plan()
    other = under_review_beside(flow)
    with pytest.raises(GuardRefused) as refused:
        other.plan()
    text = str(refused.value.refusals[0].message)
    assert "听证室" in text and "赵梅" in text and "负责人" in text and "11:30" in text
    other.plan(starts="11:30", ends="12:30")


def under_review_beside(flow: HearingFlow) -> HearingFlow:
    """Another case of the same office against the same agency."""
    from tests.support.flow import application

    other = HearingFlow(flow.office, day(9, 2))
    other.register(application(day(9, 2)), key=f"beside-{flow.case.pk}")
    other.on(day(9, 3)).accept()
    other.on(day(9, 4)).serve_on(other.paper("reply_notice"), "respondent")
    other.on(day(9, 16)).reply()
    other.room, other.panel = flow.room, flow.panel
    return other.on(day(9, 21))


def test_notice_in_the_gap_warns_and_late_notice_needs_a_waiver(flow: HearingFlow) -> None:
    flow.plan()
    flow.notify(day(9, 30), day(10, 9))
    flow.on(day(10, 9)).prepare()
    flow.on(day(10, 13)).attend()
    flow.write()
    flow.sign_record()
    found = refusals(flow.step, "officer", "hold_hearing")
    assert found == {("hearing-notice", "51(1)")}
    respondent = flow.respondent.pk
    flow.step("officer", "waive_hearing_notice", party=respondent, on=day(10, 12), note="书面同意")
    flow.step("officer", "hold_hearing")
    assert flow.hearing.state == "held"


def test_too_late_to_tell_anybody_is_refused_unless_a_waiver_is_to_come(flow: HearingFlow) -> None:
    flow.on(day(10, 9))
    assert ("hearing-notice-too-late", "51(1)") in refusals(flow.plan)
    flow.plan(accept_short="on")
    for party in (flow.applicant, flow.respondent):
        flow.step("officer", "waive_hearing_notice", party=party.pk)
    assert flow.hearing.state == "notified"
    assert flow.status("R-HEAR-NOTICE") == (day(9, 29), "met_late")


def test_another_day_needs_another_notice_and_an_old_one_does_not_count(flow: HearingFlow) -> None:
    flow.plan()
    old = flow.paper("hearing_notice")
    flow.serve_on(old, "applicant")
    flow.on(day(9, 22)).change(planned_on="2026-10-20")
    assert (flow.hearing.plan, flow.hearing.state) == (2, "planned")
    assert flow.status("R-HEAR-NOTICE") == (day(10, 12), "open")
    flow.serve_on(old, "respondent")  # the post was under way
    assert not flow.hearing.parties.exclude(notified_on=None).exists()
    flow.notify(day(9, 23))
    assert flow.hearing.state == "notified"
    assert "2026年10月20日" in str(flow.case.documents.latest("pk").sections)


def test_who_sits_on_the_panel_can_change_without_another_notice(flow: HearingFlow) -> None:
    flow.plan()
    flow.notify(day(9, 22))
    substitute = flow.office["head"]
    flow.change(officers=[flow.panel[1].pk, substitute.pk])
    assert (flow.hearing.state, flow.hearing.plan) == ("notified", 1)
    assert Claim.objects.filter(user=substitute).exists() and not Claim.objects.filter(user=flow.panel[2]).exists()
    assert flow.case.events.filter(kind="hearing_panel_changed").count() == 1


def test_an_applicant_who_stays_away_gives_up_the_hearing_not_the_application(flow: HearingFlow) -> None:
    flow.plan(ground="mandatory", grounds=["other"])
    flow.notify(day(9, 22))
    flow.prepare()
    flow.on(day(10, 13)).attend(applicant="excused", why="突发疾病住院")
    assert ("applicant-came", "51(2)") in refusals(flow.step, "officer", "forgo_hearing")
    flow.attend(applicant="no")
    flow.step("officer", "forgo_hearing")
    assert (flow.hearing.state, flow.state) == ("forgone", "IN_REVIEW")
    assert not flow.case.events.filter(kind="withdrawn").exists()
    flow.hear()
    assert flow.issue(flow.signed_decision()).state == "ISSUED"


def test_the_head_comes_or_there_is_a_reason_and_somebody_of_the_staff(flow: HearingFlow) -> None:
    flow.plan()
    flow.notify(day(9, 22))
    for member in flow.hearing.panel.all():
        flow.do("declare", member=member.pk)
    row = flow.hearing.parties.get(participation__role="respondent")
    with pytest.raises(InvalidInput):
        flow.do("name_head", party=row.pk, head_absence="外出学习")
    flow.do("name_head", party=row.pk, head_absence="外出学习", delegate="法规股股长周强")
    assert not Claim.objects.filter(what__startswith="head:").exists()
    flow.hold()
    assert flow.hearing.state == "held"


def test_an_interest_keeps_the_hearing_from_being_held_until_the_head_decides(flow: HearingFlow) -> None:
    flow.plan()
    flow.notify(day(9, 22))
    flow.prepare()
    member = flow.hearing.panel.get(seat="presiding")
    flow.do("declare", member=member.pk, interest="与申请人系同学")
    flow.on(day(10, 13)).attend()
    flow.write()
    flow.sign_record()
    assert refusals(flow.step, "officer", "hold_hearing") == {("hearing-interest", "50(3)")}
    with pytest.raises(ActionError):
        flow.do("decide_interest", member=member.pk, may_stay="yes")
    flow.do("decide_interest", who="head", member=member.pk, may_stay="yes")
    flow.step("officer", "hold_hearing")


def test_an_adjourned_hearing_goes_on_another_day(flow: HearingFlow) -> None:
    flow.plan()
    flow.notify(day(9, 22))
    flow.prepare()
    flow.on(day(10, 13)).attend(applicant="excused", why="突发疾病住院")
    entries = {**flow.plan_entries(planned_on="2026-10-27"), "reason": "申请人突发疾病"}
    flow.step("officer", "adjourn_hearing", **entries)
    first, second = flow.case.hearings.order_by("number")
    assert (first.state, second.state, second.continues) == ("adjourned", "planned", first)
    assert flow.case.deadlines.filter(rule="R-HEAR-NOTICE", status="open").get().due_on == day(10, 19)


def test_a_remote_hearing_takes_no_room(flow: HearingFlow) -> None:
    hearing = flow.plan(is_remote="on", room=flow.room.pk, remote_note="腾讯会议，入会方式另行短信告知")
    assert hearing.booking.room is None
    assert not Claim.objects.filter(what__startswith="room:").exists()
    assert "腾讯会议" in str(flow.paper("hearing_notice").sections)


def test_a_refusal_to_sign_is_noted_and_closes_the_record_too(flow: HearingFlow) -> None:
    flow.plan()
    flow.notify(day(9, 22))
    flow.prepare()
    flow.on(day(10, 13)).attend()
    flow.write()
    row = flow.hearing.parties.get(participation__role="applicant")
    with pytest.raises(InvalidInput):
        flow.sign_record(**{f"signed_{row.pk}": "no"})
    flow.sign_record(**{f"signed_{row.pk}": "no", f"why_{row.pk}": "认为记录不全"})
    flow.step("officer", "hold_hearing")
    assert "拒绝签名，理由：认为记录不全" in str(flow.paper("hearing_record").sections)


def test_a_case_that_ends_otherwise_frees_room_and_people(flow: HearingFlow) -> None:
    flow.plan()
    flow.step("officer", "withdraw", party=flow.applicant.pk, after_settlement="on", content="自愿撤回申请")
    flow.paper("termination", ground="withdrawn", cause="申请人自愿书面撤回行政复议申请，不违反法律规定")
    assert (flow.state, flow.hearing.state) == ("TERMINATED", "cancelled")
    assert not Claim.objects.exists()


def test_nothing_is_recorded_before_the_day(flow: HearingFlow) -> None:
    flow.plan()
    with pytest.raises(GuardRefused):
        flow.attend()
    assert ("hearing-day-to-come", "") in refusals(flow.step, "officer", "hold_hearing")
