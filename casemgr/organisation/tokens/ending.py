"""The end of tokens that somebody got by logging in through the API: they are log-ins as sessions are."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from casemgr.organisation.models import User


def end_log_in_tokens(user: User) -> int:
    """Revoke those that are still good; returns how many. Tokens made on the page stay: they are revoked there."""
    ended = 0
    for token in user.api_tokens.usable(timezone.now()).filter(by_log_in=True):
        token.revoked_at, token.revoke_reason = timezone.now(), _("Logged out everywhere")
        token.version += 1
        token.save()
        ended += 1
    return ended
