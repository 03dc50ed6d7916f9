"""What the case page shows of file reading and of visits about the case."""

from __future__ import annotations

from datetime import date
from typing import Any

from reconsideration.case_contents import has
from reconsideration.models import ReadingRequest, ReconsiderationCase, Visit

SHOWN = 8


def reading_section(case: ReconsiderationCase, user: Any, today: date) -> dict[str, Any]:
    """A query for each of the two that there is."""
    asked = ReadingRequest.objects.standing().filter(case_id=case.pk).select_related("asked_by", "watched_by")
    visits = Visit.objects.visible_to(user, today).standing().filter(case_id=case.pk).select_related("received_by")
    return {
        "requests": list(asked) if has(case, "reading") else [],
        "visits": list(visits[:SHOWN]) if has(case, "visits") else [],
    }
