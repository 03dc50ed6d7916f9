"""Whole cases through the actions, with due days counted by hand on the published calendar of 2026."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.actions.errors import Forbidden, InvalidInput
from casemgr.documents.models import Document
from casemgr.operation.sweep import sweep
from tests.support.flow import application, received, refusals

pytestmark = pytest.mark.django_db


def day(month: int, number: int) -> date:
    return date(2026, month, number)


def accepted_in_september():
    """Received 2 September, accepted 8 September, the copy served on 16 September."""
    flow = received(day(9, 2))
    flow.on(day(9, 8)).accept()
    flow.on(day(9, 16)).serve(flow.paper("reply_notice"))
    return flow


def decided_in_october(**data):
    flow = accepted_in_september()
    flow.on(day(9, 29)).reply()
    flow.on(day(10, 12)).hear()
    paper = flow.on(day(10, 28)).signed_decision(**data)
    return flow, flow.on(day(10, 30)).issue(paper)


def test_an_application_of_12_february_is_deemed_accepted_and_walks_to_the_archive():
    flow = received(day(2, 12))
    flow.serve(flow.paper("receipt", materials="行政复议申请书，2份"))
    assert flow.status("R-ACC") == (day(2, 26), "open")  # 13, Sat 14 (works), 24, 25, 26
    assert sweep(day(2, 26)).deemed_accepted == 0
    assert sweep(day(2, 27)).deemed_accepted == 1
    flow.on(day(2, 27)).case.refresh_from_db(from_queryset=type(flow.case).objects)
    assert flow.state == "ACCEPTED"
    assert flow.case.events.get(kind="accepted").occurred_on == day(2, 26)
    assert flow.status("R-ACC") == (day(2, 26), "lapsed")
    assert flow.status("R-SEND") == (day(3, 6), "open")  # 27, Sat 28 (works), 2, 3, 4, 5, 6 March
    assert flow.status("R-DEC") == (day(4, 27), "open")  # 2 + 31 + 27 days

    flow.on(day(3, 3)).assign_second()
    flow.serve(flow.paper("acceptance_notice"))
    copy = flow.paper("reply_notice")
    assert flow.state == "AWAIT_REPLY"
    assert flow.status("R-SEND") == (day(3, 6), "met")
    flow.on(day(3, 4)).serve(copy)
    assert flow.status("R-REPLY") == (day(3, 18), "open")  # 5, 6, 9 to 13, 16, 17, 18
    flow.on(day(3, 18)).reply()
    assert flow.state == "IN_REVIEW"
    assert flow.status("R-REPLY") == (day(3, 18), "met")
    flow.on(day(3, 23)).hear()
    decision = flow.on(day(4, 10)).signed_decision()
    assert flow.state == "IN_REVIEW"
    decision = flow.on(day(4, 13)).issue(decision)
    assert flow.state == "DECIDED"
    assert (decision.number_text, decision.issued_on) == ("达政复决字〔2026〕1号", day(4, 13))
    assert decision.content().startswith(b"%PDF")
    assert flow.status("R-DEC") == (day(4, 27), "met")
    flow.on(day(4, 14)).serve_on(decision, "respondent")
    assert flow.state == "DECIDED"
    flow.on(day(4, 20)).serve_on(decision, "applicant")
    assert flow.state == "SERVED"
    assert flow.status("R-SUE15") == (day(5, 6), "open")  # 5 May is a holiday
    assert flow.case.outcome == "annulled"

    assert refusals(flow.on(day(5, 6)).archive) == {("clock-running", "")}
    flow.on(day(5, 7)).archive()
    assert (flow.state, flow.case.stage, flow.case.closed_on) == ("ARCHIVED", "archived", day(5, 7))


def test_every_due_day_of_an_ordinary_case_that_orders_a_new_act():
    flow = received(day(9, 2))
    assert flow.status("R-ACC") == (day(9, 9), "open")  # 3, 4, 7, 8, 9
    flow.on(day(9, 8)).accept()
    assert flow.status("R-ACC") == (day(9, 9), "met")
    assert flow.status("R-SEND") == (day(9, 17), "open")  # 9, 10, 11, 14 to 17
    assert flow.status("R-DEC") == (day(11, 9), "open")  # the 60th day is Saturday 7 November
    flow.on(day(9, 16)).serve(flow.paper("reply_notice"))
    # 17, 18, Sun 20 (works), 21 to 24, not 25 to 27 (Mid-Autumn), 28, 29, 30
    assert flow.status("R-REPLY") == (day(9, 30), "open")
    flow.on(day(9, 29)).reply()
    flow.on(day(10, 12)).hear()
    paper = flow.on(day(10, 28)).signed_decision(redo_is_ordered=True, redo_term_days=30)
    paper = flow.on(day(10, 30)).issue(paper)
    flow.on(day(11, 2)).serve_on(paper, "respondent")
    assert flow.status("R-REDO") == (day(12, 2), "open")
    flow.on(day(11, 3)).serve_on(paper, "applicant")
    assert flow.status("R-SUE15") == (day(11, 18), "open")
    assert flow.case.deadlines.filter(rule="R-SUE15").count() == 1  # the respondent cannot sue
    assert ("performance-open", "77") in refusals(flow.on(day(11, 19)).archive)
    flow.step("officer", "open_performance", duty="重新作出行政行为", due_on=day(12, 2))
    assert (flow.state, flow.status("R-PERF")) == ("PERFORMING", (day(12, 2), "open"))
    assert refusals(flow.on(day(11, 25)).step, "head", "accept_proof", proof="新的决定书一份") == {
        ("new-act-missing", "64")
    }
    respondent = flow.case.participations.get(role="respondent").party_id
    flow.step("officer", "record_new_act", party=respondent, title="行政处罚决定书", compared="different")
    flow.step("head", "accept_proof", proof="新的决定书一份")
    assert flow.status("R-REDO") == (day(12, 2), "met")
    assert flow.status("R-PERF") == (day(12, 2), "met")
    flow.act("officer", "document.file", Document.objects.get(pk=paper.pk))
    flow.on(day(11, 26)).archive()
    assert flow.state == "ARCHIVED"


def test_a_simplified_case_has_thirty_days_and_shorter_terms():
    flow = received(day(9, 2), amount_yuan="3000")
    flow.on(day(9, 8)).accept("simplified", "small_amount")
    assert flow.status("R-SEND-S") == (day(9, 11), "open")
    assert flow.status("R-DEC-S") == (day(10, 8), "open")  # the 30th day; 1 to 7 October are off
    flow.on(day(9, 10)).serve(flow.paper("reply_notice"))
    assert flow.status("R-REPLY-S") == (day(9, 17), "open")
    flow.on(day(9, 15)).reply()
    flow.on(day(9, 22)).issue(flow.signed_decision())  # no opinion need be heard, art. 54(2)
    assert (flow.state, flow.status("R-DEC-S")) == ("DECIDED", (day(10, 8), "met"))


def test_a_refusal_states_its_ground_is_served_and_archived_when_the_time_to_sue_is_over():
    flow = received(day(11, 2))
    assert flow.status("R-ACC") == (day(11, 9), "open")
    flow.on(day(11, 4)).examine(failed=4, note="超过六十日才提出申请")
    paper = flow.draft("refusal", ground="4", reasons="申请人超过六十日才提出申请，没有正当理由")
    paper = flow.sign(flow.review(flow.submit(paper)))
    paper = flow.on(day(11, 9)).issue(paper)
    assert (flow.state, flow.case.outcome) == ("NOT_ACCEPTED", "not_accepted")
    assert flow.case.facts.refusal_ground == "4"
    assert flow.status("R-ACC") == (day(11, 9), "met")
    flow.on(day(11, 11)).serve(paper)
    assert flow.status("R-SUE15") == (day(11, 26), "open")
    assert refusals(flow.on(day(11, 26)).archive) == {("clock-running", "")}
    flow.on(day(11, 27)).archive()
    assert flow.state == "ARCHIVED"


def test_corrected_material_starts_a_new_review():
    flow = received(day(11, 2))
    notice = flow.on(day(11, 4)).paper("correction_notice", items="身份证复印件\n处罚决定书复印件")
    assert flow.state == "CORRECTING"
    assert flow.status("R-ACC") == (day(11, 9), "ended")
    flow.on(day(11, 6)).serve(notice)
    assert flow.status("R-CORR-2") == (day(11, 20), "open")
    flow.on(day(11, 20)).step("officer", "corrected")
    assert flow.status("R-CORR-2") == (day(11, 20), "met")
    assert (flow.state, flow.status("R-CORR-3")) == ("RECEIVED", (day(11, 27), "open"))
    second = flow.draft("correction_notice", items="联系电话")
    second = flow.sign(flow.review(flow.submit(second)))
    assert ("second-correction", "31(1)") in refusals(flow.issue, second)
    flow.on(day(11, 27)).accept()
    assert flow.status("R-CORR-3") == (day(11, 27), "met")
    due = flow.case.deadlines.get(rule="R-DEC")
    assert (due.due_on, due.calendar_status) == (date(2027, 1, 26), "estimated")


def test_who_does_not_correct_gives_up_the_day_after_the_term():
    flow = received(day(11, 2))
    notice = flow.on(day(11, 4)).paper("correction_notice", items="身份证复印件")
    flow.on(day(11, 6)).serve(notice)
    assert refusals(flow.on(day(11, 20)).step, "officer", "abandon") == {("period-still-running", "31(2)")}
    flow.on(day(11, 23)).step("officer", "abandon")
    assert (flow.state, flow.case.outcome) == ("ABANDONED", "abandoned")
    assert flow.status("R-CORR-2") == (day(11, 20), "lapsed")
    flow.on(day(11, 24)).archive()
    assert flow.state == "ARCHIVED"


def test_without_a_reply_the_act_falls_as_article_70_says():
    flow = accepted_in_september()
    missing = {"party": flow.respondent.pk}
    assert refusals(flow.on(day(9, 30)).step, "officer", "reply_missing", **missing) == {("period-still-running", "70")}
    flow.on(day(10, 8)).step("officer", "reply_missing", **missing)
    assert (flow.state, flow.case.facts.reply_is_missing) == ("IN_REVIEW", True)
    assert flow.status("R-REPLY") == (day(9, 30), "lapsed")
    flow.on(day(10, 12)).hear()
    upheld = flow.on(day(10, 20)).signed_decision(outcome="upheld", grounds=[])
    assert refusals(flow.issue, upheld) == {("no-reply-no-evidence", "70")}
    flow.act("officer", "document.void_draft", Document.objects.get(pk=upheld.pk), reason="改为撤销")
    paper = flow.issue(flow.signed_decision(grounds=["70"]))
    flow.on(day(10, 22)).serve(paper)
    assert (flow.state, flow.case.outcome) == ("SERVED", "annulled")


def test_a_second_copy_gives_the_respondent_no_new_ten_days():
    flow = accepted_in_september()
    assert flow.status("R-REPLY") == (day(9, 30), "open")  # 17, 18, Sun 20 (works), 21 to 24, 28, 29, 30
    flow.on(day(9, 22)).serve(flow.paper("reply_notice"))
    assert flow.status("R-REPLY") == (day(9, 30), "open")
    flow.on(day(10, 8)).step("officer", "reply_missing", party=flow.respondent.pk)
    assert flow.status("R-REPLY") == (day(9, 30), "lapsed")


def test_the_same_matter_again_is_told_not_to_be_handled_since_the_regulation_of_2026():
    first, serial = received(day(9, 2), serial=7001), 7001
    second = received(day(11, 2), serial=serial, same_act_checked="on", act_number=first.case.act.number)
    told = {"earlier_number": first.case.number, "reasons": "请求和理由相同，没有新的事实"}
    notice = second.on(day(11, 4)).paper("not_handled_notice", **told)
    assert first.case.number in "".join(line for part in notice.sections for line in part["paragraphs"])
    assert (second.state, second.case.act_id) == ("NOT_HANDLED", first.case.act_id)
    earlier = received(day(6, 1), serial=serial, same_act_checked="on", act_number=first.case.act.number)
    signed = earlier.on(day(6, 3)).sign(earlier.submit(earlier.draft("not_handled_notice", **told)))
    refused = refusals(earlier.issue, signed)
    assert [code for code, article in refused if article] == ["regulation-in-force"]


def test_each_party_is_served_for_itself():
    flow, paper = decided_in_october()
    flow.on(day(11, 2)).serve_on(paper, "applicant")
    assert flow.state == "DECIDED"  # the respondent is still to be served
    assert flow.status("R-SUE15", flow.applicant) == (day(11, 17), "open")
    flow.on(day(11, 5)).serve_on(paper, "respondent")
    assert flow.state == "SERVED"
    flow.on(day(11, 16)).step("officer", "record_suit", party=flow.applicant.pk)
    assert flow.status("R-SUE15", flow.applicant) == (day(11, 17), "met")
    flow.archive()
    assert flow.state == "ARCHIVED"


# shortcuts that the law refuses


def test_no_acceptance_with_a_failed_condition():
    flow = received(day(11, 2))
    flow.on(day(11, 4)).examine(failed=2, note="与行政行为没有利害关系")
    assert refusals(flow.step, "head", "accept", track="ordinary") == {("acceptance-tests", "30(1)")}


def test_no_acceptance_before_receipt():
    flow = received(day(11, 2))
    flow.on(day(11, 4)).examine()
    assert ("order-of-events", "") in refusals(flow.step, "head", "accept", track="ordinary", on=day(10, 30))


def test_no_refusal_and_no_correction_notice_after_the_review_period():
    flow = received(day(11, 2))
    refusal = flow.on(day(11, 9)).draft("refusal", ground="4", reasons="申请人超过六十日才提出申请")
    refusal = flow.sign(flow.review(flow.submit(refusal)))
    notice = flow.draft("correction_notice", items="身份证复印件")
    notice = flow.sign(flow.review(flow.submit(notice)))
    for paper in (refusal, notice):
        assert refusals(flow.on(day(11, 10)).issue, paper) == {("review-period-over", "30(3)")}
    assert Document.objects.get(pk=refusal.pk).number_text == ""


def test_silence_does_not_accept_before_the_period_is_over():
    flow = received(day(11, 2))
    assert refusals(flow.on(day(11, 9)).act, "system", "reconsideration.deem_accept", flow.case) == {
        ("period-still-running", "30(3)")
    }


def test_nobody_but_the_sweep_deems():
    flow = received(day(11, 2))
    with pytest.raises(Forbidden):
        flow.on(day(11, 10)).act("head", "reconsideration.deem_accept", flow.case)


def test_the_simplified_procedure_needs_its_ground():
    flow = received(day(11, 2), amount_yuan="3000.01")
    flow.on(day(11, 4)).examine()
    step = {"track": "simplified", "simplified_ground": "small_amount"}
    assert refusals(flow.step, "head", "accept", **step) == {("simplified-ground", "53")}


def test_no_decision_before_the_applicant_was_heard():
    flow = accepted_in_september()
    flow.on(day(9, 29)).reply()
    paper = flow.on(day(10, 20)).signed_decision()
    assert refusals(flow.issue, paper) == {("opinions-heard", "49")}
    assert flow.state == "IN_REVIEW"


def test_no_decision_before_the_day_of_acceptance_or_reply():
    flow = accepted_in_september()
    flow.on(day(9, 29)).reply()
    flow.on(day(10, 12)).hear()
    paper = flow.on(day(10, 20)).signed_decision()
    for earlier in (day(9, 7), day(10, 9)):
        assert ("order-of-events", "") in refusals(flow.on(earlier).issue, paper)


def test_no_decision_without_the_authoritys_signature():
    flow = accepted_in_september()
    flow.on(day(9, 29)).reply()
    flow.on(day(10, 12)).hear()
    paper = flow.review(flow.submit(flow.draft("decision", outcome="upheld", facts_found="甲", evidence="乙",
                                               reasoning="丙", reply_summary="丁")))  # fmt: skip
    assert {code for code, _article in refusals(flow.issue, paper)} == {"wrong-state"}
    with pytest.raises(Forbidden):
        flow.act("head", "document.sign", paper)


def test_a_change_may_not_be_worse_for_the_applicant():
    flow = accepted_in_september()
    flow.on(day(9, 29)).reply()
    flow.on(day(10, 12)).hear()
    paper = flow.draft("decision", outcome="changed", grounds=["63-1"], result="罚款变更为200元", facts_found="甲",
                       evidence="乙", reasoning="丙", reply_summary="丁")  # fmt: skip
    assert ("not-worse", "63(2)") in refusals(flow.submit, paper)


def test_nothing_is_served_before_it_is_issued():
    flow = accepted_in_september()
    flow.on(day(9, 29)).reply()
    flow.on(day(10, 12)).hear()
    paper = flow.on(day(10, 28)).signed_decision()
    part = flow.case.participations.get(role="applicant").pk
    entered = {"participation": part, "method": "in_person", "served_on": day(10, 28)}
    assert {c for c, _a in refusals(flow.act, "officer", "document.serve", paper, **entered)} == {"wrong-state"}
    paper = flow.on(day(10, 30)).issue(paper)
    refused = refusals(flow.act, "officer", "document.serve", paper, **entered)
    assert {code for code, _article in refused} == {"before-issue"}
    assert all("87" in article and "88" in article for _code, article in refused)


def test_a_decided_case_is_not_decided_again_and_an_archived_one_is_closed_for_good():
    flow, paper = decided_in_october()
    assert {c for c, _a in refusals(flow.draft, "decision", outcome="upheld")} == {"wrong-state"}
    flow.on(day(11, 2)).serve(paper)
    flow.on(day(11, 18)).archive()
    for attempt in (flow.archive, flow.hear, flow.reply):
        assert {c for c, _a in refusals(attempt)} == {"wrong-state"}
    assert {c for c, _a in refusals(flow.draft, "service_receipt")} == {"archived"}


def test_registration_refuses_a_receipt_in_the_future():
    flow = received(day(11, 2))
    entries = application(day(11, 3))
    with pytest.raises(InvalidInput) as caught:
        flow.on(day(11, 2)).act("officer", "reconsideration.register", None, **entries)
    assert {refusal.field for refusal in caught.value.refusals} == {"received_on"}


def test_a_suit_beside_a_running_reconsideration_is_refused():
    flow = accepted_in_september()
    flow.on(day(9, 29)).reply()
    party = flow.case.participations.get(role="applicant").party_id
    entered = {"party": party, "on": day(10, 12)}
    refused = refusals(flow.on(day(10, 12)).act, "officer", "reconsideration.record_suit", flow.case, **entered)
    assert refused == {("decision-period-running", "29")}
