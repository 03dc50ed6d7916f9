"""Open hearings, as the hearings announce them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any

SOURCE = "reconsideration.hearings.announcements"


def announced(today: date) -> Sequence[Any]:
    """Each with `on, begins_at, room_name, subject, respondent_name, seats_free`, the next first."""
    if find_spec("reconsideration.hearings") is None or find_spec(SOURCE) is None:
        return []
    return import_module(SOURCE).announced_hearings(today)


__all__ = ["announced"]
