"""Getting a token, what it is good for, and when it stops."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone

from casemgr.actions.errors import GuardRefused, InvalidInput, NotVisible, WrongState
from casemgr.actions.perform import perform
from casemgr.audit.models import AccessLog
from casemgr.organisation.models import RoleAssignment
from casemgr.organisation.tokens.models import ApiToken
from casemgr.pages.clock import today as clock_today
from tests.support.api import Program, token_of
from tests.support.papers import a_case, an_office
from tests.support.register import OFFICE, person, unit

pytestmark = pytest.mark.django_db
PASSWORD = "grasland-im-herbst"


@pytest.fixture
def officer():
    user = person("clerk", "officer")
    user.set_password(PASSWORD)
    user.save()
    return user


def log_in(name: str = "clerk", password: str = PASSWORD, **more):
    return Program().post("/token", {"username": name, "password": password, **more})


def with_token(secret: str) -> Program:
    program = Program()
    program.headers["Authorization"] = f"Bearer {secret}"
    return program


def test_name_and_password_give_a_token_that_works(officer) -> None:
    answer = log_in()
    assert answer.status_code == 200, answer.json()
    given = answer.json()
    assert given["token"].startswith("cmgr_") and given["expires_at"] > timezone.localtime().isoformat()
    assert with_token(given["token"]).get("/cases").status_code == 200
    kept = ApiToken.objects.get()
    assert given["token"] not in str(kept.__dict__) and kept.digest and given["token"].startswith(kept.prefix)
    assert kept.last_used_from == "127.0.0.1" and kept.history.get().history_action == "token.log_in"
    assert AccessLog.objects.filter(kind="token_made", actor_id=officer.pk).exists()


def test_without_a_token_nothing_is_told_and_a_session_is_none(officer) -> None:
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/api/v1/cases")
    assert answer.status_code == 401 and answer["WWW-Authenticate"].startswith("Bearer")
    for header in ("Bearer x", "Basic Zm9vOmJhcg==", f"Bearer cmgr_{'a' * 40}", "Bearer cmgr_\u00e4" + "a" * 30):
        assert client.get("/api/v1/cases", headers={"Authorization": header}).status_code == 401


def test_five_failures_lock_the_name_on_page_and_api_alike(officer) -> None:
    for _ in range(4):
        assert log_in(password="wrong").status_code == 401
    locked = log_in(password="wrong")
    assert locked.status_code == 429 and int(locked["Retry-After"]) > 0
    assert locked["Content-Type"] == "application/problem+json"
    assert log_in().status_code == 429
    assert Client().post("/login/", {"username": "clerk", "password": PASSWORD}).status_code == 429
    assert AccessLog.objects.filter(kind="locked_out", subject_id=officer.pk).exists()


def test_a_success_forgets_the_failures(officer) -> None:
    log_in(password="wrong")
    assert AccessAttempt.objects.exists()
    log_in()
    assert not AccessAttempt.objects.exists()


def test_who_tries_too_often_waits(officer, settings) -> None:
    settings.LOG_IN_TRIES_PER_ADDRESS, settings.LOG_IN_TRIES_PER_NAME = 3, 100
    assert [log_in(f"nobody{n}", "x").status_code for n in range(4)] == [401, 401, 401, 429]
    answer = Client().post("/login/", {"username": "clerk", "password": PASSWORD})
    assert answer.status_code == 429 and 0 < int(answer["Retry-After"]) <= 60


def test_one_name_tried_from_everywhere_waits(officer, settings) -> None:
    settings.LOG_IN_TRIES_PER_NAME = 2
    sent = {"username": "clerk", "password": "x"}
    statuses = [
        Client().post("/api/v1/token", sent, content_type="application/json", REMOTE_ADDR=f"10.0.0.{n}").status_code
        for n in range(3)
    ]
    assert statuses == [401, 401, 429]


def test_a_first_password_must_be_changed_on_the_page(officer) -> None:
    officer.must_change_password = True
    officer.save()
    answer = log_in()
    assert (answer.status_code, answer.json()["code"]) == (403, "password-change-needed")


def test_a_second_factor_is_asked_for(officer) -> None:
    import pyotp

    from casemgr.organisation import second_factor

    secret = second_factor.begin(officer)
    now = timezone.now() - timedelta(minutes=5)
    assert second_factor.confirm(officer, pyotp.TOTP(secret).at(now), now)
    assert log_in().json()["code"] == "otp-needed"
    assert log_in(otp="000000").json()["code"] == "otp-wrong"
    assert log_in(otp=pyotp.TOTP(secret).now()).status_code == 200


def test_entries_that_are_none_are_refused(officer) -> None:
    for payload in ({}, {"username": 1, "password": 2}, {"username": "x" * 999, "password": "y"}):
        assert Program().post("/token", payload).status_code == 422
    assert log_in(scopes=["everything"]).status_code == 422


def test_an_account_closed_and_opened_again_begins_without_tokens(officer) -> None:
    token, boss = token_of(officer), person("boss", "admin", at="150621")
    for is_active in (False, True):
        data = {"is_active": is_active, "reason": "调离后调回"}
        perform("organisation.set_active", officer, data, boss, clock_today())
        officer.refresh_from_db()
    assert with_token(token.secret).get("/cases").status_code == 401
    assert token.history.count() == 2


def test_a_token_stops_with_account_password_revocation_and_time(officer) -> None:
    def works(secret: str) -> bool:
        return with_token(secret).get("/cases").status_code == 200

    revoked, old, kept = token_of(officer), token_of(officer), token_of(officer)
    perform("token.revoke", revoked, {"reason": "verloren"}, officer, clock_today())
    ApiToken.objects.filter(pk=old.pk).update(expires_at=timezone.now())
    assert [works(token.secret) for token in (revoked, old, kept)] == [False, False, True]
    officer.is_active = False
    officer.save()
    assert not works(kept.secret)
    officer.is_active = True
    officer.save()
    assert works(kept.secret)
    officer.set_password("another-password-9")
    officer.save()
    assert not works(kept.secret)
    with pytest.raises(WrongState):
        perform("token.revoke", revoked, {}, officer, clock_today())


def test_a_token_sees_no_more_than_the_roles_of_today() -> None:
    office, today = an_office(), clock_today()
    case = a_case(office, received_on=today, today=today)
    program = Program(office.officer)
    assert program.get(f"/cases/{case.pk}").status_code == 200
    RoleAssignment.objects.filter(user=office.officer).update(until_on=today - timedelta(days=1))
    assert program.get(f"/cases/{case.pk}").status_code == 404


def test_a_token_that_only_reads_cannot_act(officer) -> None:
    reader = Program(officer, "read")
    assert reader.get("/cases").status_code == 200
    for answer in (
        reader.post("/reconsideration/cases", {}),
        reader.post("/parties", {}),
        reader.get("/parties"),
        reader.get("/indicators"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "scope-missing")


def test_a_system_works_under_its_own_name_and_never_logs_in(officer, client) -> None:
    admin, today = person("boss", "admin", at="150621"), clock_today()
    admin.set_password(PASSWORD)
    admin.save()
    made = {"username": "platform", "full_name": "行政复议平台", "purpose": "报送", "contact": "信息中心"}
    account = perform("system.create", None, made, admin, today)
    asked = {"name": "报送", "scopes": ["read"], "expires_on": today.isoformat(), "password": PASSWORD}
    with pytest.raises(GuardRefused):  # its reach would be whatever somebody else gives it later
        perform("system.create_token", account, asked, admin, today)
    RoleAssignment.objects.create(user=account.user, role="officer", unit=unit(OFFICE))
    account.refresh_from_db()
    with pytest.raises(InvalidInput):
        perform("system.create_token", account, asked | {"password": "guessed"}, admin, today)
    token = perform("system.create_token", account, asked, admin, today).new_token
    assert with_token(token.secret).get("/cases").status_code == 200
    with pytest.raises(WrongState):  # it could never set one, and its tokens would stop for good
        perform("organisation.ask_new_password", account.user, {}, admin, today)
    client.force_login(admin)
    page = client.get(f"/users/{account.user.pk}/").content.decode()
    assert f"/systems/{account.pk}/" in page
    assert "new-password" not in page and f"/users/{account.user.pk}/password/" not in page
    client.logout()
    assert token.history.get().history_user_id == admin.pk
    with pytest.raises(WrongState):
        perform("organisation.reset_password", account.user, {}, admin, today)
    assert log_in("platform", "").status_code == 422
    assert log_in("platform", "!").status_code == 401


def test_another_persons_token_cannot_be_seen_or_revoked(officer, client) -> None:
    token, other = token_of(officer), person("other", "officer")
    with pytest.raises(NotVisible):
        perform("token.revoke", token, {}, other, clock_today())
    client.force_login(other, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/tokens/{token.pk}/revoke/").status_code == 404


def test_the_page_shows_a_token_once_and_revokes_it(officer, client) -> None:
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    sent = {"name": "导出", "scopes": ["read"], "expires_on": clock_today().isoformat(), "password": PASSWORD,
            "request_key": "t-1"}  # fmt: skip
    shown = client.post("/tokens/new/", sent)
    secret = shown.content.decode().partition("<code>")[2].partition("</code>")[0]
    assert with_token(secret).get("/cases").status_code == 200
    again = client.post("/tokens/new/", sent)
    assert "cmgr_" not in again.content.decode() and ApiToken.objects.count() == 1
    token = ApiToken.objects.get()
    assert token.prefix in client.get("/tokens/").content.decode()
    client.post(f"/tokens/{token.pk}/revoke/", {"reason": "", "seen_version": token.version})
    assert with_token(secret).get("/cases").status_code == 401
    late = clock_today() + timedelta(days=400)
    assert (
        client.post("/tokens/new/", {**sent, "request_key": "t-2", "expires_on": late.isoformat()}).status_code == 422
    )


@pytest.mark.parametrize("typed", ["", "not-the-password"])
def test_a_screen_left_open_makes_no_token(officer, client, typed: str) -> None:
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    sent = {"name": "导出", "scopes": ["read"], "expires_on": clock_today().isoformat(), "password": typed}
    answer = client.post("/tokens/new/", sent)
    assert answer.status_code == 422 and not ApiToken.objects.exists()
    assert "not-the-password" not in answer.content.decode()
