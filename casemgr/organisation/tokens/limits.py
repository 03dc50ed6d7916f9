"""How often somebody may try to log in: per address and per name, on the page and through the API alike.

Public pages that ask for a code count their tries here too, each under kinds of its own.

Axes locks one name at one address after failures; this also slows the many names tried from one address and the one
name tried from many.
"""

from __future__ import annotations

import time

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from casemgr.organisation.tokens.models import AttemptWindow

MINUTE = 60
KEPT_MINUTES = 10


def seconds_to_wait(address: str, name: str) -> int:
    """Count one attempt to log in. 0 when it may go on, else after how many seconds to try again."""
    return wait_for(
        ("address", address, settings.LOG_IN_TRIES_PER_ADDRESS),
        ("name", name.strip().casefold(), settings.LOG_IN_TRIES_PER_NAME),
    )


def wait_for(*counted: tuple[str, str, int]) -> int:
    """Count one attempt under each of `(kind, value, most in a minute)`; the answer is that of `seconds_to_wait`.

    Kinds keep purposes apart: who looks something up does not use up somebody's tries to log in.
    """
    now = int(time.time())
    minute = now // MINUTE
    tried_too_often = [_count(kind, value, minute) > limit for kind, value, limit in counted if value]
    return MINUTE - now % MINUTE if any(tried_too_often) else 0


def _count(kind: str, value: str, minute: int) -> int:
    key = salted_hmac("casemgr.organisation.limits", f"{kind}|{value}", algorithm="sha256").hexdigest()[:32]
    with transaction.atomic():
        window, is_new = AttemptWindow.objects.get_or_create(key=key, minute=minute)
        if is_new:
            AttemptWindow.objects.filter(minute__lt=minute - KEPT_MINUTES).delete()
            return 1
        AttemptWindow.objects.filter(pk=window.pk).update(count=F("count") + 1)
        return AttemptWindow.objects.values_list("count", flat=True).get(pk=window.pk)
