"""The traps of the dossier (§8) that concern reconsideration, each under its number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from casemgr.actions.errors import InvalidInput
from casemgr.calendar.current import current_calendar
from casemgr.cases.models import Participation
from casemgr.operation.sweep import sweep
from casemgr.timelimits.arithmetic import compute
from casemgr.timelimits.registry import versions
from reconsideration.aftermath.letters import letters_of
from reconsideration.aftermath.pending import unperformed
from reconsideration.application_period import PeriodFacts, assess
from reconsideration.documents.organs import basic_court
from reconsideration.documents.remedies import LIKE_UPHELD, court_for
from reconsideration.hearings.lacks import lacks_of
from reconsideration.models import ReconsiderationCase
from reconsideration.proposals import representatives_note
from reconsideration.representation import election
from reconsideration.terms import KnowledgeGround
from tests.reconsideration.test_stops import accepted, suspend, text_of, under_review
from tests.support import hearings
from tests.support.flow import Flow, received, refusals

pytestmark = pytest.mark.django_db


def due(code: str, start: date, law: str = "2023") -> date | None:
    """The last day by the rule's own length and unit."""
    rule = next(one for one in versions(code) if one.law.version == law)
    return compute(rule.period, start, current_calendar()).due


def test_trap_01_ten_days_are_working_days_now_and_calendar_days_before() -> None:
    # 26 September 2025, Sun 28 (works), 29, 30; 1 to 8 October off; 9, 10, Sat 11 (works), 13, 14, 15
    assert due("R-REPLY", date(2025, 9, 25)) == date(2025, 10, 15)
    # ten calendar days end on 5 October, in the holidays: the first day after them
    assert due("R-REPLY", date(2025, 9, 25), "2017") == date(2025, 10, 9)


@pytest.mark.parametrize(
    ("code", "start", "last"),
    [
        ("R-SEND-S", date(2026, 4, 28), date(2026, 5, 6)),  # 三日: 29, 30; 1 to 5 May off; 6
        ("R-ACC", date(2026, 4, 28), date(2026, 5, 8)),  # 五日: 29, 30, 6, 7, 8
        ("R-SEND", date(2026, 4, 28), date(2026, 5, 11)),  # 七日: then Sat 9 (works), 11
        ("R-REPLY", date(2026, 4, 28), date(2026, 5, 14)),  # 十日: then 12, 13, 14
        ("R-SUE15", date(2026, 4, 14), date(2026, 4, 29)),  # 十五日 run through weekends
        ("R-SUE15", date(2026, 4, 17), date(2026, 5, 6)),  # the 15th is 2 May, in the holidays
        ("R-DEC-S", date(2026, 4, 2), date(2026, 5, 6)),  # 三十日: 2 May, rolled
        ("R-DEC", date(2026, 4, 28), date(2026, 6, 29)),  # 六十日: Saturday 27 June, rolled
        ("R-OPIN", date(2026, 8, 5), date(2026, 10, 8)),  # 六十日: 4 October, rolled
    ],
)
def test_trap_02_only_three_five_seven_and_ten_days_are_working_days(code: str, start: date, last: date) -> None:
    assert due(code, start) == last


def test_trap_04_an_adjusted_saturday_or_sunday_works_and_a_period_may_end_on_it() -> None:
    assert due("R-ACC", date(2026, 2, 12)) == date(2026, 2, 26)  # 13, Sat 14 (works), 24, 25, 26
    assert due("R-ACC", date(2026, 9, 28)) == date(2026, 10, 10)  # 29, 30, 8, 9, Sat 10 (works)
    assert due("R-SUE15", date(2026, 9, 25)) == date(2026, 10, 10)  # the 15th day works: nothing rolls
    # the holidays of 2024 end on 17 February; the first day after is Sunday 18, which works
    assert due("R-SUE15", date(2024, 2, 1)) == date(2024, 2, 18)


