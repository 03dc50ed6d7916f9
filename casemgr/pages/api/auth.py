"""Who may call an operation of the API: the bearer of a token whose scopes reach it. Roles are judged further in."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from casemgr.organisation.tokens.models import ApiToken
from casemgr.organisation.tokens.scopes import OFFICE, READ, SCOPES
from casemgr.pages.api.problems import Problem

SAFE = ("GET", "HEAD", "OPTIONS")


class BearerToken(HttpBearer):
    """`auth=bearer(scope)` of an operation. Without a scope the method decides, so that an operation whose author
    thought of none is closed to most: `read` for GET, `office.write` for the rest.

    An operation that knows only later which scope it needs takes `bearer(None)` and calls `need_scope`.
    """

    openapi_bearerFormat = "opaque"

    def __init__(self, scope: str | None = "") -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> ApiToken:
        token = getattr(request, "token", None)
        if token is None:
            sent = bool(request.headers.get("Authorization"))
            raise Problem(
                401,
                _("The token is unknown, expired or revoked, or its account is closed. Get a new one.")
                if sent
                else _("Send a token in the header: “Authorization: Bearer …”."),
                code="token-invalid" if sent else "token-needed",
            )
        if self.scope is not None:
            need_scope(request, self.scope or (READ if request.method in SAFE else OFFICE))
        return token

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """Not used: the middleware has looked the token up."""
        return getattr(request, "token", None)


def bearer(scope: str | None = "") -> BearerToken:
    return BearerToken(scope)


def need_scope(request: HttpRequest, scope: str) -> None:
    """:raises Problem: 403, when the token was not given this scope."""
    if not request.token.allows(scope):
        label = SCOPES[scope].label if scope in SCOPES else scope
        raise Problem(
            403,
            _("The token does not reach this: it lacks the scope %(code)s (%(label)s).")
            % {"code": scope, "label": label},
            code="scope-missing",
            headers={"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{scope}"'},
        )
