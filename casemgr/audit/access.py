"""The one door to the access log."""

from __future__ import annotations

from django.db import models

from casemgr.audit.context import current
from casemgr.audit.models import AccessLog


def record_access(actor, kind: str, subject: models.Model | None = None, *, reason: str = "", **data) -> AccessLog:
    """Append one row. `actor` has `pk` and `full_name`, or is None; never put a personal number in `data`."""
    return AccessLog.objects.create(
        actor_id=getattr(actor, "pk", None),
        actor_name=getattr(actor, "full_name", "") or getattr(actor, "username", ""),
        kind=kind,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        reason=reason,
        ip_address=current().ip_address,
        data=data,
    )
