"""The second factor through the pages: set up, asked for, used once, locked, recovered, taken away."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from casemgr.audit.models import AccessLog
from casemgr.notices.models import Notice
from casemgr.organisation import second_factor as factor
from casemgr.organisation.accounts.models import RecoveryCode, SecondFactor, SecondFactorRule
from casemgr.organisation.field_keys import wrapped_key_ids
from casemgr.organisation.models import User
from casemgr.pages.clock import today
from tests.support.accounts import PASSWORD, account

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return account("chenhailong")


def log_in(client: Client, username: str = "chenhailong", **data):
    return client.post("/login/", {"username": username, "password": PASSWORD, **data})


def enrol(client: Client) -> tuple[str, list[str]]:
    """Set it up on the page; returns the secret and the recovery codes."""
    assert "<svg" not in client.get("/account/second-factor/").content.decode(), "looking begins nothing"
    client.post("/account/second-factor/", {"begin": "1"})
    page = client.get("/account/second-factor/").content.decode()
    assert "<svg" in page and "style=" not in page and "data:" not in page
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    answer = client.post("/account/second-factor/", {"code": pyotp.TOTP(secret).now()})
    return secret, re.findall(r"<code>(\w{4}-\w{4}-\w{4})</code>", answer.content.decode())


@pytest.fixture
def enrolled(user: User) -> tuple[str, list[str]]:
    client = Client()
    log_in(client)
    return enrol(client)


def code_of(secret: str, steps: int = 1) -> str:
    """Of the next step: the present one was used up when it was set up."""
    return pyotp.TOTP(secret).at(timezone.now() + timedelta(seconds=30 * steps))


def kinds() -> list[str]:
    return list(AccessLog.objects.order_by("pk").values_list("kind", flat=True))


def test_whoever_has_one_is_asked_for_a_code_and_lands_where_they_wanted(client, user, enrolled) -> None:
    secret, codes = enrolled
    assert len(set(codes)) == 10
    answer = log_in(client, next="/parties/")
    assert answer.url == "/login/code/"
    assert client.get("/work/").status_code == 302, "the password alone opens nothing"
    assert client.post("/login/code/", {"code": code_of(secret)}).url == "/parties/"
    assert client.get("/work/").status_code == 200
    assert kinds()[-3:] == ["factor_used", "log_in", "new_device"]


def test_a_code_works_once(client, user, enrolled) -> None:
    secret, _codes = enrolled
    code = code_of(secret)
    log_in(client)
    assert client.post("/login/code/", {"code": code}).status_code == 302
    other = Client()
    log_in(other)
    answer = other.post("/login/code/", {"code": code})
    assert answer.status_code == 422
    assert other.get("/work/").status_code == 302


@pytest.mark.parametrize(("steps", "is_right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_wrong_by_one_step(user, enrolled, steps: int, is_right: bool) -> None:
    secret, _codes = enrolled
    now = timezone.now() + timedelta(minutes=10)
    assert bool(factor.check(user, pyotp.TOTP(secret).at(now + timedelta(seconds=30 * steps)), now)) is is_right


def test_wrong_codes_lock_also_the_right_one_and_the_person_is_told(client, user, enrolled) -> None:
    secret, codes = enrolled
    log_in(client)
    answers = [client.post("/login/code/", {"code": "000 000"}).status_code for _ in range(5)]
    assert answers == [422, 422, 422, 422, 429]
    assert client.post("/login/code/", {"code": code_of(secret)}).status_code == 429
    assert client.post("/login/code/", {"code": codes[0]}).status_code == 429
    assert Notice.objects.filter(recipient=user, kind="factor_locked").count() == 1
    assert kinds().count("factor_failed") == 4
    later = timezone.now() + timedelta(minutes=16)
    assert factor.check(user, "000000", later) is factor.Answer.LOCKED, "then one try in fifteen minutes"
    assert factor.check(user, pyotp.TOTP(secret).at(later + factor.LOCK), later + factor.LOCK)


def test_a_recovery_code_works_once_and_new_ones_make_the_old_void(client, user, enrolled) -> None:
    secret, codes = enrolled
    log_in(client)
    assert client.post("/login/code/?recovery=1", {"code": codes[3].upper()}).status_code == 302
    assert factor.codes_left(user) == 9
    assert Notice.objects.get(recipient=user, kind="recovery_code_used").data == {"left": 9}
    assert not factor.verify(user, codes[3])
    answer = client.post("/account/second-factor/codes/", {"code": code_of(secret)})
    fresh = re.findall(r"<code>(\w{4}-\w{4}-\w{4})</code>", answer.content.decode())
    assert len(fresh) == 10 and not set(fresh) & set(codes)
    assert not factor.verify(user, codes[0])
    assert factor.verify(user, fresh[0])


def test_neither_secret_nor_codes_are_kept_in_clear(user, enrolled) -> None:
    secret, codes = enrolled
    row = SecondFactor.objects.get(user=user)
    assert secret.encode() not in bytes(row.secret) + bytes(row.secret_key)
    kept = set(RecoveryCode.objects.values_list("digest", flat=True))
    assert not any(code.replace("-", "") in digest for code in codes for digest in kept)
    assert secret not in str(list(AccessLog.objects.values_list("data", flat=True)))


def test_rotated_field_keys_still_open_it(settings, user, enrolled, capsys) -> None:
    secret, codes = enrolled
    old = settings.FIELD_KEYS
    settings.FIELD_KEYS = "k9:" + "33" * 32 + "," + old
    call_command("rotate_field_keys")
    assert wrapped_key_ids() == {"k9"}
    settings.FIELD_KEYS = "k9:" + "33" * 32
    assert factor.verify(user, code_of(secret)) and factor.verify(user, codes[0])


def test_a_role_that_asks_for_one_gets_the_page_before_anything_else(client) -> None:
    account("boss", "admin")
    SecondFactorRule.objects.create(role="admin", required_from=today())
    log_in(client, "boss")
    assert client.get("/users/").url == "/account/second-factor/"
    assert client.get("/account/").url == "/account/second-factor/"
    secret, _codes = enrol(client)
    assert client.get("/users/").status_code == 200
    client.post("/account/second-factor/off/", {"code": code_of(secret)})
    assert factor.is_enrolled(User.objects.get(username="boss"))


def test_before_the_day_it_is_only_announced(client) -> None:
    boss = account("boss", "admin")
    SecondFactorRule.objects.create(role="admin", required_from=today() + timedelta(days=3))
    log_in(client, "boss")
    assert client.get("/users/").status_code == 200
    assert not factor.is_required(boss, today())


def test_who_need_not_have_one_may_turn_it_off_with_a_code(client, user) -> None:
    log_in(client)
    secret, _codes = enrol(client)
    assert client.post("/account/second-factor/off/", {"code": "000000"}).status_code == 422
    assert client.post("/account/second-factor/off/", {"code": code_of(secret)}).url == "/account/"
    assert not SecondFactor.objects.exists() and not RecoveryCode.objects.exists()


def test_a_changed_password_or_five_minutes_end_the_waiting(client, user, enrolled) -> None:
    secret, _codes = enrolled
    log_in(client)
    user.set_password("another-long-password")
    user.save()
    assert client.post("/login/code/", {"code": code_of(secret)}).url == "/login/"
    assert client.get("/work/").status_code == 302
