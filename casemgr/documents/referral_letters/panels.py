"""The letters on the page of their referral."""

from __future__ import annotations

from datetime import date
from typing import Any

from casemgr.actions import registry
from casemgr.cases.models import Referral

TEMPLATE = "referral_letters/_letters.html"
SHOWN = 50


def letters_of(referral: Referral, user: Any, today: date) -> dict[str, Any]:
    return {
        "letters": list(referral.letters.select_related("added_by").order_by("id")[:SHOWN]),
        "may_change": registry.get("referral.add_letter").is_permitted(referral, user, today),
    }
