"""What a decision needs by the statute: two handlers, and the opinion of every party."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.models import Participation
from casemgr.parties.models import Party
from tests.reconsideration.test_stops import under_review
from tests.support.flow import Flow, received, refusals

pytestmark = pytest.mark.django_db

TWO = ("two-handlers", "实施条例39")
HEARD = ("opinions-heard", "49")


def alone(flow: Flow) -> Flow:
    """Only the lead handler tries the case."""
    flow.case.further_handlers.clear()
    return flow


# Implementing Regulation 2026, art. 39
def test_one_handler_decides_nothing_in_the_ordinary_procedure() -> None:
    flow = alone(under_review())
    flow.on(date(2026, 9, 21)).hear()
    paper = flow.signed_decision()
    assert refusals(flow.issue, paper) == {TWO}
    flow.assign_second()
    paper.refresh_from_db()
    flow.issue(paper)
    assert flow.state == "DECIDED"


def test_one_handler_is_enough_in_the_simplified_procedure() -> None:
    flow = alone(under_review("simplified"))
    flow.on(date(2026, 9, 21)).issue(flow.signed_decision())
    assert flow.state == "DECIDED"


# Implementing Regulation 2007, art. 32, in force until 30 June 2026: 应当由2名以上行政复议人员参加, without exception
@pytest.mark.parametrize(("concluded", "one_is_enough"), [(date(2026, 6, 30), False), (date(2026, 7, 1), True)])
def test_until_june_2026_two_try_a_simplified_case_as_well(concluded: date, one_is_enough: bool) -> None:
    flow = received(date(2026, 6, 8))
    flow.on(date(2026, 6, 10)).accept("simplified", "agreed")
    flow.on(date(2026, 6, 11)).serve_on(flow.paper("reply_notice"), "respondent")
    flow.on(date(2026, 6, 15)).reply()
    paper = alone(flow).on(concluded).signed_decision()
    if not one_is_enough:
        assert refusals(flow.issue, paper) == {("two-handlers", "实施条例（2007）32")}
        flow.assign_second()
        paper.refresh_from_db()
    flow.issue(paper)
    assert flow.state == "DECIDED"


def test_a_dismissal_is_tried_by_two_as_well() -> None:
    flow = alone(under_review())
    flow.on(date(2026, 9, 21))
    paper = flow.sign(flow.review(flow.submit(flow.draft("dismissal", ground="2", reasons="不是相对人"))))
    assert TWO in refusals(flow.issue, paper)


# Reconsideration Law 2023, art. 49: 当事人的意见
def test_a_third_party_is_heard_before_the_decision() -> None:
    flow = under_review()
    third = Party.objects.create(kind=Party.Kind.PERSON, name="邻居乙")
    Participation.objects.create(case_id=flow.case.pk, party=third, role="third_party", name=third.name)
    flow.on(date(2026, 9, 21)).hear()
    paper = flow.signed_decision()
    assert refusals(flow.issue, paper) == {HEARD}
    flow.step("officer", "hear_opinion", party=third.pk, channel="not_heard", content="电话三次无人接听")
    paper.refresh_from_db()
    flow.issue(paper)
    assert flow.state == "DECIDED"


def test_a_respondent_has_spoken_by_its_reply() -> None:
    flow = under_review()
    flow.on(date(2026, 9, 21))
    paper = flow.signed_decision()
    assert refusals(flow.issue, paper) == {HEARD}  # the applicant
    flow.hear()
    paper.refresh_from_db()
    flow.issue(paper)


# Reconsideration Law 2023, art. 51(1): 书面通知当事人, each of them five working days before
def test_the_notice_of_a_hearing_is_met_when_the_last_party_has_it() -> None:
    flow = under_review()
    events.record(flow.case, "hearing_planned", date(2026, 9, 21), planned_on="2026-10-13")
    events.record(flow.case, "hearing_notified", date(2026, 9, 24), party=flow.applicant)
    settle(flow.case, date(2026, 9, 24))
    assert flow.status("R-HEAR-NOTICE") == (date(2026, 9, 29), "open")
    events.record(flow.case, "hearing_notified", date(2026, 9, 30), party=flow.respondent)
    settle(flow.case, date(2026, 9, 30))
    assert flow.status("R-HEAR-NOTICE") == (date(2026, 9, 29), "met_late")


# A case under the law of 2017 keeps its regulation (docs/decisions/0024)
def test_the_sixty_days_of_an_old_case_run_after_june_2026_too() -> None:
    flow = under_review()
    flow.case.law_version = "2017"
    events.record(flow.case, "suspended", date(2026, 9, 10), ground="death")
    settle(flow.case, date(2026, 9, 10))
    assert flow.status("R-SUSP60") == (date(2026, 11, 9), "open")
    assert flow.case.deadlines.get(rule="R-SUSP60").law == "reconsideration-law-2017/2007"
