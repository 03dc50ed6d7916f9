"""Cases that still run at an organisation, and must be handed over before it ends."""

from __future__ import annotations

from casemgr.cases.models import Case
from casemgr.cases.queries import CaseQuerySet
from mediation.models import Committee, Studio


def open_cases_of(organisation: Studio | Committee) -> CaseQuerySet:
    """Running cases registered at the studio or committee itself."""
    if organisation.unit_id is None:
        return Case.objects.none()
    return Case.objects.of_procedure("mediation").filter(unit_id=organisation.unit_id).running()
