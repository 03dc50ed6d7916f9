"""Sessions listed and ended, devices known, passwords judged, and what administrators do about log-ins."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casemgr.actions.errors import Forbidden
from casemgr.actions.perform import perform
from casemgr.audit.models import AccessLog
from casemgr.notices.models import Notice
from casemgr.organisation import second_factor as factor
from casemgr.organisation.accounts.models import SecondFactor, SecondFactorRule, UsedPassword, UserSession
from casemgr.organisation.field_keys import encrypt, new_data_key, wrap
from casemgr.organisation.models import Unit, User
from casemgr.pages.clock import today
from tests.support.accounts import PASSWORD, account
from tests.support.api import token_of

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"
PHONE = (
    "Mozilla/5.0 (Linux; Android 13; V2203) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0 Mobile Safari/537.36"
)
pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return account("baoyin", "officer")


@pytest.fixture
def boss() -> User:
    return account("boss", "admin", "苏日娜")


def logged_in(user: User, agent: str = CHROME) -> Client:
    client = Client(HTTP_USER_AGENT=agent)
    assert client.post("/login/", {"username": user.username, "password": PASSWORD}).status_code == 302
    return client


def with_factor(user: User) -> User:
    key = new_data_key()
    secret = encrypt(key, f"second-factor-{user.pk}".encode(), b"JBSWY3DPEHPK3PXP")
    SecondFactor.objects.create(user=user, secret=secret, secret_key=wrap(key)[0], confirmed_at=timezone.now())
    return user


def test_a_person_sees_where_they_are_logged_in_and_ends_one_or_all_others(user) -> None:
    here, phone, tablet = logged_in(user), logged_in(user, PHONE), logged_in(user, PHONE)
    page = here.get("/account/").content.decode()
    assert "Chrome · Windows" in page and page.count("Chrome · Android") >= 2
    row = UserSession.objects.get(session_key=phone.session.session_key)
    assert row.session_key not in page, "the key itself would let a reader in"
    here.post("/account/sessions/", {"session": row.reference})
    assert phone.get("/account/").status_code == 302
    assert tablet.get("/account/").status_code == 200
    here.post("/account/sessions/", {"others": "1"})
    assert tablet.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200
    kinds = AccessLog.objects.filter(kind__startswith="session").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["session_ended", "sessions_ended"]


def test_who_ends_the_log_in_they_work_in_is_asked_to_log_in_again(user) -> None:
    here = logged_in(user)
    row = UserSession.objects.get(session_key=here.session.session_key)
    answer = here.post("/account/sessions/", {"session": row.reference})
    assert (answer.status_code, answer.url) == (302, "/login/")
    assert here.get("/account/").status_code == 302


@pytest.mark.parametrize("how", ["page", "end", "factor"])
def test_a_log_in_through_the_api_is_a_log_in(user, boss, how: str) -> None:
    """Whoever says “log me out everywhere” means a program that logged in with the password as well."""
    by_log_in, kept = token_of(user, by_log_in=True), token_of(user)
    if how == "page":
        logged_in(user).post("/account/sessions/", {"others": "1"})
    elif how == "end":
        perform("organisation.end_sessions", user, {}, boss, today())
    else:
        perform("organisation.reset_second_factor", with_factor(user), {"reason": "手机丢失，本人到场"}, boss, today())
    by_log_in.refresh_from_db()
    kept.refresh_from_db()
    assert by_log_in.revoked_at is not None and by_log_in.revoke_reason
    assert kept.revoked_at is None, "a token made on the page is revoked on the page"


def test_nobody_ends_the_session_of_another(user, boss) -> None:
    other = logged_in(boss)
    row = UserSession.objects.get(user_id=boss.pk)
    logged_in(user).post("/account/sessions/", {"session": row.reference})
    assert other.get("/account/").status_code == 200


def test_a_list_page_asks_the_sessions_once_and_writes_none(user) -> None:
    client = logged_in(user)
    client.get("/parties/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get("/parties/")
    about = [query["sql"] for query in asked if "accounts_usersession" in query["sql"]]
    assert len(about) == 1 and about[0].startswith("SELECT")
    assert not [query for query in asked if "secondfactor" in query["sql"]]


@pytest.mark.parametrize("what", ["closed", "password", "role", "ended"])
def test_what_changes_an_account_ends_its_sessions(user, boss, what: str) -> None:
    client, day = logged_in(user), today()
    if what == "closed":
        perform("organisation.set_active", user, {"is_active": "", "reason": "退休"}, boss, day)
    elif what == "password":
        perform("organisation.reset_password", user, {}, boss, day)
    elif what == "role":
        unit = Unit.objects.get(code="150621")
        perform("organisation.assign_role", user, {"role": "leader", "unit": unit.pk}, boss, day)
    else:
        perform("organisation.end_sessions", user, {}, boss, day)
    assert client.get("/account/").status_code == 302
    assert not UserSession.objects.filter(user_id=user.pk).exists()


def test_ones_own_change_of_password_ends_the_others(user) -> None:
    here, there = logged_in(user), logged_in(user, PHONE)
    form = {"old_password": PASSWORD, "new_password1": "sheep-over-the-hill", "new_password2": "sheep-over-the-hill"}
    assert here.post("/password/", form).status_code == 302
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302


def test_a_log_in_from_a_new_browser_is_told_the_first_and_a_known_one_are_not(user) -> None:
    client = logged_in(user)
    client.post("/logout/")
    client.post("/login/", {"username": user.username, "password": PASSWORD})
    assert not Notice.objects.filter(kind="new_device").exists()
    logged_in(user, PHONE)
    assert Notice.objects.get(kind="new_device").data["device"] == "Chrome · Android"


@pytest.mark.parametrize(
    ("password", "is_good"),
    [
        ("short-1", False),
        ("1234567890123", False),
        ("wangbaoyin123", False),
        ("王宝音2026", False),
        ("baoyin-2026", False),
        ("qwertyuiop1", False),
        ("aaaaaaaaaaaa", False),
        ("password123", False),
        ("草原上的羊群慢慢走过河", True),
        ("herd-crosses-river", True),
        ("wangbaoyin-likes-the-wide-green-hills", True),
    ],
)
def test_passwords_are_judged_in_words(user, password: str, is_good: bool) -> None:
    if is_good:
        validate_password(password, user)
        return
    with pytest.raises(ValidationError):
        validate_password(password, user)


def test_the_last_passwords_are_not_used_again_and_are_kept_as_hashes(user, settings) -> None:
    settings.PASSWORD_HISTORY = 2
    for password in ("sheep-over-the-hill", "goats-under-the-tree"):
        user.set_password(password)
        user.save()
    kept = list(UsedPassword.objects.filter(user=user).values_list("password", flat=True))
    assert len(kept) == 2 and not any("sheep" in row or "goats" in row for row in kept)
    with pytest.raises(ValidationError):
        validate_password("sheep-over-the-hill", user)
    validate_password(PASSWORD, user)


def test_an_old_password_expires_only_where_the_office_says_so(user, settings) -> None:
    UsedPassword.objects.filter(user=user).update(since=timezone.now() - timedelta(days=400))
    assert logged_in(user).get("/account/").status_code == 200
    settings.PASSWORD_EXPIRY_DAYS = 90
    assert logged_in(user).get("/account/").url == "/password/"


def test_an_administrator_asks_for_a_new_password(user, boss) -> None:
    client = logged_in(user)
    assert logged_in(boss).post(f"/users/{user.pk}/new-password/").status_code == 302
    assert client.get("/account/").url == "/password/"


def test_a_lost_factor_is_taken_away_by_another_with_a_reason_and_told(user, boss) -> None:
    with_factor(user)
    with_factor(boss)
    client = Client()
    client.force_login(boss)
    assert client.post(f"/users/{user.pk}/second-factor/", {"reason": ""}).status_code == 422
    assert client.post(f"/users/{user.pk}/second-factor/", {"reason": "手机丢失，本人到场"}).status_code == 302
    assert not factor.is_enrolled(user)
    row = AccessLog.objects.get(kind="factor_reset")
    assert (row.actor_id, row.subject_id, row.reason) == (boss.pk, user.pk, "手机丢失，本人到场")
    assert Notice.objects.filter(recipient=user, kind="factor_reset").exists()
    with pytest.raises(Forbidden):
        perform("organisation.reset_second_factor", boss, {"reason": "x"}, boss, today())


def test_the_last_administrator_is_helped_on_the_machine(boss) -> None:
    with_factor(boss)
    call_command("reset_second_factor", "boss", reason="手机丢失", stdout=StringIO())
    assert not factor.is_enrolled(boss)
    assert AccessLog.objects.get(kind="factor_reset").reason == "手机丢失"


def test_the_rule_per_role_is_data_with_a_trace(boss) -> None:
    client = logged_in(boss)
    day = today() + timedelta(days=7)
    answer = client.post("/second-factor-rules/", {"role": "leader", "required_from": day.isoformat()})
    assert answer.status_code == 302
    rule = SecondFactorRule.objects.get(role="leader")
    assert rule.required_from == day and rule.history.count() == 1
    assert AccessLog.objects.get(kind="factor_rule_changed").data == {
        "role": "leader",
        "required_from": day.isoformat(),
    }


def test_the_access_log_is_found_by_person_and_by_account(user, boss) -> None:
    Client().post("/login/", {"username": user.username, "password": "wrong"})
    logged_in(user)
    auditor = Client()
    auditor.force_login(account("auditor1", "auditor", "杨文军"))
    by = auditor.get("/access-log/?q=baoyin").content.decode().split("<tbody>")[1]
    about = auditor.get("/access-log/?q=王宝音&side=about&kind=log_in_failed").content.decode().split("<tbody>")[1]
    assert "登录" in by and "<tr>" in about and "王宝音" in about
    assert "<tbody>" not in auditor.get("/access-log/?q=nobody-of-that-name").content.decode()
