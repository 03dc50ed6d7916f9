"""Rows of people's mediation beside the register."""

from mediation.models.agreement import Agreement, AgreementSignature, Obligation, Payment, Visit
from mediation.models.case import PROCEDURE, Consent, MediationCase, MediationFacts
from mediation.models.confirmation import Confirmation
from mediation.models.organisations import (
    Committee,
    CommitteeState,
    CoverageSnapshot,
    DockAgreement,
    Engagement,
    Filing,
    Grade,
    Mediator,
    RosterEntry,
    Sanction,
    Studio,
    StudioMember,
    StudioPeriod,
    StudioPolicy,
    StudioReview,
    StudioState,
    Training,
)
from mediation.models.process import Attendee, CaseMediator, Inquiry, Session, SignedHow
from mediation.models.risk import Risk, RiskReport

__all__ = [
    "PROCEDURE",
    "Agreement",
    "AgreementSignature",
    "Attendee",
    "CaseMediator",
    "Committee",
    "CommitteeState",
    "Confirmation",
    "Consent",
    "CoverageSnapshot",
    "DockAgreement",
    "Engagement",
    "Filing",
    "Grade",
    "Inquiry",
    "MediationCase",
    "MediationFacts",
    "Mediator",
    "Obligation",
    "Payment",
    "Risk",
    "RiskReport",
    "RosterEntry",
    "Sanction",
    "Session",
    "SignedHow",
    "Studio",
    "StudioMember",
    "StudioPeriod",
    "StudioPolicy",
    "StudioReview",
    "StudioState",
    "Training",
    "Visit",
]
