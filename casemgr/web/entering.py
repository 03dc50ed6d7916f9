"""The way in after the right password: a code where the person has a second factor, then the session."""

from __future__ import annotations

import hashlib
import secrets
import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from casemgr.actions.outbox import tell
from casemgr.audit.access import record_access
from casemgr.operation.accounts.password_age import is_expired
from casemgr.organisation.accounts.models import KnownDevice
from casemgr.organisation.accounts.session_store import DEVICE
from casemgr.organisation.middleware import MUST_ENROL
from casemgr.organisation.models import User
from casemgr.organisation.second_factor import is_enrolled, required_from
from casemgr.pages.clock import today
from casemgr.pages.dates import long_date

BACKEND = "django.contrib.auth.backends.ModelBackend"
WAITING, WAITING_SECONDS = "waiting_for_code", 300
DEVICE_COOKIE, DEVICE_COOKIE_AGE = f"{settings.SESSION_COOKIE_NAME}_device", 400 * 24 * 3600


def wait_for_code(request: HttpRequest, user: User, next_page: str) -> None:
    """The password was right; for five minutes a code is waited for. Nobody is logged in yet."""
    request.session.cycle_key()
    request.session[WAITING] = {
        "user": user.pk,
        "password": user.get_session_auth_hash(),
        "until": int(time.time()) + WAITING_SECONDS,
        "next": next_page,
    }


def who_waits(request: HttpRequest) -> tuple[User, str] | None:
    """Whose code is waited for, and where they go then; None when nobody's, too late, or the password changed."""
    waiting = request.session.get(WAITING)
    if not waiting or waiting["until"] < time.time():
        return None
    user = User.objects.filter(pk=waiting["user"], is_active=True).first()
    if user is None or not constant_time_compare(user.get_session_auth_hash(), waiting["password"]):
        return None
    return user, waiting["next"]


def enter(request: HttpRequest, user: User, next_page: str) -> HttpResponse:
    """Begin the session, and note what the next pages must ask for first."""
    request.session.pop(WAITING, None)
    login(request, user, backend=BACKEND)
    device = request.session[DEVICE]
    record_access(user, "log_in", user, device=device)
    if is_expired(user, timezone.now()):
        user.must_change_password = True
        user.save(update_fields=["must_change_password"])
    _ask_for_factor(request, user)
    response = HttpResponseRedirect(next_page)
    _know_device(request, response, user, device)
    return response


def _ask_for_factor(request: HttpRequest, user: User) -> None:
    first_day = required_from(user, today())
    if first_day is None or is_enrolled(user):
        return
    if first_day <= today():
        request.session[MUST_ENROL] = True
    else:
        text = _("From %(day)s you log in with a second factor as well. Set it up under “My account”.")
        messages.warning(request, text % {"day": long_date(first_day)})


def _know_device(request: HttpRequest, response: HttpResponse, user: User, device: str) -> None:
    """Tell the person of a log-in from a browser that never logged in for them; the very first one is no news."""
    token = request.COOKIES.get(DEVICE_COOKIE, "")
    if len(token) != 43:
        token = secrets.token_urlsafe(32)
    digest, now = hashlib.sha256(token.encode()).hexdigest(), timezone.now()
    had_any = KnownDevice.objects.filter(user=user).exists()
    _row, is_new = KnownDevice.objects.update_or_create(
        user=user, digest=digest, defaults={"device": device, "last_at": now}
    )
    if is_new and had_any:
        where = {"device": device, "address": request.META.get("REMOTE_ADDR", "")}
        record_access(user, "new_device", user, device=device)
        tell("new_device", [user.pk], at=timezone.localtime(now).strftime("%Y-%m-%d %H:%M"), **where)
    response.set_cookie(
        DEVICE_COOKIE,
        token,
        max_age=DEVICE_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite=settings.SESSION_COOKIE_SAMESITE,
    )
