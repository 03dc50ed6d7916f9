"""Agents and representatives before a mediation committee; the Mediation Law says nothing, the general texts do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from casemgr.cases import events
from casemgr.cases.models import Case, Matter, Participation
from casemgr.cases.representation.law import ElectionRule, RepresentationLaw
from mediation.terms import DisputeType

Role = Participation.Role
NUMEROUS = 10
"""Interpretation of the Civil Procedure Law, art. 75; Labour Disputes Law, art. 7: ten and more."""
GUARDIAN = "《民法典》第23条"
POWER = "《民法典》第165条"
CONSENT = "《民事诉讼法》第56条"


def election(case: Case, side: str, members: int, day: date) -> ElectionRule | None:
    """Ten or more elect two to five (Interpretation, art. 75, 78); workers by Labour Disputes Law, art. 7."""
    if members < NUMEROUS:
        return None
    if case.facts.dispute_type == DisputeType.LABOUR and side == Role.APPLICANT:
        return ElectionRule(1, 5, "《劳动争议调解仲裁法》第7条")
    return ElectionRule(2, 5, "《民诉解释》第75条、第78条")


def consent(case: Case, day: date) -> Mapping[str, str]:
    """Civil Procedure Law, art. 56: to change or give up claims, to admit, to settle."""
    return dict.fromkeys((Matter.CHANGE_REQUESTS, Matter.ADMIT, Matter.SETTLE), CONSENT)


REPRESENTATION = RepresentationLaw(
    agents=lambda case, role, profession, day: None,
    authority=lambda case, day: POWER,
    election=election,
    consent=consent,
    applied_on=lambda case: events.day_of(case, "application_received", "registered"),
    statutory=lambda case: GUARDIAN,
    groups=(Role.APPLICANT, Role.RESPONDENT),
    persons=(Role.APPLICANT, Role.RESPONDENT, Role.THIRD_PARTY),
    bars_acceptance=False,
)
