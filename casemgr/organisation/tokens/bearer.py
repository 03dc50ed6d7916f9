"""Whose token came with a request. Session cookies count for nothing here: a page cannot be made to use the API."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from casemgr.organisation.tokens.models import MARK, ApiToken, digest_of

API = "/api/"
USE_NOTED_EVERY = timedelta(minutes=10)
_HEADER = re.compile(rf"Bearer +({MARK}_[\w-]{{10,100}})", re.IGNORECASE | re.ASCII)


def is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith(API)


def take_bearer(request: HttpRequest) -> None:
    """Set `request.user` and `request.token` from the Authorization header, and from nothing else."""
    request.token = _token(request)
    request.user = request.token.user if request.token else AnonymousUser()


def _token(request: HttpRequest) -> ApiToken | None:
    sent = _HEADER.fullmatch(request.headers.get("Authorization", "").strip())
    if sent is None:
        return None
    token = ApiToken.objects.select_related("user").filter(digest=digest_of(sent[1])).first()
    now = timezone.now()
    if token is None or not token.is_usable(now) or not token.user.is_active or token.user.must_change_password:
        return None
    if not constant_time_compare(token.login_stamp, token.user.get_session_auth_hash()):
        return None
    _note_use(token, request.META.get("REMOTE_ADDR", ""), now)
    return token


def _note_use(token: ApiToken, address: str, now: datetime) -> None:
    """No write for every request: now and then, and when it comes from another address."""
    is_recent = token.last_used_at is not None and now - token.last_used_at < USE_NOTED_EVERY
    if not is_recent or token.last_used_from != address:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now, last_used_from=address)
