"""The registration page keeps what was typed, adds rows without script and answers only to those who may register."""

from __future__ import annotations

import pytest
from django.urls import reverse

from casemgr.actions.models import PerformedKey
from casemgr.cases.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def page_input(application, agency):
    plain = {name: value for name, value in application.items() if name not in ("people", "respondents")}
    return (
        plain
        | {f"people-0-{name}": value for name, value in application["people"][0].items()}
        | {"respondents-0-known_party": str(agency.pk)}
    )


@pytest.fixture
def url() -> str:
    return reverse("reconsideration_register")


def test_who_may_not_register_sees_no_form(client, make_user, url):
    client.force_login(make_user("watcher", "auditor"))
    assert client.get(url).status_code == 403
    assert client.post(url, {}).status_code == 403


def test_an_application_is_registered_and_its_case_page_opens(client, officer, url, page_input):
    client.force_login(officer)
    assert client.get(url).status_code == 200
    answer = client.post(url, page_input | {"request_key": "a"})
    case = Case.objects.get()
    assert answer.status_code == 302 and answer.url == case.get_absolute_url()
    page = client.get(answer.url).content.decode()
    assert "达市监罚〔2026〕77号" in page
    assert "150699198503120017" not in page
    assert client.post(url, page_input | {"request_key": "a"}).status_code == 302
    assert Case.objects.count() == 1


def test_errors_keep_what_was_typed(client, officer, url, page_input):
    client.force_login(officer)
    answer = client.post(
        url, page_input | {"received_on": "2099-01-01", "people-0-identity_number": "150699198503120018"}
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    for kept in ("张建国", "150699198503120018", "处罚认定事实不清。", "达市监罚", "2099-01-01"):
        assert kept in text
    assert 'href="#people-0"' in text and 'href="#id_received_on"' in text
    assert not Case.objects.exists()


def test_one_more_person_is_added_without_judging_or_losing_anything(client, officer, url, page_input):
    client.force_login(officer)
    answer = client.post(url, page_input | {"add": "people", "received_on": ""})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="people-1-name"' in text and 'value="张建国"' in text
    assert "error-summary" not in text
    assert not Case.objects.exists()
    assert 'name="people-2-name"' in client.get(url + "?people=3").content.decode()
    assert 'name="respondents-1-known_party"' in client.post(url, page_input | {"add": "respondents"}).content.decode()


def test_the_same_act_is_shown_and_a_tick_lets_it_pass(client, officer, url, page_input):
    client.force_login(officer)
    client.post(url, page_input)
    answer = client.post(url, page_input)
    assert answer.status_code == 422
    assert Case.objects.get().number in answer.content.decode()
    assert client.post(url, page_input | {"same_act_checked": "on"}).status_code == 302
    assert Case.objects.count() == 2


def test_the_case_page_shows_seven_conditions_period_and_jurisdiction(client, officer, register, application):
    case = register(application)
    client.force_login(officer)
    client.cookies["django_language"] = "en"
    text = client.get(case.get_absolute_url()).content.decode()
    assert text.count("seems met") >= 4
    assert "达拉特旗人民政府" in text and "24(1)(1)" in text
    assert "Application period" in text and "2026-12-14" in text


def save_url() -> str:
    return reverse("draft_save", args=["reconsideration.register"])


def test_what_was_typed_is_kept_listed_without_numbers_and_gone_with_the_registration(client, officer, url, page_input):
    client.force_login(officer)
    typed = page_input | {"request_key": "k1", "act_title": "对13800000001作出的处罚决定"}
    assert client.post(save_url(), typed).json()["text"].startswith("草稿已保存 ")
    home = client.get(reverse("worklist")).content.decode()
    assert "张建国：达拉特旗市场监督管理局：对138****0001作出的处罚决定" in home and "登记复议申请" in home
    page = client.get(f"{url}?draft=k1").content.decode()
    assert 'value="k1"' in page and "150699198503120017" in page and "请求撤销该行政处罚决定。" in page
    assert "error-summary" not in page
    assert client.post(url, page_input | {"request_key": "k1"}).status_code == 302
    assert "张建国：" not in client.get(reverse("worklist")).content.decode()
    assert client.get(f"{url}?draft=k1").url == Case.objects.get().get_absolute_url()


def test_a_draft_is_nobody_elses(client, officer, make_user, url, page_input):
    client.force_login(officer)
    client.post(save_url(), page_input | {"request_key": "k1"})
    client.force_login(make_user("other", "officer"))
    page = client.get(f"{url}?draft=k1").content.decode()
    assert "张建国" not in page and 'value="k1"' not in page
    assert "这份草稿已不在" in page or "draft is not here any more" in page


def test_what_is_sent_again_happens_once_even_when_something_was_changed(client, officer, url, page_input):
    client.force_login(officer)
    typed = page_input | {"request_key": "k1"}
    answer = client.post(url, typed, headers={"HX-Request": "true"})
    case = Case.objects.get()
    assert (answer.status_code, answer["HX-Redirect"]) == (200, case.get_absolute_url())
    changed = client.post(url, typed | {"reasons": "后来改写的理由。"})
    text = changed.content.decode()
    assert changed.status_code == 409 and "已经登记" in text and case.number in text and "后来改写的理由。" in text
    late = client.post(save_url(), typed)
    assert (late.status_code, late.json()["url"]) == (409, case.get_absolute_url())
    assert Case.objects.count() == 1


def test_a_key_that_did_something_else_registers_nothing_and_keeps_what_was_typed(client, officer, url, page_input):
    client.force_login(officer)
    PerformedKey.objects.create(
        actor_id=officer.pk,
        key="k1",
        action="party.create",
        fingerprint="x",
        subject_type="parties.Party",
        subject_id=1,
    )
    assert client.post(save_url(), page_input | {"request_key": "k1"}).status_code == 200
    answer = client.post(url, page_input | {"request_key": "k1"})
    text = answer.content.decode()
    assert answer.status_code == 409 and "张建国" in text and 'value="k1"' not in text
    assert not Case.objects.exists()
