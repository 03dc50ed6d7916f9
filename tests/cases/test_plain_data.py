"""Plain data put right by an action: reason, before and after, and what is shared or last is said."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from casemgr.actions.errors import ActionError
from casemgr.actions.perform import perform
from casemgr.cases.models import Act, Participation
from tests.support.flow import received

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 3)


@pytest.fixture
def flow():
    return received(date(2026, 9, 1))


def act(flow, action: str, **data):
    return perform(action, flow.case, data, flow.office["officer"], DAY)


def codes(call, *args, **kwargs) -> set[str]:
    with pytest.raises(ActionError) as caught:
        call(*args, **kwargs)
    return {refusal.field or refusal.code for refusal in caught.value.refusals}


def test_the_act_is_corrected_and_both_texts_stay(flow, client: Client) -> None:
    was = flow.case.act.number
    data = {"title": "行政处罚决定书", "number": "达市监处罚字〔2026〕99号", "acted_on": "2026-08-03"}
    assert codes(act, flow, "cases.correct_act", **data) == {"reason"}
    assert codes(act, flow, "cases.correct_act", **{**data, "acted_on": "2026-09-04"}, reason="误录") == {"acted_on"}
    act(flow, "cases.correct_act", **data, reason="文号误录，以决定书原件为准")
    assert Act.objects.get(pk=flow.case.act_id).number == data["number"]
    assert Act.history.filter(number=was).exists()
    client.force_login(flow.office["officer"])
    page = client.get(f"/cases/{flow.case.pk}/").content.decode()
    assert was in page
    assert data["number"] in page


def test_a_participants_name_and_leaving_are_corrected(flow) -> None:
    part = flow.case.participations.get(role="applicant")
    act(flow, "cases.correct_participation", participation=part.pk, name="申请人甲", reason="姓名误录")
    part.refresh_from_db()
    assert part.name == "申请人甲"
    gone = {"participation": part.pk, "name": part.name, "left_on": "2026-09-02", "reason": "已退出"}
    assert codes(act, flow, "cases.correct_participation", **gone) == {"left_on"}
    other = Participation.objects.create(case=flow.case, party=flow.respondent, role="third_party", name="第三人")
    act(flow, "cases.correct_participation", participation=other.pk, name="第三人", left_on="2026-09-02", reason="误列")
    other.refresh_from_db()
    assert other.left_on == date(2026, 9, 2)
