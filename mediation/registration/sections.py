"""What registration and intake add to the case page: source, matter, consents, examination, reports."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from casemgr.cases import events
from casemgr.cases.models import Participation
from mediation.exclusions import EXCLUSIONS, Effect, found_codes, to_be_reported
from mediation.guards.intake import CONDITIONS
from mediation.models import MediationCase
from mediation.registration.people import SIDES
from mediation.terms import RiskFlag, Route


def dispute_section(case: MediationCase, user: Any, today: date) -> dict[str, Any]:
    """Two queries besides what the page has loaded."""
    facts = case.facts
    parts = Participation.objects.filter(case_id=case.pk, left_on__isnull=True, role__in=SIDES)
    parts = parts.select_related("mediation_consent").order_by("pk")
    happened = events.facts_of(case)
    reported = {fact.data.get("ground") for fact in happened if fact.kind == "duty_report"}
    refused = events.last_of(happened, "refused")
    found = [EXCLUSIONS[code] for code in found_codes(facts)]
    return {
        "facts": facts,
        "requested": timezone.localtime(facts.requested_at) if facts.requested_at else None,
        "consents": [(part, getattr(part, "mediation_consent", None)) for part in parts],
        "risks": [RiskFlag(code).label for code in facts.risk_flags if code in RiskFlag.values],
        "examined": facts.findings.get("examined"),
        "conditions": [(label, facts.findings.get(code, {}).get("found", False)) for code, label in CONDITIONS.items()],
        "found": [(rule, rule.effect(facts) == Effect.STOPS) for rule in found],
        "owed": [rule for rule in to_be_reported(facts) if rule.code not in reported],
        "advice": [Route(code).label for code in facts.advice if code in Route.values],
        "refused": refused,
    }


SECTIONS = (("mediation/_dispute.html", dispute_section),)
