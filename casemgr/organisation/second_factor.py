"""The second factor: six digits of an authenticator (TOTP, RFC 6238), or a recovery code from paper.

Log-in by page and the API's token both ask `is_enrolled`, `is_required` and `check`. A wrong code is counted in a
transaction of its own: do not call `check` inside one that may be rolled back.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from enum import Enum

import pyotp
from django.db import transaction
from django.utils import timezone

from casemgr.audit.access import record_access
from casemgr.organisation.accounts.models import RecoveryCode, SecondFactor, SecondFactorRule
from casemgr.organisation.field_keys import decrypt, encrypt, hmac_sm3, new_data_key, unwrap, wrap
from casemgr.organisation.models import User

STEP_SECONDS, DRIFT, DIGITS = 30, 1, 6
FAILURES, LOCK = 5, timedelta(minutes=15)
"""After so many wrong codes each further attempt waits: at three codes in a million, guessing is for decades."""
RECOVERY_CODES, GROUPS, GROUP_LENGTH = 10, 3, 4
_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without what is mistaken for something else: i l o 0 1."""


class Answer(Enum):
    """What became of a code. `OK` and `RECOVERY` let the person in."""

    OK = "ok"
    RECOVERY = "recovery"
    WRONG = "wrong"
    LOCKED = "locked"

    def __bool__(self) -> bool:
        return self in (Answer.OK, Answer.RECOVERY)


def is_enrolled(user: User) -> bool:
    """Whether the person has a second factor; then no log-in goes without it."""
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).exists()


def is_required(user: User, today: date) -> bool:
    """Whether a role the person holds asks for a second factor today."""
    day = required_from(user, today)
    return day is not None and day <= today


def required_from(user: User, today: date) -> date | None:
    """From which day the person's roles ask for a second factor; None when none does."""
    rules = SecondFactorRule.objects.filter(role__in=user.role_codes(today), required_from__isnull=False)
    return rules.order_by("required_from").values_list("required_from", flat=True).first()


def verify(user: User, code: str) -> bool:
    """Whether the code lets the person in, and uses it up. See `check`."""
    return bool(check(user, code))


def check(user: User, code: str, now: datetime | None = None) -> Answer:
    """Judge a code of the authenticator or a recovery code, use it up; each try is counted and logged."""
    now = now or timezone.now()
    typed = code.replace(" ", "").replace("-", "").lower()
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at__isnull=False).first()
        if factor is None:
            return Answer.WRONG
        if factor.locked_until is not None and factor.locked_until > now:
            record_access(None, "factor_locked", user)
            return Answer.LOCKED
        answer = _judge(factor, typed, now)
        if answer:
            factor.failures, factor.locked_until = 0, None
        else:
            factor.failures += 1
            if factor.failures >= FAILURES:
                factor.locked_until, answer = now + LOCK, Answer.LOCKED
        factor.save()
        record_access(user if answer else None, _KINDS[answer], user)
    return answer


_KINDS = {
    Answer.OK: "factor_used",
    Answer.RECOVERY: "recovery_code_used",
    Answer.WRONG: "factor_failed",
    Answer.LOCKED: "factor_locked",
}


def _judge(factor: SecondFactor, typed: str, now: datetime) -> Answer:
    if typed.isdecimal() and typed.isascii() and len(typed) == DIGITS:
        step = _step_of(_open(factor), typed, now)
        # Used up with all before it: a code seen over a shoulder does not work a second time (RFC 6238, 5.2).
        if step is not None and step > factor.last_step:
            factor.last_step = step
            return Answer.OK
        return Answer.WRONG
    unused = RecoveryCode.objects.filter(user_id=factor.user_id, used_at__isnull=True)
    return Answer.RECOVERY if unused.filter(digest=_digest(factor, typed)).update(used_at=now) else Answer.WRONG


def _step_of(secret: str, typed: str, now: datetime) -> int | None:
    totp, current = pyotp.TOTP(secret), int(now.timestamp()) // STEP_SECONDS
    for step in range(current - DRIFT, current + DRIFT + 1):
        if secrets.compare_digest(totp.generate_otp(step), typed):
            return step
    return None


def begin(user: User) -> str:
    """A secret to put into an authenticator; the same until `confirm` or `remove`. :raises ValueError: is enrolled."""
    with transaction.atomic():
        User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        factor = SecondFactor.objects.filter(user=user).first()
        if factor is None:
            secret, key = pyotp.random_base32(), new_data_key()
            stored = encrypt(key, _label(user.pk), secret.encode())
            SecondFactor.objects.create(user=user, secret=stored, secret_key=wrap(key)[0])
            return secret
    if factor.confirmed_at is not None:
        raise ValueError("this person has a second factor")
    return _open(factor)


def begun(user: User) -> str:
    """The secret of a set-up that `begin` began and nothing has confirmed yet, or empty."""
    factor = SecondFactor.objects.filter(user=user, confirmed_at__isnull=True).first()
    return _open(factor) if factor is not None else ""


def confirm(user: User, code: str, now: datetime | None = None) -> list[str]:
    """The first code proves that the authenticator has the secret; returns the recovery codes, or nothing if wrong."""
    now = now or timezone.now()
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at__isnull=True).first()
        typed = code.replace(" ", "")
        step = _step_of(_open(factor), typed, now) if factor is not None and typed.isascii() else None
        if factor is None or step is None:
            return []
        factor.confirmed_at, factor.last_step = now, step
        factor.save()
        record_access(user, "factor_enrolled", user)
        return _new_codes(factor)


def new_recovery_codes(user: User) -> list[str]:
    """Ten new codes, shown once; the old ones are void."""
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().get(user=user, confirmed_at__isnull=False)
        record_access(user, "recovery_codes_made", user)
        return _new_codes(factor)


def remove(user: User) -> bool:
    """Forget the person's second factor and its recovery codes; the caller records who and why."""
    with transaction.atomic():
        RecoveryCode.objects.filter(user=user).delete()
        return bool(SecondFactor.objects.filter(user=user).delete()[0])


def unlock(user: User) -> None:
    """Let a person try codes again at once after too many failures."""
    SecondFactor.objects.filter(user=user).update(failures=0, locked_until=None)


def codes_left(user: User) -> int:
    return RecoveryCode.objects.filter(user=user, used_at__isnull=True).count()


def provisioning_uri(user: User, secret: str, issuer: str) -> str:
    """What the QR code says to an authenticator."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.get_username(), issuer_name=issuer)


def _new_codes(factor: SecondFactor) -> list[str]:
    codes = ["-".join(_word() for _ in range(GROUPS)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(user_id=factor.user_id).delete()
    rows = [RecoveryCode(user_id=factor.user_id, digest=_digest(factor, code.replace("-", ""))) for code in codes]
    RecoveryCode.objects.bulk_create(rows)
    return codes


def _word() -> str:
    return "".join(secrets.choice(_CHARACTERS) for _ in range(GROUP_LENGTH))


def _open(factor: SecondFactor) -> str:
    return decrypt(unwrap(factor.secret_key), _label(factor.user_id), factor.secret).decode()


def _digest(factor: SecondFactor, code: str) -> str:
    """59 random bits under the person's own data key: whoever has only the database cannot try codes."""
    return hmac_sm3(unwrap(factor.secret_key), b"recovery-code|" + code.encode()).hex()


def _label(user_id: int) -> bytes:
    return f"second-factor-{user_id}".encode()
