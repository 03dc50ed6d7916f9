"""Who may refer a dispute away: each procedure may say so in `Procedure.extra["sender"]`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from casemgr.cases.models import Referral
from casemgr.cases.procedure import get_procedure

Withheld = Callable[[Referral, Any, date], str]
"""`(referral, actor, today)` → why this person may not make or send it, and whom to ask; empty when they may."""


@dataclass(frozen=True)
class Sender:
    """The roles of the step let a person prepare and send referrals; `withheld` takes some of them back."""

    withheld: Withheld


def withheld(referral: Referral, actor: Any, today: date) -> str:
    """What the procedure of the referral's case has against this person's sending it; empty when nothing."""
    if referral.case_id is None:
        return ""
    sender = get_procedure(referral.procedure).extra.get("sender")
    return sender.withheld(referral, actor, today) if isinstance(sender, Sender) else ""
