"""The end of tokens together with what they hang on: log-ins through the API, and the account itself."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casemgr.organisation.models import User
from casemgr.organisation.tokens.models import ApiToken


def end_log_in_tokens(user: User) -> int:
    """Revoke those that are still good; returns how many. Tokens made on the page stay: they are revoked there."""
    return _end(user.api_tokens.usable(timezone.now()).filter(by_log_in=True), _("Logged out everywhere"))


def end_every_token(user: User) -> int:
    """Revoke all that are not revoked yet, as the account is closed: opened again, it begins without any."""
    return _end(user.api_tokens.filter(revoked_at__isnull=True), _("Account closed"))


def _end(tokens: QuerySet[ApiToken], reason: str) -> int:
    ended = 0
    for token in tokens:
        token.revoked_at, token.revoke_reason = timezone.now(), reason
        token.version += 1
        token.save()
        ended += 1
    return ended
