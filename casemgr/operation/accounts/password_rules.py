"""What a password must not be (`AUTH_PASSWORD_VALIDATORS`). Each refusal says what to do instead."""

from __future__ import annotations

import re
import unicodedata

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pypinyin import Style, lazy_pinyin

from casemgr.notices.mobiles import mobile_of
from casemgr.organisation.accounts.models import UsedPassword
from casemgr.organisation.models import User

SHORTEST_PART = 4
_ROWS = ("0123456789", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")
RUN = 5


class LongEnough:
    """At least `PASSWORD_LENGTH` characters; a Chinese one counts as one."""

    def validate(self, password: str, user: User | None = None) -> None:
        if len(password) < settings.PASSWORD_LENGTH:
            text = _("The password is too short: at least %(count)s characters. A short sentence is easy to remember.")
            raise ValidationError(text % {"count": settings.PASSWORD_LENGTH}, code="password_too_short")

    def get_help_text(self) -> str:
        return _("At least %(count)s characters; several words in a row are easier to remember than signs.") % {
            "count": settings.PASSWORD_LENGTH
        }


class NotCommon(CommonPasswordValidator):
    """None of the twenty thousand that are tried first, in Django's list."""

    def validate(self, password: str, user: User | None = None) -> None:
        if password.lower().strip() in self.passwords:
            raise ValidationError(
                _("This password is one of those that are tried first. Choose something else."),
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        return _("Not one that many people use.")


class NotOnlyDigits:
    """Birthdays and telephone numbers are guessed."""

    def validate(self, password: str, user: User | None = None) -> None:
        if password.isdigit():
            raise ValidationError(
                _("The password has digits only. Put words or letters with them."), code="password_entirely_numeric"
            )

    def get_help_text(self) -> str:
        return _("Not digits only.")


class NotAboutThePerson:
    """Not the user name, the name in characters, pinyin or initials with little beside it, nor the mobile number."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None:
            return
        plain = _plain(password)
        for part in _parts_of(user):
            # “wangbaoyin123” is guessed first; the name inside a long sentence is not.
            if part in plain and len(plain) - len(part) < len(part) + SHORTEST_PART:
                raise ValidationError(
                    _("The password contains your name, user name or telephone number. Choose something else."),
                    code="password_too_similar",
                )

    def get_help_text(self) -> str:
        return _("Not your name, user name or telephone number, also not in pinyin.")


class NotARun:
    """Not mostly keys in a row, or one sign again and again."""

    def validate(self, password: str, user: User | None = None) -> None:
        plain = _plain(password)
        if len(set(plain)) < RUN or _longest_run(plain) > len(plain) // 2:
            raise ValidationError(
                _("The password is a row of keys or repeats itself, and is guessed at once. Choose something else."),
                code="password_run",
            )

    def get_help_text(self) -> str:
        return _("Not keys in a row, like 123456 or qwerty.")


class KindsOfSigns:
    """Only where the office's rules ask for it: `PASSWORD_KINDS` of capitals, small letters, digits and others."""

    def validate(self, password: str, user: User | None = None) -> None:
        kinds = sum(bool(re.search(pattern, password)) for pattern in ("[A-Z]", "[a-z]", "[0-9]", "[^A-Za-z0-9]"))
        if kinds < settings.PASSWORD_KINDS:
            raise ValidationError(self.get_help_text(), code="password_kinds")

    def get_help_text(self) -> str:
        return _("At least %(count)s kinds of: capital letters, small letters, digits, other signs.") % {
            "count": settings.PASSWORD_KINDS
        }


class NotUsedBefore:
    """None of the last `PASSWORD_HISTORY` passwords; kept as hashes, each written when a password is set."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None or user.pk is None:
            return
        used = UsedPassword.objects.filter(user=user)[: settings.PASSWORD_HISTORY]
        if any(check_password(password, row.password) for row in used):
            raise ValidationError(
                _("You had this password before. Choose one you have not used yet."), code="password_used"
            )

    def password_changed(self, password: str, user: User | None = None) -> None:
        if user is None or user.pk is None:
            return
        UsedPassword.objects.create(user=user, password=user.password)
        kept = UsedPassword.objects.filter(user=user).values_list("pk", flat=True)[: max(settings.PASSWORD_HISTORY, 1)]
        UsedPassword.objects.filter(user=user).exclude(pk__in=list(kept)).delete()

    def get_help_text(self) -> str:
        count = settings.PASSWORD_HISTORY
        return _("None of your last %(count)s passwords.") % {"count": count}


def _parts_of(user: User) -> list[str]:
    name = "".join(user.full_name.split())
    syllables = lazy_pinyin(name)
    mobile = mobile_of(user) if user.pk else ""
    found = [
        user.get_username(),
        name,
        "".join(syllables),
        "".join(reversed(syllables)) if len(syllables) == 2 else "",
        "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)),
        (user.email or "").partition("@")[0],
        mobile,
        mobile[-8:],
    ]
    return [plain for part in found if len(plain := _plain(part)) >= (2 if _is_chinese(part) else SHORTEST_PART)]


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).lower())


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)


def _longest_run(text: str) -> int:
    longest = 0
    for row in (*_ROWS, *(row[::-1] for row in _ROWS)):
        for start in range(len(text)):
            length = 1
            while start + length < len(text) and text[start : start + length + 1] in row:
                length += 1
            longest = max(longest, length if length >= RUN else 0)
    return longest
