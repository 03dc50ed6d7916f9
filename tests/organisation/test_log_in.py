"""Log-in, lock-out, first password, end of the session; each in the access log."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from casemgr.audit.models import AccessLog
from casemgr.organisation.accounts.models import UserSession as Session
from casemgr.organisation.models import RoleAssignment, Unit, User

PASSWORD = "dalad-2026-secret"
pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    user = User(username="chenhailong", full_name="陈海龙")
    user.set_password(PASSWORD)
    user.save()
    return user


def log_in(client: Client, password: str = PASSWORD, username: str = "chenhailong", **data):
    return client.post("/login/", {"username": username, "password": password, **data})


def kinds() -> list[str]:
    return list(AccessLog.objects.order_by("pk").values_list("kind", flat=True))


def test_log_in_and_log_out_are_recorded(client: Client, user: User) -> None:
    assert log_in(client).status_code == 302
    assert client.get("/logout/").status_code == 405
    response = client.post("/logout/")
    assert response.status_code == 302
    assert "storage" in response["Clear-Site-Data"]
    assert kinds() == ["log_in", "log_out"]
    assert AccessLog.objects.last().actor_name == "陈海龙"


def test_a_page_asks_for_log_in_and_returns_to_itself(client: Client, user: User) -> None:
    assert client.get("/password/?x=1").url == "/login/?next=/password/%3Fx%3D1"
    assert log_in(client, next="/password/?x=1").url == "/password/?x=1"


def test_log_in_does_not_lead_to_a_foreign_site(client: Client, user: User) -> None:
    assert log_in(client, next="https://elsewhere.example/").url == "/"


def test_wrong_password_and_unknown_name_get_the_same_words(client: Client, user: User) -> None:
    wrong = log_in(client, "not-the-password").content.decode()
    unknown = log_in(client, username="nobody").content.decode()
    assert "用户名或者密码错误" in wrong
    assert "用户名或者密码错误" in unknown


def test_what_was_typed_as_a_name_is_kept_only_when_it_is_one(client: Client, user: User) -> None:
    log_in(client, "x", username="150621199001010019")
    log_in(client, "x")
    rows = AccessLog.objects.filter(kind="log_in_failed").order_by("pk")
    assert [row.subject_id for row in rows] == [None, user.pk]
    assert "150621199001010019" not in str([row.data for row in rows])


def test_five_failures_lock_and_say_how_long_and_whom_to_ask(client: Client, user: User) -> None:
    answers = [log_in(client, f"wrong-{number}") for number in range(settings.AXES_FAILURE_LIMIT)]
    assert answers[-1].status_code == 429
    text = answers[-1].content.decode()
    assert "15 分钟" in text
    assert "管理员" in text
    assert log_in(client).status_code == 429, "the right password does not open a locked log-in"
    assert kinds()[-1] == "locked_out"


def test_an_administrator_lifts_the_lock_at_once(client: Client, user: User) -> None:
    for number in range(settings.AXES_FAILURE_LIMIT):
        log_in(client, f"wrong-{number}")
    admin = User.objects.create(username="boss", full_name="管理员")
    RoleAssignment.objects.create(user=admin, role="admin", unit=Unit.objects.get(code="150621"))
    keeper = Client()
    keeper.force_login(admin)
    assert "登录失败已锁定" in keeper.get(f"/users/{user.pk}/").content.decode()
    assert keeper.post(f"/users/{user.pk}/unlock/").status_code == 302
    assert log_in(Client()).status_code == 302


def test_a_temporary_password_must_be_changed_before_anything_else(client: Client, user: User) -> None:
    User.objects.update(must_change_password=True)
    log_in(client)
    assert client.get("/").url == "/password/"
    assert client.get("/password/").status_code == 200
    new = {"new_password1": "another-2026-secret", "new_password2": "another-2026-secret"}
    assert "原密码不正确" in client.post("/password/", {"old_password": "x", **new}).content.decode()
    same = {"old_password": PASSWORD, "new_password1": PASSWORD, "new_password2": PASSWORD}
    assert "不得与原密码相同" in client.post("/password/", same).content.decode()
    assert client.post("/password/", {"old_password": PASSWORD, **new}).status_code == 302
    user.refresh_from_db()
    assert not user.must_change_password
    assert client.get("/password/").status_code == 200, "the session outlives the change"
    assert kinds()[-1] == "password_changed"


def test_a_session_ends_after_an_hour_without_work(client: Client, user: User) -> None:
    log_in(client)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    response = client.get("/password/")
    assert response.status_code == 302
    assert response.url.startswith("/login/?next=/password/")


def test_a_form_sent_after_the_end_returns_to_its_page_and_says_that_nothing_was_saved(
    client: Client, user: User
) -> None:
    log_in(client)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    response = client.post("/large-type/", {"note": "王宝音"}, headers={"Referer": "http://testserver/password/?a=1"})
    assert response.url == "/login/?next=/password/%3Fa%3D1"
    text = client.get(response.url).content.decode()
    assert "未保存" in text
    assert "王宝音" not in text
    foreign = client.post("/large-type/", headers={"Referer": "http://elsewhere.example/x"})
    assert foreign.url == "/login/?next=/"


def test_a_session_slides_with_work_without_a_write_per_request(
    client: Client, user: User, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries
) -> None:
    log_in(client)
    client.get("/password/")
    first = Session.objects.get().expire_date
    client.get("/password/")
    assert Session.objects.get().expire_date == first
    later = time.time() + settings.SESSION_COOKIE_AGE / 2
    monkeypatch.setattr("casemgr.organisation.middleware.time.time", lambda: later)
    client.get("/password/")
    assert Session.objects.get().expire_date > first


def test_a_fragment_after_the_session_ended_is_a_401_not_a_log_in_form(client: Client, user: User) -> None:
    assert client.get("/password/", headers={"HX-Request": "true"}).status_code == 401


def test_the_browser_may_keep_nothing(client: Client, user: User) -> None:
    log_in(client)
    assert "no-store" in client.get("/password/")["Cache-Control"]


def test_closing_an_account_ends_its_session(client: Client, user: User) -> None:
    log_in(client)
    User.objects.update(is_active=False)
    assert client.get("/password/").status_code == 302


def test_large_type_is_kept_per_person_and_only_by_post(client: Client, user: User) -> None:
    log_in(client)
    assert client.get("/large-type/").status_code == 405
    assert client.post("/large-type/", {"next": "/password/"}).url == "/password/"
    assert client.post("/large-type/", {"next": "//elsewhere.example"}).url == "/"
    client.post("/large-type/")
    assert 'class="big"' in client.get("/password/").content.decode()


def test_the_language_can_be_switched_before_log_in(client: Client) -> None:
    assert "登录" in client.get("/login/").content.decode()
    client.post("/language/", {"language": "en", "next": "/login/"})
    assert "User name" in client.get("/login/").content.decode()


def test_health_needs_no_log_in(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
