"""Who is asking: log-in for every page not marked public, the audit context, sliding sessions, first passwords."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from casemgr.audit.context import audited
from casemgr.organisation.accounts.session_store import ADDRESS, BEGUN_AT, DEVICE, SEEN_AT
from casemgr.organisation.accounts.sessions import device_of
from casemgr.organisation.office import read_once
from casemgr.organisation.tokens.bearer import is_api, take_bearer

MUST_ENROL = "must_enrol"
"""Set at log-in when a role asks for a second factor that the person has not set up: asking anew would cost a query."""


def stamp_session(sender, request: HttpRequest, **kwargs) -> None:
    """Receiver of Django's `user_logged_in`: when and where the session began, for the person's list of sessions."""
    session = request.session
    session[SEEN_AT] = session[BEGUN_AT] = int(time.time())
    session[DEVICE] = device_of(request.META.get("HTTP_USER_AGENT", ""))
    session[ADDRESS] = request.META.get("REMOTE_ADDR", "")


class LogInMiddleware(LoginRequiredMiddleware):
    """Every page asks for a log-in unless its view is marked `login_not_required`.

    A fragment gets a plain 401: the open page keeps what was typed instead of swapping in a log-in form.
    The API asks for a token itself, operation by operation.
    """

    def process_view(self, request: HttpRequest, view_func, view_args, view_kwargs) -> HttpResponse | None:
        if is_api(request):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func) -> HttpResponse:
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=401)
        if request.method in {"GET", "HEAD"}:
            return super().handle_no_permission(request, view_func)
        if request.method == "POST" and settings.SESSION_COOKIE_NAME in request.COOKIES:
            messages.warning(request, _("Your session had ended. What you sent was not saved; please enter it again."))
        return redirect_to_login(self._page_of_form(request), settings.LOGIN_URL)

    @staticmethod
    def _page_of_form(request: HttpRequest) -> str:
        """Where the form stood: after log-in a person returns there, not to an address that takes only POST."""
        page = urlsplit(request.headers.get("Referer", ""))
        if page.netloc != request.get_host():
            return reverse("home")
        return page.path + (f"?{page.query}" if page.query else "")


class AccountMiddleware:
    """After authentication: history and access log know the person and the address."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_api(request):
            take_bearer(request)
        user = request.user
        asking = audited(
            actor_id=user.pk,
            actor_name=getattr(user, "full_name", ""),
            ip_address=request.META.get("REMOTE_ADDR", ""),
        )
        with asking, read_once():
            if not user.is_authenticated:
                return self.get_response(request)
            if not is_api(request):
                self._slide(request)
                if (page := self._asked_for(request)) and not self._is_exempt(request, page):
                    return redirect(page)
            response = self.get_response(request)
            # Nothing a person saw stays in the browser's cache after log-out.
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response

    @staticmethod
    def _asked_for(request: HttpRequest) -> str:
        """The page the person must answer before anything else, or empty."""
        if request.user.must_change_password:
            return "password_change"
        return "second_factor" if request.session.get(MUST_ENROL) else ""

    @staticmethod
    def _slide(request: HttpRequest) -> None:
        """The session ends SESSION_COOKIE_AGE after the last request; written at most once in a tenth of that."""
        now = int(time.time())
        if now - request.session.get(SEEN_AT, 0) > settings.SESSION_COOKIE_AGE // 10:
            request.session[SEEN_AT] = now

    @staticmethod
    def _is_exempt(request: HttpRequest, page: str) -> bool:
        allowed = {reverse(name) for name in (page, "logout", "set_language", "large_type", "session_keep")}
        return request.path.startswith("/static/") or request.path in allowed
