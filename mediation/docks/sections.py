"""On the case page: who referred the dispute, by when the answer is wanted, and the way to send it."""

from __future__ import annotations

from datetime import date
from typing import Any

from casemgr.cases.models import Referral
from casemgr.cases.referrals.docks import info
from mediation.docks.results import has_ended
from mediation.models import MediationCase

SENDABLE = ("ACCEPTED", "IN_PROGRESS")


def referral_section(case: MediationCase, user: Any, today: date) -> dict[str, Any]:
    """One query."""
    rows = Referral.objects.filter(opened_case_id=case.pk).select_related("number", "unit", "to_unit")
    return {
        "received": [
            (row, info(row.dock), row.state in SENDABLE and has_ended(case)) for row in rows.order_by("pk")[:5]
        ],
        "today": today,
    }


SECTIONS = (("mediation/_referral.html", referral_section),)
