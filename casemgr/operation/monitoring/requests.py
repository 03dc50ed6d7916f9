"""Every request is counted, timed and logged by the name of its view: never by its address, which may hold a name."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram

from casemgr.operation.monitoring.log import request_id

log = logging.getLogger("casemgr.requests")
REQUESTS = Counter("casemgr_requests_total", "Requests by view, method and status", ["view", "method", "status"])
SECONDS = Histogram(
    "casemgr_request_seconds",
    "Time to answer",
    ["view"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


class RequestLogMiddleware:
    """Gives each request an id, kept on its log lines and sent back in `X-Request-Id`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(uuid4().hex)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            seconds = time.perf_counter() - began
            match = request.resolver_match
            view = match.view_name if match and match.view_name else "unknown"
            REQUESTS.labels(view, request.method, response.status_code).inc()
            SECONDS.labels(view).observe(seconds)
            user = getattr(request, "user", None)
            seen = {"view": view, "method": request.method, "status": response.status_code, "ms": round(seconds * 1000)}
            log.info("request", extra={**seen, "user": getattr(user, "pk", None)})
            response.headers["X-Request-Id"] = request_id.get()
            return response
        finally:
            request_id.reset(token)
