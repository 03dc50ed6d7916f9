"""From a lead to the registration form: what is known is filled in (dossier §1.1, A2; §1.4, T2)."""

from __future__ import annotations

from typing import Any

from mediation.models import Lead
from mediation.registration.choices import area_of
from mediation.terms import LeadSource, SubSource

SUB_SOURCES = {
    LeadSource.PATROL: SubSource.PATROL,
    LeadSource.GRID: SubSource.GRID,
    LeadSource.CAMPAIGN: SubSource.CAMPAIGN,
    LeadSource.MEDIATOR: SubSource.MEDIATOR,
}


def entries_of(lead: Lead) -> dict[str, Any]:
    """Of own motion is recorded how it was found, and the number of the lead. Whose dispute it is, is typed."""
    campaign = lead.campaign.name if lead.campaign else ""
    told = (str(lead), str(lead.get_source_display()), lead.found_by, lead.found_on.isoformat(), campaign)
    return {
        "lead": lead.pk,
        "dispute_type": lead.sub_type or lead.dispute_type,
        "place": lead.place,
        "town": area_of(lead.unit),
        "unit": lead.unit,
        "summary": lead.summary,
        "number_of_people": lead.people,
        "risk_flags": lead.risk_flags,
        "sub_source": SUB_SOURCES.get(lead.source, SubSource.OTHER),
        "found_how": "，".join(filter(None, told))[:200],
    }
