"""“My account”: password, second factor, log-ins, notices, type and language in one place."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from casemgr.audit.access import record_access
from casemgr.operation.accounts.password_age import since_when
from casemgr.organisation import second_factor as factor
from casemgr.organisation.accounts.models import reference_of
from casemgr.organisation.accounts.sessions import SHOWN, end_session, end_sessions, sessions_of
from casemgr.organisation.tokens.ending import end_log_in_tokens
from casemgr.pages.clock import today


@require_GET
def my_account(request: HttpRequest) -> HttpResponse:
    user, day = request.user, today()
    context = {
        "sessions": sessions_of(user)[:SHOWN],
        "this_session": request.session.session_key,
        "password_since": since_when(user),
        "has_factor": factor.is_enrolled(user),
        "codes_left": factor.codes_left(user),
        "factor_day": factor.required_from(user, day),
        "tokens_url": _address("api_tokens"),
        "held": user.assignments(day),
        "practice_url": settings.PRACTICE_URL,
    }
    return render(request, "web/my_account.html", context)


@require_POST
def end_own_session(request: HttpRequest) -> HttpResponse:
    """One log-in (`session`), or with `others` all but this one."""
    user = request.user
    if "others" in request.POST:
        ended = end_sessions(user, but=request.session.session_key) + end_log_in_tokens(user)
        record_access(user, "sessions_ended", user, sessions_ended=ended)
        messages.success(request, _("You are logged out everywhere else."))
        return redirect("my_account")
    reference = request.POST.get("session", "")
    row = end_session(user, reference)
    if row is not None:
        record_access(user, "session_ended", user, device=row.device)
        if reference == reference_of(request.session.session_key or ""):
            request.session.flush()
            return redirect("login")
        messages.success(request, _("That log-in has been ended."))
    return redirect("my_account")


def _address(name: str) -> str:
    """Of a page that may not be there."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
