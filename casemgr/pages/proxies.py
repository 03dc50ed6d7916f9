"""The person's own address when trusted proxies stand in front: lock-outs and logs must not see the proxy's."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class ProxyAddressMiddleware:
    """With `TRUSTED_PROXIES` n, the n-th address from the right of X-Forwarded-For; what stands left of it anybody
    may have written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.TRUSTED_PROXIES:
            passed = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
            if len(passed) >= settings.TRUSTED_PROXIES:
                request.META["REMOTE_ADDR"] = passed[-settings.TRUSTED_PROXIES]
        return self.get_response(request)