def test_trap_05_silence_for_five_working_days_accepts_as_of_the_last_of_them() -> None:
    flow = received(date(2026, 9, 17))
    assert flow.status("R-ACC") == (date(2026, 9, 23), "open")  # 18, Sun 20 (works), 21, 22, 23
    assert sweep(date(2026, 9, 23)).deemed_accepted == 0
    assert sweep(date(2026, 9, 28)).deemed_accepted == 1  # nobody looked for days
    flow.case = ReconsiderationCase.objects.get(pk=flow.case.pk)
    assert flow.state == "ACCEPTED"
    accepted = flow.case.events.get(kind="accepted")
    assert (accepted.occurred_on, accepted.data["deemed"]) == (date(2026, 9, 23), True)
    assert flow.status("R-DEC")[0] == date(2026, 11, 23)  # 60 days from 23 September: Sunday 22 November


def test_trap_06_corrected_material_starts_a_review_of_its_own() -> None:
    flow = received(date(2026, 9, 2))
    assert flow.status("R-ACC") == (date(2026, 9, 9), "open")
    notice = flow.on(date(2026, 9, 4)).paper("correction_notice", items="身份证明\n处罚决定书复印件")
    assert flow.status("R-ACC")[1] == "ended"
    flow.on(date(2026, 9, 7)).serve(notice)
    assert flow.status("R-CORR-2") == (date(2026, 9, 20), "open")  # 8 to 11, 14 to 18, Sun 20 (works)
    flow.on(date(2026, 9, 10)).step("officer", "corrected")
    # five new days: 11, 14, 15, 16, 17; three were left of the first review
    assert flow.status("R-CORR-3") == (date(2026, 9, 17), "open")
    # everything had to stand in the first notice (art. 31(1))
    draft = flow.draft("correction_notice", items="授权委托书")
    signed = flow.sign(flow.review(flow.submit(draft)))
    assert ("second-correction", "31(1)") in refusals(flow.issue, signed)


def test_trap_07_the_old_law_counts_sixty_days_from_receipt_the_new_one_from_acceptance() -> None:
    old = received(date(2023, 12, 27), acted_on="2023-11-10", known_on="2023-11-13")
    old.on(date(2024, 1, 2)).accept()
    assert old.case.law_version == "2017"
    assert old.case.events.get(kind="accepted").occurred_on == date(2023, 12, 27)  # 收到之日起即为受理 (2017, 17(2))
    assert old.status("R-DEC")[0] == date(2024, 2, 26)  # 25 February 2024 is a Sunday
    new = received(date(2026, 9, 1))
    new.on(date(2026, 9, 3)).accept()
    assert new.status("R-DEC")[0] == date(2026, 11, 2)  # 60 days from 3 September


def test_trap_08_a_simplified_case_is_not_extended_but_converted() -> None:
    flow = under_review("simplified")  # accepted 3 September: 30 days end on 3 October, rolled to 8
    assert flow.status("R-DEC-S") == (date(2026, 10, 8), "open")
    flow.on(date(2026, 9, 28))
    draft = flow.draft("extension_notice", days=10, cause="案情复杂", approved_by="苏日娜")
    signed = flow.sign(flow.review(flow.submit(draft)))
    assert "62" in "".join(article for _code, article in refusals(flow.issue, signed))
    flow.paper("conversion_notice", cause="需要进一步查明事实", approved_by="苏日娜")
    assert flow.status("R-DEC") == (date(2026, 11, 2), "open")


@pytest.mark.parametrize(("law", "approver"), [("2023", "行政复议机构的负责人"), ("2017", "行政复议机关的负责人")])
def test_trap_09_the_head_of_the_office_extends_now_the_head_of_the_authority_did(law: str, approver: str) -> None:
    flow = under_review()
    ReconsiderationCase.objects.filter(pk=flow.case.pk).update(law_version=law)
    flow.case.refresh_from_db()
    flow.on(date(2026, 9, 21))
    if law == "2017":  # the signature of the office's head is no approval
        draft = flow.draft("extension_notice", days=10, cause="案情复杂")
        assert ("approval", "31(1)") in refusals(flow.submit, draft)
        flow.act("officer", "document.void_draft", draft, reason="补填")
    paper = flow.paper("extension_notice", days=10, cause="案情复杂", approved_by="白建国")
    assert approver in text_of(paper)


