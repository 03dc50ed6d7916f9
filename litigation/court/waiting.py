"""On the work page of the liaisons: coming sessions for which an agency has named no head."""

from __future__ import annotations

from datetime import date
from typing import Any

from litigation.court.docket import coming, visible_sessions, without_head
from litigation.court.lines import lines_of
from litigation.roles import BOTH

MOST = 8


def waiting_context(user: Any, today: date) -> dict[str, Any]:
    """No query for people who follow no suits."""
    if getattr(user, "pk", None) is None or not user.role_codes(today).intersection(BOTH):
        return {"lines": []}
    sessions = without_head(coming(visible_sessions(user, today), today)).order_by("planned_at", "pk")[:MOST]
    return {"lines": lines_of(sessions)}
