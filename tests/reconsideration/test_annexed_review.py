"""The review of a normative document: its days run from the suspension (Regulation 2026, art. 53(2); law 56–60)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.reconsideration.test_stops import suspend, under_review
from tests.support.flow import Flow, refusals

pytestmark = pytest.mark.django_db
ANNEXED = ("R-ANX-OWN", "R-ANX-FWD", "R-ANX-NOTIFY")


def suspended(is_competent: str) -> Flow:
    flow = under_review()
    suspend(flow, date(2026, 9, 21), "annexed_review", is_competent=is_competent)
    return flow


def rules_of(flow: Flow) -> set[str]:
    return {row.rule for row in flow.case.deadlines.all()}


def test_who_may_review_decides_which_days_run() -> None:
    ours, anothers, neither = suspended("yes"), suspended("no"), under_review()
    suspend(neither, date(2026, 9, 21))
    # 21 September + 30 = 21 October; 3 working days: 22, 23, 24
    assert ours.status("R-ANX-OWN") == (date(2026, 10, 21), "open")
    assert ours.status("R-ANX-NOTIFY") == (date(2026, 9, 24), "open")
    # 7 working days: 22, 23, 24, 28, 29, 30 September, 8 October (25 is Mid-Autumn, 1 to 7 October the holiday)
    assert anothers.status("R-ANX-FWD") == (date(2026, 10, 8), "open")
    assert rules_of(ours) & set(ANNEXED) == {"R-ANX-OWN", "R-ANX-NOTIFY"}
    assert rules_of(anothers) & set(ANNEXED) == {"R-ANX-FWD"}
    assert not rules_of(neither) & set(ANNEXED)


def test_the_notice_of_suspension_says_who_may_review() -> None:
    flow = under_review()
    draft = flow.on(date(2026, 9, 21)).draft("suspension_notice", ground="annexed_review", cause="附带审查申请")
    assert ("competence", "56") in refusals(flow.submit, draft)


def test_own_review_from_notice_to_result() -> None:
    flow = suspended("yes")
    resumption = flow.sign(flow.review(flow.submit(flow.draft("resumption_notice", cause="审查完毕"))))
    assert ("annexed-review-open", "39(2)") in refusals(flow.issue, resumption)
    assert {code for code, _ in refusals(flow.step, "officer", "annex_forward", organ="市政府")} == {"competence"}
    flow.on(date(2026, 9, 24)).step("officer", "annex_notify", organ="旗自然资源局", clauses="《管理办法》第五条")
    assert flow.status("R-ANX-NOTIFY")[1] == "met"
    # 10 working days: 28, 29, 30 September, 8, 9, Sat 10 (works), 12, 13, 14, 15 October
    assert flow.status("R-ANX-REPLY") == (date(2026, 10, 15), "open")
    flow.on(date(2026, 10, 12)).step("officer", "annex_answer", content="条款合法")
    flow.on(date(2026, 10, 20)).step("officer", "annex_conclude", result="lawful", content="经审查，第五条合法")
    assert flow.status("R-ANX-OWN")[1] == "met"
    resumption.refresh_from_db()
    flow.issue(resumption)
    assert flow.state == "IN_REVIEW"
    flow.hear()
    told = "".join(line for part in flow.draft("decision").sections for line in part["paragraphs"])
    assert "第五十九条的规定一并告知：经审查，第五条合法。" in told  # art. 59


def test_a_transfer_waits_for_sixty_days() -> None:
    flow = suspended("no")
    flow.on(date(2026, 9, 28)).step("officer", "annex_forward", organ="鄂尔多斯市人民政府")
    assert flow.status("R-ANX-FWD")[1] == "met"
    flow.step("officer", "annex_forward_received")
    # 28 September + 60 = 27 November, a Friday
    assert flow.status("R-ANX-60") == (date(2026, 11, 27), "open")
    flow.on(date(2026, 11, 20)).step("officer", "annex_conclude", result="unlawful", content="第五条违反上位法")
    assert flow.status("R-ANX-60")[1] == "met"


def test_nothing_of_it_is_offered_in_another_suspension() -> None:
    flow = under_review()
    suspend(flow, date(2026, 9, 21))
    assert ("no-annexed-review", "39(1)(9)") in refusals(
        flow.step, "officer", "annex_conclude", result="lawful", content="x"
    )
