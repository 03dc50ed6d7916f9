"""Stops and ends of the trial against the statute, where a first reading of it went wrong."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.actions.errors import ActionError
from casemgr.cases.actions import settle
from casemgr.documents.models import Document
from reconsideration.same_facts import ended_by_withdrawal
from tests.reconsideration.test_stops import accepted, resume, suspend, text_of, under_review
from tests.support.flow import Flow, received, refusals

pytestmark = pytest.mark.django_db


def ready(flow: Flow, kind: str, **data) -> Document:
    """Drafted, examined and signed, not yet issued."""
    return flow.sign(flow.review(flow.submit(flow.draft(kind, **data))))


def codes(found: set[tuple[str, str]]) -> set[str]:
    return {code for code, _article in found}


def test_a_suspension_after_the_last_day_does_not_hide_that_it_is_over() -> None:
    flow = under_review()
    suspend(flow, date(2026, 11, 4))  # the decision was due on Monday 2 November
    assert flow.status("R-DEC") == (date(2026, 11, 2), "open")
    settle(flow.case, date(2026, 11, 5))
    # the time to sue over silence runs from the expiry: 17 November
    assert flow.status("R-SUE-OVER")[0] == date(2026, 11, 17)


@pytest.mark.parametrize("kind", ["mediated", "dismissed"])
def test_the_sixty_days_of_article_41_5_end_with_the_case(kind: str) -> None:
    flow = under_review()
    suspend(flow, date(2026, 9, 10), "incapacity")
    if kind == "dismissed":
        flow.on(date(2026, 9, 21)).paper("dismissal", ground="2", reasons="申请人不是相对人")
    else:
        signed = "\n".join(f"{part.name}，2026年9月20日" for part in flow.case.participations.all())
        flow.on(date(2026, 9, 21)).paper("mediation_paper", facts_found="争议", result="补偿", signatures=signed)
    assert flow.status("R-SUSP60")[1] == "ended"


# Art. 29: no suit beside reconsideration, also while the case is suspended
def test_no_suit_is_recorded_while_the_case_is_suspended() -> None:
    flow = under_review()
    suspend(flow, date(2026, 9, 21))
    flow.on(date(2026, 9, 22))
    assert "decision-period-running" in codes(refusals(flow.step, "officer", "record_suit", party=flow.applicant.pk))


# Art. 73(1): signed by every party; a name within a longer one is not that party's signature
@pytest.mark.parametrize("signature", ["{name}娃，2026年9月20日", "小{name}，2026年9月20日", "{name}，2026年9月22日"])
def test_a_signature_is_the_whole_name_and_not_dated_after_the_seal(signature: str) -> None:
    flow = under_review()
    flow.on(date(2026, 9, 21))
    name = flow.case.participations.get(role="applicant").name
    other = flow.case.participations.get(role="respondent").name
    signed = f"{signature.format(name=name)}\n{other}（盖章），2026-09-20"
    draft = flow.draft("mediation_paper", facts_found="争议", result="补偿", signatures=signed)
    if "22" in signature:
        paper = flow.sign(flow.review(flow.submit(draft)))
        assert ("not-all-signed", "73(1)") in refusals(flow.issue, paper)
    else:
        assert "signatures" in codes(refusals(flow.submit, draft))


# Art. 77(1): the respondent performs the mediation paper as it does a decision
def test_a_mediation_paper_with_a_duty_is_not_archived_before_its_performance() -> None:
    flow = under_review()
    flow.on(date(2026, 9, 21))
    signed = "\n".join(f"{part.name}，2026年9月20日" for part in flow.case.participations.all())
    paper = flow.paper(
        "mediation_paper", facts_found="争议", result="补偿", signatures=signed, performance_duty="补偿三千元"
    )
    flow.serve(paper)
    assert "performance-open" in codes(refusals(flow.archive))


# Art. 55, 62(2), 34: what has expired is not made unexpired
def test_a_conversion_comes_before_the_period_ends() -> None:
    flow = under_review("simplified")
    paper = ready(flow.on(date(2026, 10, 9)), "conversion_notice", cause="案情不清")
    assert ("decision-period-over", "55") in refusals(flow.issue, paper)


# Art. 55, 62(1): the head of the office approves, by signing the paper
@pytest.mark.parametrize("kind", ["extension_notice", "conversion_notice"])
def test_the_signature_of_the_head_is_the_approval(kind: str) -> None:
    flow = under_review("simplified" if kind == "conversion_notice" else "ordinary")
    paper = flow.on(date(2026, 9, 21)).paper(kind, cause="案情复杂", **({"days": 10} if "ext" in kind else {}))
    text = text_of(paper)
    assert "经行政复议机构的负责人批准" in text
    # the office issues it, and is not the authority that accepted
    assert "向达拉特旗人民政府申请行政复议" in text
    assert "本机关" not in text


# Law of 2017, art. 31(1), 21
def test_an_old_case_is_extended_and_stopped_by_its_own_articles() -> None:
    flow = under_review()
    type(flow.case).objects.filter(pk=flow.case.pk).update(law_version="2017")
    flow.case.refresh_from_db()
    flow.on(date(2026, 9, 21))
    draft = flow.draft("extension_notice", days=10, cause="案情复杂")
    assert "approval" in codes(refusals(flow.submit, draft))
    flow.act("officer", "document.edit", draft, days=10, cause="案情复杂", approved_by="高秀兰")
    paper = flow.issue(flow.sign(flow.review(flow.submit(Document.objects.get(pk=draft.pk)))))
    assert "第三十一条第一款的规定，经行政复议机关的负责人批准" in text_of(paper)
    assert "第二十一条第二项" in text_of(flow.paper("stop_order", ground="authority", cause="难以恢复"))
    assert "第二十一条的规定" in text_of(flow.paper("stop_end", cause="已自行整改"))
    # art. 21(4): 法律规定停止执行的, not the regulations and rules of 2023
    assert "属于法律规定停止执行的情形" in text_of(flow.paper("stop_order", ground="by_law", cause="行政拘留暂缓执行"))


# Art. 42: whose word each ground rests on
@pytest.mark.parametrize(("ground", "asker"), [("on_application", "applicant"), ("respondent", "respondent")])
def test_a_stop_on_request_needs_the_request_on_record(ground: str, asker: str) -> None:
    flow = under_review()
    flow.on(date(2026, 9, 14))
    other = {"applicant": flow.respondent, "respondent": flow.applicant}[asker]
    flow.step("officer", "ask_stop", party=other.pk, content="停止执行")
    paper = ready(flow, "stop_order", ground=ground, cause="难以恢复")
    assert ("stop-not-asked", "42") in refusals(flow.issue, paper)
    flow.step("officer", "ask_stop", party=getattr(flow, asker).pk, content="停止执行")
    paper.refresh_from_db()
    flow.issue(paper)


def test_the_respondents_own_wish_to_stop_cannot_be_refused() -> None:
    flow = under_review()
    flow.on(date(2026, 9, 14)).step("officer", "ask_stop", party=flow.respondent.pk, content="本机关认为需要停止执行")
    assert ("respondent-wants-it", "42①") in refusals(flow.issue, ready(flow, "stop_refusal", cause="无必要"))


# Art. 74(2) bars a second application after a settlement; other withdrawals the regulation of 2007 barred
@pytest.mark.parametrize("after_settlement", [True, False])
def test_only_a_settlement_bars_the_same_application(after_settlement: bool) -> None:
    flow = under_review()
    given = {"after_settlement": "on"} if after_settlement else {}
    flow.on(date(2026, 9, 21)).step("officer", "withdraw", party=flow.applicant.pk, content="不再申请", **given)
    text = text_of(flow.paper("termination", ground="withdrawn", cause="申请人自愿撤回"))
    assert ("第七十四条第二款" in text) is after_settlement
    assert bool(ended_by_withdrawal([flow.case])) is after_settlement
    # art. 10: the respondent does not sue
    assert "申请人如不服本决定" in text


def test_until_june_2026_every_withdrawal_bars_the_same_application() -> None:
    flow = received(date(2026, 5, 6))
    flow.on(date(2026, 5, 8)).accept()
    flow.on(date(2026, 6, 1)).step("officer", "withdraw", party=flow.applicant.pk, content="不再申请")
    assert "实施条例》第三十八条第二款" in text_of(flow.paper("termination", ground="withdrawn", cause="自愿撤回"))
    assert ended_by_withdrawal([flow.case])


# Regulation 2026, art. 40(2)
def test_asking_the_superior_stops_the_period_since_july_2026() -> None:
    flow = received(date(2026, 5, 6))
    flow.on(date(2026, 5, 8)).accept()
    data = {"kind": "superior", "paper": "提级审理请示"}
    flow.on(date(2026, 6, 30))
    assert "ground-not-in-force" in codes(refusals(flow.step, "officer", "begin_excluded_time", **data))
    flow.on(date(2026, 7, 1)).step("officer", "begin_excluded_time", **data)


# Art. 39(1)(1), 41(2): nobody can serve the dead, and the file must close
def test_a_sole_applicant_who_died_is_not_served() -> None:
    flow = under_review()
    notice = suspend(flow, date(2026, 9, 21), "death")
    assert flow.applicant.name not in notice.addressee
    assert notice.unserved_count == 1
    flow.serve(notice)
    decision = flow.on(date(2026, 9, 28)).paper("termination", ground="no_relatives", cause="没有近亲属")
    assert decision.unserved_count == 1
    flow.serve(decision)
    flow.on(date(2026, 10, 15))
    for paper in (notice, decision):
        flow.act("officer", "document.file", Document.objects.get(pk=paper.pk))


def test_the_notice_names_the_situation_in_the_words_of_the_article() -> None:
    assert "属于需要中止行政复议的其他情形，根据" in text_of(suspend(under_review(), date(2026, 9, 21), "other"))


def test_the_decision_tells_what_stopped_and_lengthened_the_trial() -> None:
    flow = accepted(track="simplified")
    flow.on(date(2026, 9, 7)).serve_on(flow.paper("reply_notice"), "respondent")
    flow.on(date(2026, 9, 10)).reply()
    flow.on(date(2026, 9, 14)).paper("conversion_notice", cause="案情不清")
    suspend(flow, date(2026, 9, 21))
    resume(flow, date(2026, 9, 28))
    flow.hear()
    draft = flow.draft("decision", outcome="annulled", grounds=["64-2"])
    told = "".join(line for part in draft.sections for line in part["paragraphs"])
    assert "适用简易程序审理。2026年9月14日，经行政复议机构负责人批准，本案转为普通程序审理。" in told
    assert "2026年9月21日，本机关依法中止本案的审理。2026年9月28日，恢复本案的审理。" in told


# Art. 73(1): 经各方当事人签字或者签章
def test_every_party_finds_its_line_on_the_mediation_paper() -> None:
    flow = under_review()
    parts = list(flow.case.participations.all())
    signed = "\n".join(f"{part.name}，2026年9月20日" for part in parts)
    paper = flow.on(date(2026, 9, 21)).paper("mediation_paper", facts_found="争议", result="补偿", signatures=signed)
    text = text_of(paper)
    assert all(f"（签字或者签章）{part.name}" in text for part in parts)


# Art. 41(5)
def test_a_termination_after_sixty_days_names_the_item_of_the_suspension() -> None:
    flow = under_review()
    suspend(flow, date(2026, 9, 10), "incapacity")
    paper = flow.on(date(2026, 11, 10)).paper("termination", ground="sixty_days", cause="至今未确定法定代理人")
    assert "依照《中华人民共和国行政复议法》第三十九条第一款第二项的规定中止行政复议满六十日" in text_of(paper)


# Regulation 2007, art. 41, 42, 48, 50: each step has its own way for a case of the law of 2017
@pytest.mark.parametrize(
    ("kind", "data", "article"),
    [
        ("suspension_notice", {"ground": "other_case", "cause": "另案"}, "第41条"),
        ("termination", {"ground": "criminal_case", "cause": "涉嫌犯罪"}, "第42条"),
        ("dismissal", {"ground": "2", "reasons": "不是相对人"}, "第48条"),
        ("mediation_paper", {"facts_found": "争议", "result": "补偿"}, "第50条"),
    ],
)
def test_an_old_case_is_told_what_to_do_instead(kind: str, data: dict[str, str], article: str) -> None:
    flow = under_review()
    flow.on(date(2026, 9, 21))
    if kind == "mediation_paper":
        parts = flow.case.participations.all()
        data = data | {"signatures": "\n".join(f"{part.name}，2026年9月20日" for part in parts)}
    paper = ready(flow, kind, **data)
    type(flow.case).objects.filter(pk=flow.case.pk).update(law_version="2017")
    with pytest.raises(ActionError) as caught:
        flow.issue(paper)
    told = [str(refusal.message) for refusal in caught.value.refusals if refusal.code == "old-law"]
    assert len(told) == 1
    assert article in told[0]


def test_the_time_of_an_old_suspension_does_not_count() -> None:
    flow = under_review()
    data = {"kind": "suspension", "paper": "行政复议中止通知书，达政复中字〔2026〕1号"}
    flow.on(date(2026, 9, 14))
    assert codes(refusals(flow.step, "officer", "begin_excluded_time", **data)) == {"suspend-by-notice"}
    type(flow.case).objects.filter(pk=flow.case.pk).update(law_version="2017")
    flow.case.refresh_from_db()
    flow.step("officer", "begin_excluded_time", **data)
    flow.on(date(2026, 9, 28)).step("officer", "end_excluded_time", **data)
    # 14 days: nominal 16 November, a Monday
    assert flow.status("R-DEC")[0] == date(2026, 11, 16)
