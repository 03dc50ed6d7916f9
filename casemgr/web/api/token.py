"""Logging in through the API: name and password for a token, with the same locks as the log-in page."""

from __future__ import annotations

from axes.utils import reset as axes_reset
from django.conf import settings
from django.contrib.auth import authenticate, get_user_model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema

from casemgr.actions.api import problem_of
from casemgr.actions.errors import ActionError
from casemgr.actions.perform import perform
from casemgr.audit.access import record_access
from casemgr.operation.accounts.password_age import is_expired
from casemgr.organisation.tokens.limits import seconds_to_wait
from casemgr.pages.api.body import read
from casemgr.pages.api.operations import sends
from casemgr.pages.api.problems import Problem
from casemgr.pages.clock import today as clock_today
from casemgr.web.accounts import lock_minutes
from casemgr.web.api.second_factor import demand_second_factor, refused

router = Router()
LONGEST = 200


class Issued(Schema):
    token: str
    expires_at: str
    scopes: list[str]


_ASKED = {
    "type": "object",
    "required": ["username", "password"],
    "properties": {
        "username": {"type": "string", "maxLength": LONGEST},
        "password": {"type": "string", "maxLength": LONGEST, "format": "password"},
        "otp": {"type": "string", "maxLength": 40, "description": "Code of the second factor, where there is one."},
        "scopes": {"type": "array", "items": {"type": "string"}, "description": "Fewer than all."},
        "name": {"type": "string", "maxLength": 80, "description": "What the token is for."},
    },
}


@router.post("/token", auth=None, response=Issued, openapi_extra=sends(_ASKED, with_key=False))
def issue_token(request: HttpRequest) -> dict:
    """A token for hours, for a person who logs in with name and password."""
    payload, _files = read(request)
    name, password = _text(payload, "username"), _text(payload, "password")
    if wait := seconds_to_wait(request.META.get("REMOTE_ADDR", ""), name):
        raise too_many(wait)
    user = authenticate(request, username=name, password=password)
    if getattr(request, "axes_locked_out", False):
        record_access(None, "locked_out", _account(name))
        raise too_many(lock_minutes() * 60)
    if user is None:
        record_access(None, "log_in_failed", _account(name))
        raise Problem(401, _("User name or password is wrong, or the account is closed."), code="wrong-password")
    if user.must_change_password or is_expired(user, timezone.now()):
        text = _("The password must be changed first: log in on the page and choose a new one.")
        raise refused(user, "password-change-needed", text)
    today = clock_today()
    demand_second_factor(user, _text(payload, "otp", needed=False), today)
    axes_reset(username=user.username, ip=request.META.get("REMOTE_ADDR", ""))
    asked = {key: payload[key] for key in ("scopes", "name") if payload.get(key) is not None}
    try:
        token = perform("token.log_in", None, asked, user, today)
    except ActionError as error:
        raise problem_of(error) from error
    get_user_model().objects.filter(pk=user.pk).update(last_login=timezone.now())
    expires_at = timezone.localtime(token.expires_at).isoformat()
    return {"token": token.secret, "expires_at": expires_at, "scopes": token.scopes}


def too_many(seconds: int) -> Problem:
    """429 with how long to wait."""
    return Problem(
        429,
        _("Too many tries. After %(failures)s failures log-in is locked for a while. Try again in %(minutes)s minutes.")
        % {"failures": settings.AXES_FAILURE_LIMIT, "minutes": -(-seconds // 60)},
        headers={"Retry-After": str(seconds)},
    )


def _account(name: str):
    """Only an account that exists is named in the log: people type card numbers into the wrong field."""
    return get_user_model().objects.filter(username=name).first()


def _text(payload: dict, name: str, *, needed: bool = True) -> str:
    value = payload.get(name, "")
    if isinstance(value, str) and len(value) <= LONGEST and (value or not needed):
        return value
    text = _("This entry is needed.") if not value else _("This is not what is expected here.")
    raise Problem(422, text, errors={name: [text]})
