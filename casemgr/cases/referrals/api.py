"""Referrals through the API."""

from __future__ import annotations

from casemgr.actions.resources import Resource
from casemgr.cases.models import Referral


def _number(referral: Referral, user, today) -> str:
    return referral.number.text if referral.number else ""


REFERRALS = Resource(
    "referrals",
    Referral,
    lambda user, today: Referral.objects.visible_to(user, today).select_related("number"),
    columns=(
        *("direction", "dock", "kind", "state", "procedure", "unit", "to_procedure", "to_unit", "case", "opened_case"),
        *(
            "organ",
            "office",
            "officer",
            "phone",
            "organ_number",
            "summary",
            "legal_basis",
            "given_due_on",
            "sent_on",
            "received_on",
            "answered_on",
        ),
    ),
    computed={"number": (str, _number)},
    creating=("referral.register",),
    filters=("state", "case", "opened_case"),
)
