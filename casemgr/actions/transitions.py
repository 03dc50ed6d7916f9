"""Whether a step's state machine lets it happen now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django_fsm import can_proceed


def is_possible(subject: Any, transition: str, states: Sequence[str] = ()) -> bool:
    """By the named transition of the subject; without one, by `states` (empty: any)."""
    if transition:
        return can_proceed(getattr(subject, transition))
    return not states or subject.state in states
