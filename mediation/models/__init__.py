"""Rows of people's mediation beside the register."""

from mediation.models.agreement import Agreement, AgreementSignature, Obligation, Payment, Visit
from mediation.models.case import PROCEDURE, Consent, MediationCase, MediationFacts
from mediation.models.confirmation import Confirmation
from mediation.models.process import Attendee, CaseMediator, Inquiry, Session
from mediation.models.risk import Risk, RiskReport

__all__ = [
    "PROCEDURE",
    "Agreement",
    "AgreementSignature",
    "Attendee",
    "CaseMediator",
    "Confirmation",
    "Consent",
    "Inquiry",
    "MediationCase",
    "MediationFacts",
    "Obligation",
    "Payment",
    "Risk",
    "RiskReport",
    "Session",
    "Visit",
]
