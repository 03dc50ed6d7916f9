"""How old a password may become; by default it never expires (docs/decisions/0034)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from casemgr.organisation.accounts.models import UsedPassword
from casemgr.organisation.models import User


def since_when(user: User) -> datetime:
    """When the password was set; for one set before that was kept, when the account was opened."""
    newest = UsedPassword.objects.filter(user=user).values_list("since", flat=True).first()
    return newest or user.date_joined


def is_expired(user: User, now: datetime) -> bool:
    days = settings.PASSWORD_EXPIRY_DAYS
    return bool(days) and since_when(user) + timedelta(days=days) < now
