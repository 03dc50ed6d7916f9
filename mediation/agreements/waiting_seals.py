"""What waits for the seal of a committee, on the first page of who keeps it."""

from __future__ import annotations

from datetime import date
from typing import Any

from casemgr.organisation.scope import ALL, scope
from mediation.models import Agreement
from mediation.terms import AgreementForm

KEEPERS = ("committee",)
MOST = 12


def waiting_context(user: Any, today: date) -> dict[str, Any]:
    """Agreements that everybody signed but for the seal; empty, without a query, for who keeps none."""
    if not user.role_codes(today).intersection(KEEPERS):
        return {"waiting": []}
    rows = Agreement.objects.filter(
        form=AgreementForm.WRITTEN,
        status=Agreement.Status.DRAFT,
        rule=Agreement.Rule.ORDINARY,
        mediator_signed_on__isnull=False,
        sealed_on__isnull=True,
    )
    units = scope(user, today).units_of_role(KEEPERS)
    if units is not ALL:
        rows = rows.filter(case__mediation_facts__committee__in=units)
    return {"waiting": list(rows.select_related("case").order_by("mediator_signed_on", "pk")[:MOST])}
