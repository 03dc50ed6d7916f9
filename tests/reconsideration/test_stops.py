"""Suspension, excluded time, extension, conversion, stop of execution, and the ends without a decision."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.actions.errors import InvalidInput
from casemgr.documents.models import Document
from reconsideration.execution_guards import is_stopped
from reconsideration.same_facts import ended_by_withdrawal
from reconsideration.states import STATES
from reconsideration.stop_ledger import rows_of
from tests.support import papers
from tests.support.flow import Flow, received, refusals

pytestmark = pytest.mark.django_db


def text_of(paper: Document) -> str:
    return papers.pdf_text(paper.content())


def accepted(day: date = date(2026, 9, 3), track: str = "ordinary", **changes) -> Flow:
    flow = received(date(2026, 9, 1), **changes)
    flow.on(day).accept(track, "agreed" if track == "simplified" else "")
    return flow


def under_review(track: str = "ordinary") -> Flow:
    flow = accepted(track=track)
    flow.on(date(2026, 9, 7)).serve_on(flow.paper("reply_notice"), "respondent")
    flow.on(date(2026, 9, 10)).reply()
    return flow


def suspend(flow: Flow, day: date, ground: str = "other_case", **data) -> Document:
    return flow.on(day).paper("suspension_notice", ground=ground, cause="另案尚未审结", **data)


def resume(flow: Flow, day: date) -> Document:
    return flow.on(day).paper("resumption_notice", cause="另案已经审结")


# accepted 3 September; 60 days end on 2 November, a Monday
def test_without_a_stop_the_decision_is_due_after_sixty_days() -> None:
    assert accepted().status("R-DEC") == (date(2026, 11, 2), "open")


def test_a_suspension_stops_the_clock_and_its_days_are_added() -> None:
    flow = under_review()
    suspend(flow, date(2026, 9, 21))
    assert flow.state == "SUSPENDED"
    assert flow.status("R-DEC") == (None, "paused")
    resume(flow, date(2026, 10, 12))
    assert flow.state == "IN_REVIEW"
    # 21 days more: nominal 23 November, a Monday
    assert flow.status("R-DEC") == (date(2026, 11, 23), "open")


def test_any_number_of_suspensions_and_the_roll_comes_once_at_the_end() -> None:
    flow = under_review()
    for start, end in ((date(2026, 9, 21), date(2026, 9, 23)), (date(2026, 9, 28), date(2026, 10, 1))):
        suspend(flow, start)
        resume(flow, end)
    # 2 + 3 days: nominal 7 November, a Saturday; Monday 9
    assert flow.status("R-DEC") == (date(2026, 11, 9), "open")
    assert [(row.since, row.until) for row in rows_of(flow.case)] == [
        (date(2026, 9, 21), date(2026, 9, 23)),
        (date(2026, 9, 28), date(2026, 10, 1)),
    ]


@pytest.mark.parametrize(
    ("sent", "answered", "state"), [(False, False, "ACCEPTED"), (True, False, "AWAIT_REPLY"), (True, True, "IN_REVIEW")]
)
def test_the_trial_goes_on_where_it_stands(sent: bool, answered: bool, state: str) -> None:
    flow = accepted()
    if sent:
        flow.on(date(2026, 9, 7)).serve_on(flow.paper("reply_notice"), "respondent")
    suspend(flow, date(2026, 9, 9))
    if answered:
        flow.on(date(2026, 9, 11)).reply()
        assert flow.state == "SUSPENDED"
    resume(flow, date(2026, 9, 15))
    assert flow.state == state


def test_the_reply_period_does_not_stop() -> None:
    flow = accepted()
    flow.on(date(2026, 9, 7)).serve_on(flow.paper("reply_notice"), "respondent")
    due = flow.status("R-REPLY")
    suspend(flow, date(2026, 9, 9))
    assert flow.status("R-REPLY") == due


def test_mediation_stops_only_when_both_sides_agree() -> None:
    flow = under_review()
    flow.on(date(2026, 9, 21))
    paper = flow.sign(
        flow.review(flow.submit(flow.draft("suspension_notice", ground="mediation", cause="双方愿意调解")))
    )
    assert ("both-sides-agree", "39(1)(6)") in refusals(flow.issue, paper)
    suspend(under_review(), date(2026, 9, 21), "mediation", agreed_by="2026年9月20日双方书面同意")


def test_the_notice_names_item_cause_and_effect() -> None:
    flow = under_review()
    text = text_of(suspend(flow, date(2026, 9, 21)))
    assert "行政复议中止通知书" in text
    assert "第三十九条第一款第八项" in text
    assert "另案尚未审结" in text
    assert "达政复中字〔2026〕" in text


# Excluded time: Regulation 2026, art. 45, 46
def test_inspection_within_an_appraisal_counts_once() -> None:
    flow = under_review()
    for name, day, kind in (
        ("begin_excluded_time", date(2026, 9, 14), "appraisal"),
        ("begin_excluded_time", date(2026, 9, 16), "inspection"),
        ("end_excluded_time", date(2026, 9, 17), "inspection"),
        ("end_excluded_time", date(2026, 9, 28), "appraisal"),
    ):
        flow.on(day).step("officer", name, kind=kind, paper="鉴定委托书，2026年9月14日")
    # 14 days: nominal 16 November, a Monday
    assert flow.status("R-DEC") == (date(2026, 11, 16), "open")


def test_time_of_one_kind_runs_once_and_ends_only_when_it_runs() -> None:
    flow = under_review()
    flow.on(date(2026, 9, 14))
    data = {"kind": "appraisal", "paper": "鉴定委托书"}
    assert {code for code, _ in refusals(flow.step, "officer", "end_excluded_time", **data)} == {"not-running"}
    flow.step("officer", "begin_excluded_time", **data)
    assert {code for code, _ in refusals(flow.step, "officer", "begin_excluded_time", **data)} == {"already-running"}


# Extension: art. 62(1)
def extend(flow: Flow, day: date, days: int) -> Document:
    return flow.on(day).paper("extension_notice", days=days, cause="案情复杂，需要进一步调查", approved_by="苏日娜")


def test_an_extension_moves_the_day_and_is_told() -> None:
    flow = under_review()
    text = text_of(extend(flow, date(2026, 11, 2), 30))
    # nominal 2 November + 30 = 2 December, a Wednesday
    assert flow.status("R-DEC") == (date(2026, 12, 2), "open")
    assert "延长30日" in text
    assert "2026年12月2日" in text


def test_extensions_come_in_time_and_sum_to_thirty_days() -> None:
    flow = under_review()
    extend(flow, date(2026, 10, 20), 20)
    flow.on(date(2026, 10, 21))
    paper = flow.sign(
        flow.review(flow.submit(flow.draft("extension_notice", days=11, cause="复杂", approved_by="苏日娜")))
    )
    assert ("extension-cap", "62(1)") in refusals(flow.issue, paper)
    late = under_review()
    late.on(date(2026, 11, 3))
    paper = late.sign(
        late.review(late.submit(late.draft("extension_notice", days=5, cause="复杂", approved_by="苏日娜")))
    )
    assert ("decision-period-over", "62(1)") in refusals(late.issue, paper)


def test_the_simplified_procedure_knows_no_extension_but_conversion() -> None:
    flow = under_review("simplified")
    assert flow.status("R-DEC-S") == (date(2026, 10, 8), "open")  # 3 October lies in the holiday
    flow.on(date(2026, 9, 21))
    paper = flow.sign(
        flow.review(flow.submit(flow.draft("extension_notice", days=5, cause="复杂", approved_by="苏日娜")))
    )
    assert ("simplified-no-extension", "62(2)") in refusals(flow.issue, paper)
    flow.paper("conversion_notice", cause="案情不清", approved_by="苏日娜")
    assert flow.status("R-DEC") == (date(2026, 11, 2), "open")
    assert not flow.case.deadlines.filter(rule="R-DEC-S").exists()


def test_after_conversion_the_respondent_has_the_balance_of_ten_working_days() -> None:
    flow = accepted(track="simplified")
    flow.on(date(2026, 9, 7)).serve_on(flow.paper("reply_notice"), "respondent")
    assert flow.status("R-REPLY-S") == (date(2026, 9, 14), "open")
    flow.on(date(2026, 9, 15)).step("officer", "reply_missing", party=flow.respondent.pk)
    assert (flow.state, flow.case.facts.reply_is_missing) == ("IN_REVIEW", True)
    flow.paper("conversion_notice", cause="案情不清", approved_by="苏日娜")
    assert (flow.state, flow.case.facts.reply_is_missing) == ("AWAIT_REPLY", False)
    # 7 September + 10 working days, Sunday 20 works: 20 September
    assert flow.status("R-REPLY") == (date(2026, 9, 20), "open")
    flow.on(date(2026, 9, 18)).reply()
    assert flow.status("R-REPLY") == (date(2026, 9, 20), "met")


# Stop of execution: art. 42
def test_execution_stops_on_application_and_ends_again() -> None:
    flow = under_review()
    flow.on(date(2026, 9, 14)).step("officer", "ask_stop", party=flow.applicant.pk, content="拆除后无法恢复")
    paper = flow.paper("stop_order", ground="on_application", cause="拆除后难以恢复原状")
    assert "第四十二条第三项" in text_of(paper)
    assert flow.state == "IN_REVIEW"
    end = flow.paper("stop_end", cause="当事人已自行整改")
    text = text_of(end)
    assert "解除停止执行决定书" in text
    assert "达政复解停字〔2026〕" in text
    assert "解除对被申请人" in text
    assert not is_stopped(flow.case)
    assert "not-stopped" in {code for code, _ in refusals(flow.submit, flow.draft("stop_end", cause="再次"))}


def test_a_stop_is_refused_only_when_somebody_asked() -> None:
    flow = under_review()
    flow.on(date(2026, 9, 14))
    draft = flow.draft("stop_refusal", cause="无必要")
    assert {code for code, _ in refusals(flow.submit, draft)} == {"nothing-asked"}
    flow.step("officer", "ask_stop", party=flow.applicant.pk, content="请求停止执行")
    paper = flow.issue(flow.sign(flow.review(flow.submit(Document.objects.get(pk=draft.pk)))))
    assert flow.case.events.filter(kind="stop_refused", data__content="无必要").exists()
    # answered: a second refusal needs a second application
    assert "nothing-asked" in {code for code, _ in refusals(flow.submit, flow.draft("stop_refusal", cause="仍无必要"))}
    # everybody who is told, on the government's own paper
    assert paper.unserved_count == 2
    assert all(part.name in paper.addressee for part in flow.case.participations.all())


def test_the_refusal_to_stop_says_who_asked_and_why_not() -> None:
    flow = under_review()
    flow.on(date(2026, 9, 14)).step("officer", "ask_stop", party=flow.applicant.pk, content="请求停止执行")
    text = text_of(
        flow.on(date(2026, 9, 15)).paper("stop_refusal", cause="罚款可以退还，继续执行不会造成难以弥补的损失")
    )
    assert "不予停止执行决定书" in text
    assert "达政复不停字〔2026〕" in text
    assert "申请人于2026年9月14日申请停止执行" in text
    assert "罚款可以退还，继续执行不会造成难以弥补的损失，申请人停止执行的要求不合理" in text
    assert "第四十二条" in text


# Termination: art. 41
def test_withdrawal_ends_the_case_and_bars_the_same_application() -> None:
    flow = under_review()
    flow.on(date(2026, 9, 21)).step(
        "officer", "withdraw", party=flow.applicant.pk, content="双方和解", after_settlement="on"
    )
    assert flow.state == "IN_REVIEW"
    paper = flow.paper("termination", ground="withdrawn", cause="申请人自愿撤回")
    assert (flow.state, flow.case.outcome) == ("TERMINATED", "terminated")
    text = text_of(paper)
    assert "第四十一条第一项" in text
    assert "不得再以同一事实和理由提出行政复议申请" in text
    flow.on(date(2026, 9, 22)).serve(paper)
    # each receipt starts 15 days: 7 October is a holiday, 8 October
    assert flow.status("R-SUE15", flow.applicant) == (date(2026, 10, 8), "open")
    assert flow.status("R-DEC")[1] == "met"
    assert [case.pk for case in ended_by_withdrawal([flow.case])] == [flow.case.pk]


def test_a_later_application_is_told_of_the_bar_also_after_closing_and_may_be_registered() -> None:
    """Trap of art. 74(2): a proposal at the counter, never a refusal by the machine."""
    flow = under_review()
    settled = {"content": "双方和解", "after_settlement": "on"}
    flow.on(date(2026, 9, 21)).step("officer", "withdraw", party=flow.applicant.pk, **settled)
    paper = flow.paper("termination", ground="withdrawn", cause="申请人自愿撤回")
    flow.on(date(2026, 9, 22)).serve(paper)
    later = date(2026, 12, 1)
    flow.on(later).archive()
    assert flow.state == "ARCHIVED"
    people = [{"known_party": flow.applicant.pk, "role": "applicant"}]
    again = {"act_number": flow.case.act.number, "people": people}
    with pytest.raises(InvalidInput) as caught:
        received(later, **again)
    told = " ".join(str(error) for error in caught.value.form.errors["same_act_checked"])
    assert flow.case.number in told and "74" in told
    second = received(later, **again, same_act_checked="on")
    assert second.state == "RECEIVED"


def test_without_everybodys_withdrawal_the_case_goes_on() -> None:
    flow = under_review()
    flow.on(date(2026, 9, 21))
    paper = flow.sign(flow.review(flow.submit(flow.draft("termination", ground="withdrawn", cause="撤回"))))
    assert ("not-all-withdrew", "41①") in refusals(flow.issue, paper)


def test_withdrawn_before_acceptance_needs_no_permission() -> None:
    flow = received(date(2026, 9, 1))
    flow.on(date(2026, 9, 2)).step("officer", "withdraw", party=flow.applicant.pk, content="不再申请")
    assert flow.state == "ABANDONED"
    assert flow.status("R-ACC")[1] == "ended"


@pytest.mark.parametrize(
    ("ground", "day", "possible"),
    [
        # suspended 10 September: 60 days end on 9 November
        ("death", date(2026, 11, 9), False),
        ("death", date(2026, 11, 10), True),
        ("organisation_ended", date(2026, 11, 10), True),
        ("missing", date(2026, 11, 30), False),  # item 3 is not in article 41(5)
    ],
)
def test_termination_after_sixty_days(ground: str, day: date, possible: bool) -> None:
    flow = under_review()
    suspend(flow, date(2026, 9, 10), ground)
    flow.on(day)
    paper = flow.sign(
        flow.review(flow.submit(flow.draft("termination", ground="sixty_days", cause="近亲属至今未表态")))
    )
    if possible:
        flow.issue(paper)
        assert flow.state == "TERMINATED"
    else:
        assert ("sixty-days", "41⑤") in refusals(flow.issue, paper)


# Dismissal: art. 33; Regulation 2026, art. 37(1)
def test_dismissal_names_its_ground_and_starts_the_time_to_sue() -> None:
    flow = under_review()
    paper = flow.on(date(2026, 9, 21)).paper("dismissal", ground="2", reasons="申请人不是行政行为的相对人")
    assert (flow.state, flow.case.outcome) == ("DISMISSED", "dismissed")
    text = text_of(paper)
    assert "第三十三条" in text
    assert "驳回申请人的行政复议申请" in text
    flow.on(date(2026, 9, 22)).serve(paper)
    assert flow.status("R-SUE15", flow.applicant)[0] == date(2026, 10, 8)


def test_the_grounds_of_the_regulation_exist_since_july_2026() -> None:
    text = text_of(under_review().paper("dismissal", ground="37-2", reasons="不属于职权范围"))
    assert "实施条例》第三十七条第一款第二项" in text
    old = received(date(2026, 5, 6))
    old.on(date(2026, 5, 8)).accept()
    old.on(date(2026, 6, 30))
    paper = old.sign(old.review(old.submit(old.draft("dismissal", ground="37-1", reasons="明显缺乏依据"))))
    assert "ground-not-in-force" in {code for code, _ in refusals(old.issue, paper)}


# Mediation: art. 73
def test_a_mediation_paper_takes_effect_with_all_signatures_and_the_seal() -> None:
    flow = under_review()
    flow.on(date(2026, 9, 21))
    names = "\n".join(f"{part.name}，2026年9月20日" for part in flow.case.participations.all())
    data = {"facts_found": "双方对补偿数额有争议", "result": "被申请人于30日内补偿三千元\n申请人不再要求其他补偿"}
    one = flow.case.participations.get(role="applicant").name
    draft = flow.draft("mediation_paper", **data, signatures=f"{one}，2026年9月20日")
    assert "signatures" in {code for code, _ in refusals(flow.submit, draft)}
    draft = flow.act("officer", "document.edit", draft, **data, signatures=names)
    paper = flow.issue(flow.sign(flow.review(flow.submit(draft))))
    assert (flow.state, flow.case.outcome) == ("MEDIATED", "mediated")
    assert "第七十三条第一款" in text_of(paper)


def test_every_state_of_the_dossier_can_be_reached_and_left() -> None:
    from reconsideration.models import ReconsiderationCase

    targets: set[str] = set()
    for transition in ReconsiderationCase().get_all_state_transitions():
        allowed = getattr(transition.target, "allowed_states", None)
        targets |= set(allowed) if allowed else {transition.target}
    assert {state.code for state in STATES} - targets == set()
