"""Who opens a case for an accepted referral: each procedure may name a receiver in `Procedure.extra["receiver"]`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from casemgr.cases.models import Case, Referral
from casemgr.cases.procedure import procedures

Open = Callable[[Referral, Any, date], Case]
"""`(referral, actor, today)` → the case registered for it, by the procedure's own action."""


@dataclass(frozen=True)
class Receiver:
    """`docks`: from whom the procedure takes disputes; `open_case` runs inside the acceptance."""

    docks: tuple[str, ...]
    open_case: Open


def receiver_of(procedure: str, dock: str) -> Receiver | None:
    """The procedure's receiver, if it takes disputes from this dock."""
    for known in procedures():
        receiver = known.extra.get("receiver")
        if known.code == procedure and isinstance(receiver, Receiver) and dock in receiver.docks:
            return receiver
    return None
