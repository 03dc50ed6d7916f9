"""Who is asking: sets the audit context of a request and holds people to the change of a first password."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from casemgr.audit.context import audited


class AccountMiddleware:
    """After authentication: history and access log know the person and the address."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        with audited(
            actor_id=user.pk,
            actor_name=getattr(user, "full_name", ""),
            ip_address=request.META.get("REMOTE_ADDR", ""),
        ):
            if user.is_authenticated and user.must_change_password and not self._is_exempt(request):
                return redirect("password_change")
            return self.get_response(request)

    @staticmethod
    def _is_exempt(request: HttpRequest) -> bool:
        return request.path.startswith("/static/") or request.path in {reverse("password_change"), reverse("logout")}
