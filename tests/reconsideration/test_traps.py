"""The traps of the dossier (§8) that concern reconsideration, each under its number."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from casemgr.actions.errors import InvalidInput
from casemgr.calendar.current import current_calendar
from casemgr.cases.models import Participation
from reconsideration.application_period import PeriodFacts, assess
from reconsideration.hearings.lacks import lacks_of
from reconsideration.proposals import representatives_note
from reconsideration.representation import election
from reconsideration.terms import KnowledgeGround
from tests.reconsideration.test_stops import suspend, under_review
from tests.support import hearings
from tests.support.flow import Flow, received, refusals

pytestmark = pytest.mark.django_db


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
        assert ("sixty-days", "41(5)") in refusals(flow.issue, signed)


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
