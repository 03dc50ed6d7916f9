"""One application becomes two files that run from the same start."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casemgr.cases.models import CaseLink
from reconsideration.models import ReconsiderationCase
from tests.reconsideration.test_special_courses import happened, somebody
from tests.reconsideration.test_stops import under_review
from tests.support.flow import Flow, application, received, refusals

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 21)


def of_second(flow: Flow) -> Flow:
    other = Flow(flow.office, flow.day)
    pk = CaseLink.objects.get(to_case_id=flow.case.pk, kind="arose_from").from_case_id
    other.case = ReconsiderationCase.objects.get(pk=pk)
    return other


def entries(flow: Flow, **changes: Any) -> dict[str, Any]:
    parts = flow.case.participations.filter(left_on__isnull=True)
    return {
        "ground": "two_acts",
        "parts": [part.pk for part in parts],
        "act_title": "行政强制措施决定书",
        "act_number": "达市监强字〔2026〕9号",
        "acted_on": date(2026, 8, 3),
        "matter": "coercive_measure",
        "requests": "撤销强制措施。",
        "requests_here": "撤销处罚。",
        "reason": "两个行政行为，已电话告知",
        **changes,
    }


def test_an_application_against_two_acts_becomes_two_files_with_the_same_clocks() -> None:
    flow = under_review().on(DAY)
    same = {"act_title": flow.case.act.title, "act_number": flow.case.act.number}
    told = refusals(flow.step, "head", "separate_file", **entries(flow, **same))
    assert told == {("same-act", "22(4)")}
    flow.step("head", "separate_file", **entries(flow))
    second = of_second(flow)
    assert second.case.number != flow.case.number and second.case.opened_on == flow.case.opened_on
    assert (second.state, second.case.act.number) == (flow.state, "达市监强字〔2026〕9号")
    for rule in ("R-ACC", "R-DEC", "R-REPLY"):
        assert second.status(rule) == flow.status(rule), rule
    assert (flow.case.facts.requests, second.case.facts.requests) == ("撤销处罚。", "撤销强制措施。")
    assert "second_file_opened" in happened(flow) and "opened_out_of" in happened(second)
    assert second.applicant == flow.applicant


def test_before_acceptance_the_review_runs_from_the_same_receipt() -> None:
    people = [*application(date(2026, 9, 1))["people"], somebody("白文祥", 921) | {"role": "applicant"}]
    flow = received(date(2026, 9, 1), people=people).on(date(2026, 9, 3))
    one, two = flow.case.participations.filter(role="applicant")
    respondent = flow.case.participations.get(role="respondent")
    going = entries(flow, ground="unlike", parts=[two.pk, respondent.pk])
    assert "nobody-leaves" in {code for code, _article in refusals(flow.step, "head", "separate_file", **going)}
    flow.step("head", "separate_file", **going, leaving=[two.pk])
    second = of_second(flow)
    here = flow.case.participations.filter(role="applicant", left_on__isnull=True)
    assert [part.name for part in here] == [one.name]
    assert [party.name for party in second.parties("applicant")] == ["白文祥"]
    assert second.status("R-ACC") == flow.status("R-ACC")
    second.on(date(2026, 9, 4)).accept()
    assert (second.state, flow.state) == ("ACCEPTED", "RECEIVED")


def test_each_file_needs_both_sides() -> None:
    flow = received(date(2026, 9, 1))
    applicant = flow.case.participations.get(role="applicant")
    with pytest.raises(Exception) as caught:
        flow.step("head", "separate_file", **entries(flow, parts=[applicant.pk]))
    assert "parts" in caught.value.form.errors


def test_a_case_that_the_superior_takes_up_is_not_separated() -> None:
    """Also where the superior was not asked (art. 38(1)): the whole file goes to it."""
    flow = under_review().on(DAY)
    answer = {"organ": "鄂尔多斯市人民政府", "paper": "鄂府复提〔2026〕3号提级审理通知书"}
    flow.step("officer", "superior_answered", result="takes", **answer)
    told = {code for code, _article in refusals(flow.step, "head", "separate_file", **entries(flow))}
    assert told == {"superior-takes-up"}
