"""On the case page: what departments did about the same dispute."""

from __future__ import annotations

from datetime import date
from typing import Any

from mediation.models import AdministrativeMediation, MediationCase


def administrative_section(case: MediationCase, user: Any, today: date) -> dict[str, Any]:
    """One query."""
    rows = AdministrativeMediation.objects.standing().filter(links__case_id=case.pk)
    return {"records": rows.select_related("number", "organ").order_by("begun_on", "pk")}


SECTIONS = (("mediation/_administrative.html", administrative_section),)
