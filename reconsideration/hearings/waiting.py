"""On the work page: coming hearings with what is missing for them."""

from __future__ import annotations

from datetime import date
from typing import Any

from reconsideration.hearings.listing import joined, lines_of, listed

ROLES = ("officer", "head", "panel", "leader")
MOST = 5


def waiting_context(user: Any, today: date) -> dict[str, Any]:
    """No query for people who hold no hearings; one where none is planned."""
    if getattr(user, "pk", None) is None or not user.role_codes(today).intersection(ROLES):
        return {"lines": []}
    rows = joined(listed(user, today, "coming")).order_by("booking__starts_at", "pk")[:MOST]
    return {"lines": lines_of(list(rows), today)}
