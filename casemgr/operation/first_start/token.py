"""The one-time word that opens the page of the first start: whoever reads the server's output has it, nobody else."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from casemgr.operation.models import FirstStartToken
from casemgr.organisation.models import User

VALID = timedelta(hours=24)


def is_open() -> bool:
    """Nobody has an account yet."""
    return not User.objects.exists()


def new_token() -> str:
    """A new word, 256 bits; an earlier one opens nothing any more. Empty when there are accounts."""
    if not is_open():
        return ""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        close()
        FirstStartToken.objects.create(digest=_digest(token))
    return token


def opens(token: str, now: datetime) -> bool:
    """Whether the word opens the page: known, of the last day, and nobody has an account."""
    known = FirstStartToken.objects.filter(digest=_digest(token), made_at__gt=now - VALID)
    return known.exists() and is_open()


def close() -> None:
    """No word opens the page."""
    FirstStartToken.objects.all().delete()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
