"""The carrier of SMS reports what became of a message: with a secret of its own, and about nothing else."""

from __future__ import annotations

import json
import secrets

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from casemgr.notices.sending import record_receipt

LONGEST = 4096
DELIVERED, FAILED = "delivered", "failed"


@csrf_exempt
@login_not_required
@require_POST
def sms_receipt(request: HttpRequest) -> HttpResponse:
    """`{"reference": …, "status": "delivered" | "failed", "reason": …}` with the bearer token `SMS_RECEIPT_TOKEN`.

    Without that setting there is no such address. 204: noted, also when told again; 404: no message of ours.
    """
    if not settings.SMS_RECEIPT_TOKEN:
        raise Http404
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
    if not secrets.compare_digest(sent, settings.SMS_RECEIPT_TOKEN.encode()):
        return HttpResponse(status=401)
    told = _read(request)
    if told is None:
        return HttpResponse(status=400)
    reference, status, reason = told
    known = record_receipt(reference, timezone.now(), arrived=status == DELIVERED, reason=reason)
    return HttpResponse(status=204 if known else 404)


def _read(request: HttpRequest) -> tuple[str, str, str] | None:
    """Reference, status and reason; None when it is no report."""
    body = request.read(LONGEST + 1)
    try:
        told = json.loads(body) if len(body) <= LONGEST else None
    except ValueError:
        return None
    if not isinstance(told, dict):
        return None
    values = [told.get(name, "") for name in ("reference", "status", "reason")]
    if not all(isinstance(value, str) and "\0" not in value for value in values) or not values[0]:
        return None
    reference, status, reason = values
    return (reference, status, reason) if status in (DELIVERED, FAILED) else None
