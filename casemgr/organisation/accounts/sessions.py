"""Where a person is logged in, and the end of it: a session whose row is gone is over with the next request."""

from __future__ import annotations

import re

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casemgr.organisation.accounts.models import UserSession
from casemgr.organisation.models import User

SHOWN = 50
_BROWSERS = (
    ("Edg", "Edge"), ("MicroMessenger", "WeChat"), ("DingTalk", "DingTalk"), ("360", "360"), ("QQBrowser", "QQ"),
    ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
    ("Windows", "Windows"), ("Mac OS", "macOS"), ("Kylin", "Kylin"), ("UOS", "UOS"), ("Linux", "Linux"),
)  # fmt: skip


def sessions_of(user: User) -> QuerySet[UserSession]:
    """The log-ins that are open, the one used last first."""
    return UserSession.objects.filter(user_id=user.pk, expire_date__gt=timezone.now()).order_by("-seen_at", "pk")


def end_sessions(user: User, *, but: str | None = None) -> int:
    """End the person's log-ins, except the one with the session key `but`; returns how many."""
    return UserSession.objects.filter(user_id=user.pk).exclude(session_key=but or "").delete()[0]


def end_session(user: User, reference: str) -> UserSession | None:
    """End one log-in by the name a page gave it; returns the row that was ended."""
    for row in sessions_of(user)[:SHOWN]:
        if row.reference == reference:
            row.delete()
            return row
    return None


def remove_expired() -> int:
    return UserSession.objects.filter(expire_date__lt=timezone.now()).delete()[0]


def device_of(agent: str) -> str:
    """Browser and system in words, like “Chrome · Windows”; what is not known is left out."""
    words = [next((name for mark, name in known if re.search(mark, agent)), "") for known in (_BROWSERS, _SYSTEMS)]
    return " · ".join(filter(None, words))


UNKNOWN_DEVICE = _("Unknown device")
