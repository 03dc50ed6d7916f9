"""The reception register: repeat visitors are found, numbers are not kept, an application taken becomes a case."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from casemgr.actions.perform import perform
from reconsideration.models import Visit
from tests.support.flow import application, received, refusals
from tests.support.register import OTHER, person, unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
NUMBER = "13800001234"


@pytest.fixture
def desk() -> Any:
    return person("desk", "officer", full_name="李志强")


def visit(desk: Any, name: str = "赵晓燕", number: str = NUMBER, **more: Any) -> Visit:
    entered = {"unit": unit().pk, "visited_on": TODAY, "way": "in_person", "name": name, "number": number,
               "purpose": "advice", "matter": "投诉举报不予立案", "advice": "可以申请行政复议",
               "result": "advised", **more}  # fmt: skip
    return perform("visit.enter", None, entered, desk, TODAY)


def test_a_visitor_is_found_again_by_number_and_the_number_is_not_kept(desk: Any, client: Client):
    first = visit(desk)
    second = visit(desk, name="赵小燕", number="138-0000-1234")
    other = visit(desk, name="王根柱", number="")
    assert NUMBER not in str(Visit.objects.values_list().get(pk=first.pk))
    client.force_login(desk)
    page = client.get(second.get_absolute_url()).content.decode()
    assert first.get_absolute_url() in page and other.get_absolute_url() not in page
    found = client.post("/reconsideration/reception/", {"number": NUMBER}).content.decode()
    assert "赵晓燕" in found and "赵小燕" in found and "王根柱" not in found
    named = client.get("/reconsideration/reception/?q=王根").content.decode()
    assert "王根柱" in named and "赵晓燕" not in named


def test_the_application_taken_becomes_the_visits_case(desk: Any, client: Client):
    one = visit(desk, purpose="apply")
    perform("visit.begin_registration", one, {}, desk, TODAY)
    one = Visit.objects.get(pk=one.pk)
    assert one.result == "taken"
    client.force_login(desk)
    form = client.get(f"/reconsideration/register/?draft={one.draft_key}").content.decode()
    assert "赵晓燕" in form
    made = perform("reconsideration.register", None, application(TODAY), desk, TODAY, key=one.draft_key)
    assert Visit.objects.get(pk=one.pk).case_id == made.pk
    assert client.get(f"/cases/{made.pk}/").status_code == 200
    assert ("begun", "") in refusals(perform, "visit.begin_registration", Visit.objects.get(pk=one.pk), {}, desk, TODAY)


def test_a_visit_is_linked_to_a_case_that_the_person_may_see(desk: Any):
    flow = received(date(2026, 9, 2))
    one = visit(desk, purpose="progress")
    perform("visit.link_case", one, {"case_number": flow.case.number}, desk, TODAY)
    assert Visit.objects.get(pk=one.pk).case == flow.case
    stranger = person("stranger", "officer", at=OTHER)
    assert not Visit.objects.visible_to(stranger, TODAY).exists()


def test_pages_for_a_phone_and_the_struck_entry(desk: Any, client: Client):
    one = visit(desk)
    client.force_login(desk)
    for address in ("/reconsideration/reception/new/", f"{one.get_absolute_url()}visit.correct/"):
        assert client.get(address).status_code == 200
    perform("visit.strike", one, {"reason": "重复"}, desk, TODAY)
    assert not Visit.objects.standing().exists()


def test_who_is_recused_from_a_case_does_not_read_of_it_at_the_desk(desk: Any, client: Client):
    flow = received(date(2026, 9, 2))
    about, other = visit(desk, purpose="progress"), visit(desk, name="王根柱", number="")
    perform("visit.link_case", about, {"case_number": flow.case.number}, desk, TODAY)
    flow.case.recusals.create(user=desk, reason="近亲属")
    client.force_login(desk)
    page = client.get("/reconsideration/reception/").content.decode()
    assert other.get_absolute_url() in page and about.get_absolute_url() not in page
    assert client.get(about.get_absolute_url()).status_code == 404
