"""The page of an action: confirmation, refusals with their article, stale forms, double clicks, permissions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from casemgr.actions.perform import perform
from casemgr.pages.clock import today as clock_today
from tests.support.register import pass_all_tests, person, received_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return clock_today()


@pytest.fixture
def head():
    return person("gaoxiulan", "officer", "head", full_name="高秀兰")


@pytest.fixture
def desk(head) -> Client:
    client = Client()
    client.force_login(head)
    return client


@pytest.fixture
def case(today, head):
    case = received_case(today - timedelta(days=1), today, handler=head)
    pass_all_tests(case)
    return case


def address(case, name: str = "reconsideration.accept") -> str:
    return f"/cases/{case.pk}/actions/{name}/"


def form(case, today, **changed) -> dict[str, str]:
    sent = {"on": today.isoformat(), "track": "ordinary", "note": "材料齐全", "seen_version": str(case.version)}
    return {**sent, "request_key": "k1", **changed}


def test_a_binding_step_is_confirmed_first_and_says_what_it_does(desk, case, today, head) -> None:
    answer = desk.post(address(case), form(case, today))
    text = answer.content.decode()
    case.refresh_from_db()
    assert (answer.status_code, case.state) == (200, "RECEIVED")
    assert str(answer.context["action"].consequence) in text
    assert head.full_name in text
    assert 'name="note" value="材料齐全"' in text
    back = desk.post(address(case), form(case, today, step="edit"))
    assert "材料齐全" in back.content.decode()
    done = desk.post(address(case), form(case, today, step="confirmed"), follow=True)
    case.refresh_from_db()
    assert case.state == "ACCEPTED"
    assert done.redirect_chain == [(f"/cases/{case.pk}/", 302)]
    assert 'role="status"' in done.content.decode()


def test_a_double_click_happens_once(desk, case, today) -> None:
    for _ in range(2):
        answer = desk.post(address(case), form(case, today, step="confirmed"))
        assert answer.status_code == 302
    assert case.events.filter(kind="accepted").count() == 1


def test_a_stale_form_says_what_changed_and_keeps_what_was_typed(desk, case, today) -> None:
    sent = form(case, today)
    colleague = person("chengui", "officer", full_name="陈桂花")
    event = case.events.get(kind="received")
    data = {"event": event.pk, "on": today - timedelta(days=3), "reason": "以邮戳为准"}
    perform("cases.correct_date", case, data, colleague, today)
    for step in ("", "confirmed"):
        answer = desk.post(address(case), {**sent, "step": step})
        text = answer.content.decode()
        assert answer.status_code == 409
        assert "材料齐全" in text
        assert [entry.event.pk for entry in answer.context["page"].entries] == [event.pk]
        assert "以邮戳为准" in text[: text.index('<form class="pane')]
        assert "陈桂花" in text
        case.refresh_from_db()
        assert f'name="seen_version" value="{case.version}"' in text
        assert case.state == "RECEIVED"


def test_a_guard_that_refuses_names_article_and_field(desk, case, today) -> None:
    sent = form(case, today, on=(today - timedelta(days=5)).isoformat())
    answer = desk.post(address(case), sent)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert 'href="#id_on"' in text
    assert "材料齐全" in text
    sent = form(case, today, track="simplified")
    answer = desk.post(address(case), sent)
    assert answer.status_code == 409
    assert "第53条" in answer.content.decode()


def test_a_step_the_law_forbids_opens_with_its_reason_and_no_form(desk, today, head) -> None:
    unexamined = received_case(today, today, handler=head)
    answer = desk.get(address(unexamined))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "第30条第1款" in text
    assert 'name="on"' not in text


@pytest.mark.parametrize("on", ["2026-02-31", "", "2999-01-01", "1026-11-01"])
def test_bad_dates_come_back_with_the_field_and_a_reason(desk, case, today, on) -> None:
    answer = desk.post(address(case), form(case, today, on=on))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_on"' in text
    assert "材料齐全" in text
    assert not case.events.filter(kind="accepted").exists()


def test_a_step_out_of_state_is_refused(desk, case, today) -> None:
    desk.post(address(case), form(case, today, step="confirmed"))
    assert desk.get(address(case)).status_code == 409
    again = desk.post(address(case), {**form(case, today, step="confirmed", request_key="k2"), "seen_version": ""})
    assert again.status_code == 409
    assert case.events.filter(kind="accepted").count() == 1


def test_roles_and_unknown_actions(case, today) -> None:
    officer = Client()
    officer.force_login(person("chengui", "officer"))
    assert officer.get(address(case)).status_code == 403
    assert officer.post(address(case), form(case, today, step="confirmed")).status_code == 403
    for name in (
        "reconsideration.nonsense",
        "reconsideration.deem_accept",
        "reconsideration.register",
        "party.correct",
    ):
        assert officer.get(address(case, name)).status_code == 404


def test_a_date_is_corrected_from_the_entry_itself(desk, case, today) -> None:
    event = case.events.get(kind="received")
    link = f"{address(case, 'cases.correct_date')}?event={event.pk}"
    assert link in desk.get(f"/cases/{case.pk}/").content.decode()
    assert f'value="{event.pk}" selected' in desk.get(link).content.decode()
    on = (today - timedelta(days=2)).isoformat()
    answer = desk.post(link, {"event": event.pk, "on": on, "reason": "登记有误", "seen_version": case.version})
    assert answer.status_code == 302
    assert case.events.filter(kind="date_corrected").count() == 1