def test_trap_11_no_reply_annuls_nothing_by_itself_and_a_third_party_may_save_the_act() -> None:
    flow = accepted()
    flow.on(date(2026, 9, 7)).serve_on(flow.paper("reply_notice"), "respondent")
    # 8 to 11, 14 to 18, Sun 20 (works): the tenth is 20 September
    assert flow.status("R-REPLY") == (date(2026, 9, 20), "open")
    flow.on(date(2026, 9, 21)).step("officer", "reply_missing", party=flow.respondent.pk)
    assert (flow.state, flow.case.outcome) == ("IN_REVIEW", "")
    flow.hear()
    flow.on(date(2026, 10, 12))
    upheld = flow.signed_decision(outcome="upheld", grounds=[])
    assert ("no-reply-no-evidence", "70") in refusals(flow.issue, upheld)


@pytest.mark.parametrize(
    ("outcome", "more"),
    [
        ("annulled", {"grounds": ["70"]}),
        ("confirmed_illegal", {"grounds": ["70"]}),
        ("upheld", {"grounds": [], "third_party_evidence": "第三人提交的合同和转账凭证"}),
    ],
)
def test_trap_11_the_outcome_without_a_reply_is_the_offices_to_choose(outcome: str, more: dict) -> None:
    flow = accepted()
    flow.on(date(2026, 9, 7)).serve_on(flow.paper("reply_notice"), "respondent")
    flow.on(date(2026, 9, 21)).step("officer", "reply_missing", party=flow.respondent.pk)
    flow.hear()
    flow.on(date(2026, 10, 12)).issue(flow.signed_decision(outcome=outcome, **more))
    assert (flow.state, flow.case.outcome) == ("DECIDED", outcome)


def test_trap_13_dismissing_the_application_and_rejecting_the_request_are_two_papers() -> None:
    dismissed = under_review()
    paper = dismissed.on(date(2026, 9, 21)).paper("dismissal", ground="2", reasons="申请人与该行为没有利害关系")
    assert (dismissed.state, paper.title) == ("DISMISSED", "驳回行政复议申请决定书")
    assert "第三十三条" in text_of(paper)
    rejected = _ready_to_decide()
    paper = rejected.issue(rejected.signed_decision(outcome="request_rejected", grounds=["69-1"]))
    assert (rejected.state, rejected.case.outcome, paper.title) == ("DECIDED", "request_rejected", "行政复议决定书")
    assert "第六十九条" in text_of(paper)
    # like an upheld act both are defendants and the original organ's court is named (Interpretation 2018, 133, 134)
    assert "request_rejected" in LIKE_UPHELD
    assert court_for("request_rejected", ["69-1"], date(2026, 10, 12)) == basic_court(date(2026, 10, 12))
    assert basic_court(date(2026, 10, 12)) in text_of(paper)


def test_trap_16_the_report_on_an_opinion_letter_goes_to_the_authority_and_is_no_performance() -> None:
    flow = under_review()
    flow.on(date(2026, 9, 28))
    letter = flow.paper("opinion_letter", organ=flow.respondent.pk, findings="未告知权利", demands="自查整改")
    assert "书面报送本机关" in text_of(letter)
    assert "达拉特旗人民政府" in text_of(letter)
    subject = f"letter:{letter.pk}"
    flow.on(date(2026, 9, 30)).step("officer", "letter_received", letter=subject)
    # 60 calendar days from 30 September: Sunday 29 November, rolled
    assert flow.status("R-OPIN") == (date(2026, 11, 30), "open")
    flow.on(date(2026, 10, 20)).step("officer", "opinion_reported", letter=subject, report="已组织学习")
    assert flow.status("R-OPIN")[1] == "met"
    assert letters_of(flow.case)[0].is_open
    # what was reported and is not put right may be ordered with a term, like a decision (art. 77(2))
    assert [one.subject for one in unperformed(flow.case, date(2026, 10, 21))] == [subject]


