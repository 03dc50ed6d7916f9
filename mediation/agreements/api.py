"""Agreements, what is owed by them, what was performed, and return visits through the API: read only.

What is done with them are steps of the case. Who sees the case sees them, as on its page.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _

from casemgr.actions.resources import Resource, plain
from mediation.models import Agreement, MediationCase, Obligation, Payment, Visit
from mediation.organisations.permission import may_look


def _of_seen_cases(model: type[models.Model], lookup: str, *prefetched: str) -> Any:
    def visible(user: Any, today: date) -> models.QuerySet:
        if not may_look(user, today):
            raise PermissionDenied(_("Your roles have nothing to do with mediation."))
        seen = MediationCase.objects.visible_to(user, today).values("pk")
        return model._default_manager.filter(**{f"{lookup}__in": seen}).prefetch_related(*prefetched)

    return visible


def _signatures(agreement: Agreement, user: Any, today: date) -> list[dict[str, Any]]:
    names = ("participation_id", "kind", "signed_on", "signed_by", "special_authority", "witness")
    return [{name: plain(getattr(row, name)) for name in names} for row in agreement.signatures.all()]


AGREEMENTS = Resource(
    "agreements",
    Agreement,
    _of_seen_cases(Agreement, "case", "signatures"),
    columns=(
        *("case", "round", "number", "form", "status", "rule", "made_on", "facts", "responsibility", "content"),
        *("breach", "payment_way", "total_yuan", "copies", "mediator_signed_on", "sealed_on", "sealed_by"),
        "effective_on",
    ),
    computed={"signatures": (list[dict[str, Any]], _signatures)},
    filters=("case", "status"),
)
OBLIGATIONS = Resource(
    "obligations",
    Obligation,
    _of_seen_cases(Obligation, "agreement__case"),
    columns=(
        *("agreement", "debtor", "creditor", "kind", "subject", "amount_yuan", "instalment", "due_on", "done_on"),
        "waived_on",
    ),
    filters=("agreement",),
    through={"case": "agreement__case"},
)
PAYMENTS = Resource(
    "payments",
    Payment,
    _of_seen_cases(Payment, "obligation__agreement__case"),
    columns=("obligation", "on", "amount_yuan", "proof"),
    filters=("obligation",),
    through={"case": "obligation__agreement__case"},
)
VISITS = Resource(
    "visits",
    Visit,
    _of_seen_cases(Visit, "case"),
    columns=(
        *("case", "agreement", "visited_on", "interviewee", "reason", "performance", "satisfaction", "sued"),
        *("escalation", "action", "visitor"),
    ),
    filters=("case", "agreement"),
)
RESOURCES = (AGREEMENTS, OBLIGATIONS, PAYMENTS, VISITS)
