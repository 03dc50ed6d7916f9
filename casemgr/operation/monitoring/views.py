"""/readyz for everybody who balances load, /metrics for staff networks."""

from __future__ import annotations

import ipaddress
import os

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from casemgr.operation.monitoring.gauges import StateCollector
from casemgr.operation.monitoring.ready import readiness


@login_not_required
@require_GET
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when every part is able to work, else 503; the parts by name."""
    found = readiness()
    is_ready = all(answer == "ok" for answer in found.values())
    answer = JsonResponse({"status": "ok" if is_ready else "unavailable", "checks": found})
    answer.status_code = 200 if is_ready else 503
    answer["Cache-Control"] = "no-store"
    return answer


@login_not_required
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """In Prometheus' text format; for anybody outside the staff networks there is no such page."""
    if request.META.get("HTTP_X_FORWARDED_FOR") and not settings.TRUSTED_PROXIES:
        raise Http404  # through a proxy nobody told us of, everybody would look like the proxy
    address = ipaddress.ip_address(request.META.get("REMOTE_ADDR") or "0.0.0.0")
    if not any(address in ipaddress.ip_network(network) for network in settings.METRICS_NETWORKS):
        raise Http404
    registry = CollectorRegistry()
    registry.register(StateCollector())
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)
        content = generate_latest(registry)
    else:
        content = generate_latest(registry) + generate_latest(REGISTRY)
    return HttpResponse(content, content_type=CONTENT_TYPE_LATEST)
