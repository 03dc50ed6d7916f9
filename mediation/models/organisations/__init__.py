"""Organisations of people's mediation: committees, mediators, studios, filings, docking agreements, coverage."""

from mediation.models.organisations.committees import Committee, CommitteeState
from mediation.models.organisations.coverage import CoverageSnapshot
from mediation.models.organisations.docking import DockAgreement, RosterEntry
from mediation.models.organisations.filings import Filing
from mediation.models.organisations.grades import Grade
from mediation.models.organisations.people import Engagement, Mediator, Sanction, Training
from mediation.models.organisations.policy import StudioPolicy
from mediation.models.organisations.studios import (
    Studio,
    StudioMember,
    StudioPeriod,
    StudioReview,
    StudioState,
)

__all__ = [
    "Committee",
    "CommitteeState",
    "CoverageSnapshot",
    "DockAgreement",
    "Engagement",
    "Filing",
    "Grade",
    "Mediator",
    "RosterEntry",
    "Sanction",
    "Studio",
    "StudioMember",
    "StudioPeriod",
    "StudioPolicy",
    "StudioReview",
    "StudioState",
    "Training",
]