def test_trap_23_a_late_application_is_proposed_for_refusal_and_never_refused_by_itself() -> None:
    facts = PeriodFacts(
        method="in_person", received_on=date(2026, 9, 7), acted_on=date(2026, 5, 4), known_on=date(2026, 5, 6),
        content_known_on=date(2026, 5, 6), known_ground=KnowledgeGround.SIGNED, was_told_remedies=True,
    )  # fmt: skip
    limits = {one.code: one.due for one in assess(facts, current_calendar()).limits}
    assert limits["R-APPLY"] == date(2026, 7, 6)  # 60 days from 6 May: Sunday 5 July
    # told nothing: one year from knowing the content caps it; five years from the act, twenty for land (art. 20, 21)
    untold = replace(facts, was_told_remedies=False)
    assert {one.code: one.due for one in assess(untold, current_calendar()).limits}["R-APPLY-1Y"] == date(2027, 5, 6)
    caps = {one.code: one.due for one in assess(facts, current_calendar()).limits if one.code.startswith("R-APPLY-MAX")}
    assert date(2031, 5, 4) <= min(caps.values()) <= date(2031, 5, 6)
    # a longer special law wins
    longer = replace(facts, special_period_days=180)
    assert assess(longer, current_calendar()).is_in_time is True

    flow = received(date(2026, 9, 7), acted_on="2026-05-04", known_on="2026-05-06", was_told_remedies="true")
    assert flow.state == "RECEIVED"
    sweep(date(2026, 9, 15))  # the review ended on 14 September: 8, 9, 10, 11, 14
    flow.case = ReconsiderationCase.objects.get(pk=flow.case.pk)
    assert flow.state == "ACCEPTED"  # silence accepts a late one too; a person would have had to refuse it


@pytest.mark.parametrize(
    ("ground", "may_end"), [("death", True), ("incapacity", True), ("missing", False), ("force_majeure", False)]
)
def test_trap_10_sixty_days_do_not_end_a_case_for_a_missing_applicant(ground: str, may_end: bool) -> None:
    flow = under_review()
    suspend(flow, date(2026, 9, 21), ground)
    assert flow.case.deadlines.filter(rule="R-SUSP60").exists() is may_end
    # 21 September + 60 = 20 November, a Friday: possible only after that day
    flow.on(date(2026, 11, 23))
    draft = flow.draft("termination", ground="sixty_days", cause="中止满六十日")
    signed = flow.sign(flow.review(flow.submit(draft)))
    if may_end:
        flow.issue(signed)
        assert flow.state == "TERMINATED"
    else:
        assert ("sixty-days", "41⑤") in refusals(flow.issue, signed)


def _ready_to_decide() -> Flow:
    flow = under_review()
    flow.hear()
    return flow.on(date(2026, 10, 12))


def test_trap_12_a_change_may_not_be_worse_and_a_worse_one_becomes_a_rejection() -> None:
    flow = _ready_to_decide()
    changed = {"outcome": "changed", "grounds": ["63-1"], "result": "罚款变更为一千元"}
    draft = flow.draft("decision", **{"facts_found": "x", "evidence": "x", "reasoning": "x", "approval": "head",
                                      "reply_summary": "x"}, **changed)  # fmt: skip
    assert ("not-worse", "63(2)") in refusals(flow.submit, draft)
    flow.act("officer", "document.void_draft", draft, reason="改为驳回请求")
    rejected = flow.signed_decision(outcome="request_rejected", grounds=["R61-3"])
    flow.issue(rejected)
    assert (flow.state, flow.case.outcome) == ("DECIDED", "request_rejected")


