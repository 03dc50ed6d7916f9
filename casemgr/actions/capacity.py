"""In whose place somebody acts: the row that knows absences names both people for history and events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

Namer = Callable[[Any, Any, Any, date], str]
"""`(action, subject, actor, today)` → both names, or empty when the actor acts for themselves."""
_namers: list[Namer] = []


def register(namer: Namer) -> None:
    if namer not in _namers:
        _namers.append(namer)


def values_of(action: Any, subject: Any, actor: Any, today: date) -> dict[str, str]:
    """What the audit context takes besides the actor's own name."""
    name = next((name for namer in _namers if (name := namer(action, subject, actor, today))), "")
    return {"actor_name": name} if name else {}
