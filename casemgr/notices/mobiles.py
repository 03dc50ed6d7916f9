"""A user's mobile number for SMS: encrypted with a key of its own, as the parties' numbers are."""

from __future__ import annotations

from casemgr.notices.models import Preference
from casemgr.organisation.field_keys import decrypt, encrypt, new_data_key, unwrap, wrap


def preference_of(user) -> Preference:
    """The person's row, made when missing."""
    return Preference.objects.get_or_create(user=user)[0]


def set_mobile(preference: Preference, number: str) -> None:
    """Keep or forget a number; the caller saves."""
    if not number:
        preference.mobile = preference.mobile_key = None
        return
    key = new_data_key()
    preference.mobile_key, _key_id = wrap(key)
    preference.mobile = encrypt(key, _label(preference.user_id), number.encode())


def mobile_of(user) -> str:
    """The number in clear, for the gateway only; empty when there is none."""
    preference = Preference.objects.filter(user=user).first()
    if preference is None or not preference.mobile:
        return ""
    return decrypt(unwrap(preference.mobile_key), _label(user.pk), preference.mobile).decode()


def _label(user_id: int) -> bytes:
    return f"user-mobile-{user_id}".encode()