def test_trap_15_a_mediation_paper_is_in_force_with_the_last_signature_and_the_seal() -> None:
    flow = under_review().on(date(2026, 9, 24))
    applicant, respondent = flow.applicant.name, flow.respondent.name
    wording = {"facts_found": "双方对罚款数额有争议", "result": "罚款减为五千元"}
    paper = flow.draft("mediation_paper", signatures=f"{applicant}，2026年9月24日", **wording)
    assert ("signatures", "73(1)") in refusals(flow.submit, paper)
    flow.act("officer", "document.void_draft", paper, reason="补签")
    signed = f"{applicant}，2026年9月24日\n{respondent}，2026年9月25日"
    paper = flow.draft("mediation_paper", signatures=signed, **wording)
    paper = flow.sign(flow.review(flow.submit(paper)))
    assert flow.state == "IN_REVIEW"
    flow.on(date(2026, 9, 28)).issue(paper)
    assert flow.state == "MEDIATED"  # before anything is served
    assert not flow.case.events.filter(kind__endswith="_served", occurred_on=date(2026, 9, 28)).exists()


ELECTIONS = (
    (5, date(2026, 6, 30), None),
    (6, date(2026, 6, 30), (1, True)),
    (10, date(2026, 6, 30), (1, True)),
    (6, date(2026, 7, 1), (1, False)),
    (10, date(2026, 7, 1), (1, False)),
    (11, date(2026, 7, 1), (2, True)),
)


def test_trap_27_six_to_ten_applicants_need_not_elect_any_more() -> None:
    case = received(date(2026, 9, 7)).case
    for members, day, expected in ELECTIONS:
        rule = election(case, Participation.Role.APPLICANT, members, day)
        assert (rule and (rule.least, rule.duty)) == expected, (members, day)
    # received before 1 July 2026: those elected under the regulation of 2007 stay, one of them is enough
    assert representatives_note(7, 1, date(2026, 6, 30)) is None
    assert representatives_note(7, 0, date(2026, 6, 30)) is not None
    assert representatives_note(7, 0, date(2026, 7, 1)) is None
    assert representatives_note(11, 1, date(2026, 7, 1)) is not None


@pytest.mark.parametrize(("known_on", "is_doubtful"), [(date(2026, 8, 3), False), (date(2026, 6, 29), True)])
def test_trap_28_refusing_to_sign_starts_the_period_since_july_2026(known_on: date, is_doubtful: bool) -> None:
    found = assess(
        PeriodFacts(
            method="in_person",
            received_on=date(2026, 9, 7),
            acted_on=known_on,
            known_on=known_on,
            known_ground=KnowledgeGround.SIGNED,
            was_told_remedies=True,
        ),
        current_calendar(),
    )
    told = " ".join(str(line) for limit in found.limits for line in limit.lines)
    assert ("a refusal to sign needs a closer look" in told) is is_doubtful


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def test_trap_26_hearing_notice_counts_backwards_and_the_panel_has_four_people() -> None:
    """V33: for 13 October 2026 the last day is 29 September (51(1)); host, two officers, recorder (50(3))."""
    flow = hearings.under_review()
    first, *officers, recorder = flow.panel
    for changes in (
        {"officers": [officers[0].pk]},
        {"recorder": first.pk},
        {"officers": [officers[0].pk, recorder.pk]},
    ):
        with pytest.raises(InvalidInput):
            flow.plan(**changes)
    flow.plan()
    assert flow.status("R-HEAR-NOTICE") == (date(2026, 9, 29), "open")
    flow.notify(date(2026, 9, 29), date(2026, 9, 30))
    assert flow.status("R-HEAR-NOTICE") == (date(2026, 9, 29), "met_late")
    warned = {lack.code: lack.forbids_holding for lack in lacks_of(flow.hearing, date(2026, 9, 30))}
    assert warned["hearing-notice-gap"] is False and "hearing-notice" not in warned
