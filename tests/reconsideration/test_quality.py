"""Review of closed files, the office's own rules, time per stage, model cases."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from casemgr.actions.errors import Forbidden, InvalidInput
from casemgr.actions.perform import perform
from casemgr.cases import events
from casemgr.cases.actions import settle
from reconsideration.api import MODEL_CASES
from reconsideration.models import FileReview, ModelCase, OfficeRule, ReviewChecklist, ReviewFinding, ReviewRound
from reconsideration.quality.checklist import FIRST
from reconsideration.quality.drawing import draw, drawn_again
from reconsideration.quality.times import nearest_rank, stage_times, waiting
from tests.support.flow import office, received, refusals
from tests.support.register import OTHER, person

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


@pytest.fixture
def checklist(db: Any) -> ReviewChecklist:
    found = ReviewChecklist.objects.first()
    return found or ReviewChecklist.objects.create(number=1, title="评查标准", from_on=DAY, items=FIRST)


def closed_case(n: int = 1) -> Any:
    flow = received(date(2026, 9, n))
    flow.case.__dict__["state"] = "ABANDONED"  # as a row loaded from the database would stand: no test of the way there
    settle(flow.case, date(2026, 9, n + 1))
    return flow


def drawn(checklist: ReviewChecklist, head: Any, size: int = 1, seed: str = "2026年抽签") -> ReviewRound:
    entered = {"year": 2026, "size": size, "seed": seed, "checklist": checklist.pk}
    return perform("review.draw", None, entered, head, DAY)


def test_the_first_checklist_adds_up_to_a_hundred():
    assert sum(row["points"] for row in FIRST) == 100
    assert len({row["code"] for row in FIRST}) == len(FIRST)


def test_a_draw_is_repeatable_and_made_once_a_year(checklist: ReviewChecklist):
    for n in (1, 2, 3):
        closed_case(n)
    head = office()["head"]
    found = drawn(checklist, head, size=2)
    assert (found.population, found.reviews.count()) == (3, 2)
    assert drawn_again(found)["is_same"]
    assert draw([1, 2, 3, 4, 5], "a", 3) == draw([1, 2, 3, 4, 5], "a", 3)
    assert ("drawn-already", "") in refusals(drawn, checklist, head)


def test_who_handled_the_case_does_not_review_it_and_findings_are_put_right(checklist: ReviewChecklist, client: Client):
    flow = closed_case()
    head, panel = flow.office["head"], person("panel", "panel", full_name="秦玉兰")
    review = drawn(checklist, head).reviews.get()
    assert ("reviewer-is-handler", "") in refusals(
        perform, "review.assign", review, {"reviewer": flow.case.lead_handler_id}, head, DAY
    )
    perform("review.assign", review, {"reviewer": panel.pk}, head, DAY)
    review = FileReview.objects.get(pk=review.pk)
    with pytest.raises(Forbidden):
        perform("review.record", review, {"on": DAY}, head, DAY)
    with pytest.raises(InvalidInput):  # points without a word of what was found, and more than the item has
        perform("review.record", review, {"on": DAY, "points_A1": "9", "text_A1": "超期"}, panel, DAY)
    entered = {"on": DAY, "points_A1": "3.5", "text_A1": "收件登记缺材料清单", "repair_by": "2026-12-10"}
    perform("review.record", review, entered, panel, DAY)
    assert FileReview.objects.get().score == 96.5
    found = ReviewFinding.objects.get()
    client.force_login(head)
    page = client.get(review.get_absolute_url()).content.decode()
    assert "收件登记缺材料清单" in page
    perform("review.repair", found, {"on": DAY, "repair": "已补清单"}, flow.office["officer"], DAY)
    the_round = ReviewRound.objects.get()
    perform("review.close", the_round, {"result": "总体良好"}, head, DAY)
    for address in (the_round.get_absolute_url(), "/reconsideration/reviews/", "/reconsideration/reviews/checklists/",
                    f"/cases/{flow.case.pk}/"):  # fmt: skip
        assert client.get(address).status_code == 200
    assert "96.5" in client.get(the_round.get_absolute_url()).content.decode()


def test_the_result_waits_for_every_file(checklist: ReviewChecklist):
    closed_case()
    head = office()["head"]
    assert ("files-left", "") in refusals(perform, "review.close", drawn(checklist, head), {"result": "好"}, head, DAY)


def test_a_rule_of_the_office_stands_on_the_page_of_its_step(client: Client):
    flow = received(date(2026, 9, 2))
    head = flow.office["head"]
    entered = {"kind": "rule", "title": "听取意见工作规程", "from_on": "2026-01-01", "text": "……",
               "steps": ["reconsideration.examine"]}  # fmt: skip
    rule = perform("office_rule.enter", None, entered, head, DAY)
    client.force_login(flow.office["officer"])
    page = f"/cases/{flow.case.pk}/actions/reconsideration.examine/"
    assert "听取意见工作规程" in client.get(page).content.decode()
    client.force_login(head)
    assert client.get(f"{rule.get_absolute_url()}office_rule.replace/").status_code == 200
    perform("office_rule.replace", rule, entered | {"title": "规程第二版", "from_on": "2026-06-01"}, head, DAY)
    shown = client.get(page).content.decode()
    assert "规程第二版" in shown and "听取意见工作规程" not in shown
    assert OfficeRule.objects.get(edition=1).until_on == date(2026, 5, 31)
    assert client.get("/reconsideration/rules/?show=all").content.decode().count("规程") >= 2


def test_a_new_version_does_not_revive_an_ended_rule_and_no_rule_ends_before_it_begins():
    head = office()["head"]
    entered = {"kind": "rule", "title": "听取意见工作规程", "from_on": "2026-02-01", "text": "……"}
    rule = perform("office_rule.enter", None, entered, head, DAY)
    with pytest.raises(InvalidInput):
        perform("office_rule.end", rule, {"until_on": "2026-01-31"}, head, DAY)
    perform("office_rule.end", rule, {"until_on": "2026-03-01"}, head, DAY)
    rule = OfficeRule.objects.get(pk=rule.pk)
    perform("office_rule.replace", rule, entered | {"from_on": "2026-06-01"}, head, DAY)
    assert OfficeRule.objects.get(edition=1).until_on == date(2026, 3, 1)


def test_nearest_rank():
    assert nearest_rank([], 0.5) is None
    assert [nearest_rank(list(range(1, 11)), share) for share in (0.5, 0.9)] == [5, 9]
    assert nearest_rank([7], 0.9) == 7
    assert nearest_rank([1, 2, 3], 0.5) == 2


def test_time_per_stage_follows_corrected_days_and_costs_few_queries(client: Client, django_assert_max_num_queries):
    flow = received(date(2026, 9, 2))
    flow.on(date(2026, 9, 8)).accept()
    head = flow.office["head"]
    with django_assert_max_num_queries(6):
        rows, _cut = stage_times(head, DAY, 2026)
    assert [(row.stage.code, row.count, row.median) for row in rows if row.count] == [("examination", 1, 6)]
    accepted = flow.case.events.get(kind="accepted")
    events.record(flow.case, events.CORRECTION, date(2026, 9, 7), corrects=accepted, reason="笔误")
    rows, _cut = stage_times(head, DAY, 2026)
    assert rows[0].median == 5
    lies = waiting(head, date(2026, 9, 28))
    assert [(one.state, one.count) for one in lies] == [("ACCEPTED", 1)]
    client.force_login(head)
    assert client.get("/reconsideration/times/").status_code == 200


def test_a_model_case_names_nobody(client: Client):
    flow = closed_case()
    head, name = flow.office["head"], flow.case.participations.get(role="applicant").name
    client.force_login(head)
    form = client.get(f"/cases/{flow.case.pk}/actions/model_case.mark/").content.decode()
    assert name not in form.split("<form", 1)[1]
    told = {"title": "程序违法案", "facts": f"{name}不服处罚。", "reasoning": "撤销", "meaning": "程序意识"}
    assert ("name-left", "") in refusals(perform, "model_case.mark", flow.case, told, head, DAY)
    told["facts"] = "申请人不服处罚。"
    made = perform("model_case.mark", flow.case, told, head, DAY)
    assert isinstance(made, ModelCase)
    for address in ("/reconsideration/model-cases/", made.get_absolute_url()):
        assert "程序违法案" in client.get(address).content.decode()


def test_what_was_a_model_once_is_not_offered_as_one_again(client: Client):
    flow = closed_case()
    head, mark = flow.office["head"], f"/cases/{flow.case.pk}/actions/model_case.mark/"
    client.force_login(head)
    assert mark in client.get(f"/cases/{flow.case.pk}/").content.decode()
    told = {"title": "程序违法案", "facts": "二", "reasoning": "三", "meaning": "四"}
    made = perform("model_case.mark", flow.case, told, head, DAY)
    perform("model_case.end", made, {"end_reason": "法院判决不同"}, head, DAY)
    page = client.get(f"/cases/{flow.case.pk}/").content.decode()
    assert mark not in page and "程序违法案" not in page


def test_the_list_of_model_cases_costs_the_same_for_one_and_for_many(django_assert_max_num_queries):
    flows = [closed_case(n) for n in (1, 2, 3)]
    head, told = flows[0].office["head"], {"title": "一", "facts": "二", "reasoning": "三", "meaning": "四"}
    for flow in flows:
        perform("model_case.mark", flow.case, told, head, DAY)
    with django_assert_max_num_queries(1):
        rows = [MODEL_CASES.item(row, head, DAY) for row in MODEL_CASES.visible(head, DAY).order_by("pk")]
    assert [row["case"] for row in rows] == [flow.case.pk for flow in flows]
    stranger = person("stranger", "officer", at=OTHER)
    told_stranger = [MODEL_CASES.item(row, stranger, DAY) for row in MODEL_CASES.visible(stranger, DAY)]
    assert [row["case"] for row in told_stranger] == [None] * 3


def test_a_running_case_is_no_model():
    flow = received(date(2026, 9, 2))
    told = {"title": "一", "facts": "二", "reasoning": "三", "meaning": "四"}
    assert ("not-closed", "") in refusals(perform, "model_case.mark", flow.case, told, flow.office["head"], DAY)
