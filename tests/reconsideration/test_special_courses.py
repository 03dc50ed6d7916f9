"""Who takes part changes, cases tried together, the superior, and deciding like a decision in force."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casemgr.actions.errors import InvalidInput
from casemgr.actions.perform import perform
from casemgr.cases import events
from casemgr.parties.models import Party
from reconsideration.decision_guards import unheard
from reconsideration.demo.people import resident_number
from reconsideration.models import ReconsiderationCase
from reconsideration.volume import VOLUME
from tests.reconsideration.test_main_path import decided_in_october
from tests.reconsideration.test_stops import suspend, under_review
from tests.support.flow import Flow, application, received, refusals

pytestmark = pytest.mark.django_db


def somebody(name: str, serial: int) -> dict[str, Any]:
    number = resident_number(serial, date.fromordinal(722_000 + serial), "F")
    return {"name": name, "kind": "person", "identity_number": number, "phone": f"1390000{serial:04d}",
            "is_another": "on"}  # fmt: skip


def joins(flow: Flow, step: str, who: dict[str, Any], **entries: Any) -> None:
    """Like `flow.step`, which has a `name` of its own."""
    perform(f"reconsideration.{step}", flow.case, {"on": flow.day, **who, **entries}, flow.office["officer"], flow.day)
    flow.case = ReconsiderationCase.objects.get(pk=flow.case.pk)


def text_of(paper: Any) -> str:
    return "".join(line for part in paper.sections for line in part["paragraphs"])


def happened(flow: Flow) -> list[str]:
    return [fact.kind for fact in events.facts_of(flow.case)]


def test_a_third_party_is_entered_and_notified() -> None:
    flow = under_review()
    flow.on(date(2026, 9, 21))
    joins(flow, "add_third_party", somebody("白文祥", 901), how="notified", interest="相邻关系人")
    notice = flow.paper("third_party_notice")
    assert "白文祥" in notice.addressee and "相邻关系人" in text_of(notice)
    flow.serve(notice)
    assert {part.name for part in flow.case.participations.filter(role="third_party")} == {"白文祥"}


def test_the_trial_goes_on_without_a_third_party_that_stays_away() -> None:
    flow = under_review().on(date(2026, 9, 21))
    away = {"how": "silent", "content": "送达后未答复"}
    assert "no-third-party" in {code for code, _article in refusals(flow.step, "officer", "third_party_away", **away)}
    joins(flow, "add_third_party", somebody("白文祥", 911), how="notified", interest="相邻关系人")
    away["party"] = flow.parties("third_party")[0].pk
    assert ("not-notified", "16(1)") in refusals(flow.step, "officer", "third_party_away", **away)
    flow.serve(flow.paper("third_party_notice"))
    flow.hear()
    assert unheard(flow.case) == ["白文祥"]
    flow.on(date(2026, 9, 28)).step("officer", "third_party_away", **away)
    assert unheard(flow.case) == []
    assert "因第三人自身原因，未能听取其意见" in text_of(flow.draft("decision"))


def test_a_wrong_respondent_changes_only_with_the_applicants_consent() -> None:
    flow = received(date(2026, 9, 7))
    other = Party.objects.get(name="达拉特旗农牧局")
    old = flow.case.participations.get(role="respondent")
    entries = {"old": old.pk, "why": "wrong", "known_party": other.pk, "paper": "9月8日书面告知"}
    flow.on(date(2026, 9, 8)).step("officer", "change_respondent", agrees="no", **entries)
    assert happened(flow)[-1] == "respondent_kept" and flow.respondent.name == old.name
    flow.step("officer", "change_respondent", agrees="yes", **entries)
    now = flow.case.participations.filter(role="respondent", left_on__isnull=True)
    assert [part.name for part in now] == [other.name] and flow.case.act.agency_id == other.pk


def test_a_relative_takes_up_the_part_of_an_applicant_who_died() -> None:
    flow = under_review()
    gone = flow.case.participations.get(role="applicant")
    suspend(flow, date(2026, 9, 21), "death")
    flow.on(date(2026, 10, 12))
    joins(flow, "take_up_part", somebody("赵桂兰", 902), predecessor=gone.pk, relation="配偶，结婚证")
    flow.paper("resumption_notice", cause="申请人近亲属参加行政复议")
    applicants = flow.case.participations.filter(role="applicant", left_on__isnull=True)
    assert (flow.state, [part.name for part in applicants]) == ("IN_REVIEW", ["赵桂兰"])


def test_the_superior_is_asked_and_takes_the_case_up() -> None:
    flow = under_review()
    due = flow.status("R-DEC")[0]
    cause = {"ground": "guiding", "organ": "鄂尔多斯市人民政府", "cause": "全市首例"}
    request = flow.on(date(2026, 9, 21)).paper("superior_request", **cause)
    assert "第四十条第一款第三项" in text_of(request) and flow.status("R-DEC")[1] == "paused"
    again = flow.sign(flow.review(flow.submit(flow.draft("superior_request", **cause))))
    assert {code for code, _article in refusals(flow.issue, again)} == {"asked-already"}
    answer = {"organ": "鄂尔多斯市人民政府", "paper": "鄂府复提〔2026〕1号"}
    flow.on(date(2026, 9, 28)).step("officer", "superior_answered", result="takes", **answer)
    twice = refusals(flow.step, "officer", "superior_answered", result="takes", **answer)
    assert ("taken-up-already", "38") in twice
    # asked for 7 days
    assert (flow.status("R-DEC")[0] - due).days == 7
    # 5 working days from 28 September: 29, 30 September, 8, 9, Sat 10 October (works)
    assert flow.status("R-HAND-UP") == (date(2026, 10, 10), "open")
    flow.paper("taken_up_notice")
    flow.on(date(2026, 9, 30)).paper("handover_letter")
    assert (flow.state, flow.case.outcome, flow.status("R-HAND-UP")[1]) == ("TAKEN_UP", "taken_up", "met")
    assert flow.status("R-DEC")[1] == "ended"
    flow.step("officer", "superior_received")


def test_asked_in_vain_the_case_goes_on() -> None:
    flow = under_review()
    answer = {"organ": "鄂尔多斯市人民政府", "paper": "复函", "result": "declines"}
    assert ("not-asked", "38") in refusals(flow.on(date(2026, 9, 21)).step, "officer", "superior_answered", **answer)
    flow.paper("superior_request", ground="other", organ="鄂尔多斯市人民政府", cause="涉及多个旗区")
    flow.on(date(2026, 9, 24)).step("officer", "superior_answered", **answer)
    assert (flow.state, flow.status("R-DEC")[1]) == ("IN_REVIEW", "open")


def test_a_refused_application_is_accepted_as_the_superior_orders() -> None:
    flow = received(date(2026, 9, 7))
    flow.examine(failed=2, note="无利害关系")
    flow.on(date(2026, 9, 9)).paper("refusal", ground="2", reasons="没有利害关系")
    assert ("no-order", "35") in refusals(flow.step, "head", "accept_by_order", track="ordinary")
    order = {"organ": "鄂尔多斯市人民政府", "paper": "责令受理通知书"}
    flow.on(date(2026, 10, 12))
    assert ("does-not-fit", "35、40") in refusals(flow.step, "officer", "record_order", kind="resume", **order)
    flow.step("officer", "record_order", kind="accept", **order)
    flow.step("head", "accept_by_order", track="ordinary")
    # 12 October + 60 = 11 December, a Friday
    assert (flow.state, flow.case.outcome, flow.status("R-DEC")[0]) == ("ACCEPTED", "", date(2026, 12, 11))


def test_two_cases_are_tried_together_and_apart() -> None:
    one, two = under_review(), under_review()
    two.office = one.office
    entries = {"number": two.case.number, "ground": "parties", "reason": "同一事实"}
    one.on(date(2026, 9, 21)).step("head", "join_cases", **entries)
    assert happened(two)[-1] == "joined" == happened(one)[-1]
    assert "joined-already" in {code for code, _article in refusals(one.step, "head", "join_cases", **entries)}
    one.step("head", "separate_cases", number=two.case.number, reason="案情不同")
    two.case = ReconsiderationCase.objects.get(pk=two.case.pk)
    assert happened(two)[-1] == "separated"


def test_others_are_decided_like_the_decision_in_force() -> None:
    first, paper = decided_in_october()
    flow = received(date(2026, 11, 2), act_number=first.case.act.number)
    flow.on(date(2026, 11, 4)).accept()
    entries = {"number": first.case.number, "reason": "同一行政行为"}
    flow.office["head"] = first.office["head"]
    refused = {code for code, _article in refusals(flow.step, "head", "decide_directly", **entries)}
    assert refused == {"not-in-effect"}
    first.on(date(2026, 11, 5)).serve(paper)
    flow.on(date(2026, 11, 6)).step("head", "decide_directly", **entries)
    assert flow.state == "IN_REVIEW"
    flow.issue(flow.signed_decision())
    assert flow.state == "DECIDED" and "第六十五条" in text_of(flow.case.documents.get(kind="decision"))


def test_who_withdraws_without_a_settlement_is_not_barred() -> None:
    """Art. 74(2) bars only those who settled; until 30 June 2026 everybody (Regulation 2007, art. 38(2))."""
    people = [*application(date(2026, 5, 6))["people"], somebody("白文祥", 922) | {"role": "applicant"}]
    flow = received(date(2026, 5, 6), people=people).on(date(2026, 5, 8))
    flow.accept()
    one, two = flow.parties("applicant")
    flow.on(date(2026, 6, 29)).step("officer", "withdraw", party=one.pk, content="双方和解", after_settlement="on")
    flow.step("officer", "withdraw", party=two.pk, content="不再申请")
    assert "第三十八条第二款" in text_of(flow.draft("withdrawal_permission"))
    text = text_of(flow.on(date(2026, 7, 2)).draft("withdrawal_permission"))
    assert f"第七十四条第二款的规定，{one.name}不得再以同一事实和理由" in text
    assert f"准予{one.name}、{two.name}撤回" in text


def test_requests_change_and_the_old_ones_stay_in_history() -> None:
    flow = under_review()
    flow.step("officer", "change_requests", party=flow.applicant.pk, requests="确认该处罚决定违法", reasons="已缴罚款")
    assert flow.case.facts.requests == "确认该处罚决定违法"
    again = {"party": flow.applicant.pk, "requests": "确认该处罚决定违法", "reasons": "同上"}
    assert "same-requests" in {code for code, _article in refusals(flow.step, "officer", "change_requests", **again)}


def test_somebody_of_the_registry_is_chosen_by_id() -> None:
    flow, other = under_review(), under_review()
    joins(flow, "add_third_party", somebody("白文祥", 903), how="asked", interest="相邻关系人")
    known = flow.parties("third_party")[0].pk
    joins(other, "add_third_party", {"kind": "person", "known_party": known}, how="asked", interest="相邻关系人")
    assert [party.pk for party in other.parties("third_party")] == [known]
    with pytest.raises(InvalidInput):  # once is enough
        joins(other, "add_third_party", {"kind": "person", "known_party": known}, how="asked", interest="相邻关系人")


@pytest.mark.parametrize("kind", ["handover_letter", "not_handled_notice", "third_party_notice", "annex_notice"])
def test_the_papers_of_special_courses_have_their_place_in_the_volume(kind: str) -> None:
    assert VOLUME.of_document(kind).code != VOLUME.others
    assert {need.slot for need in VOLUME.needs(under_review().case)} <= {slot.code for slot in VOLUME.slots}


def test_a_case_not_handled_again_is_archived() -> None:
    flow = received(date(2026, 11, 2))
    notice = flow.on(date(2026, 11, 4)).paper(
        "not_handled_notice", earlier_number="达政复字〔2025〕1号", reasons="相同"
    )
    flow.serve(notice)
    flow.on(date(2026, 11, 5)).archive()
    assert flow.state == "ARCHIVED"
