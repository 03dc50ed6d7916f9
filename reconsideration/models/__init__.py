"""What reconsideration keeps beside the register, one file per subject."""

from reconsideration.models.areas import ManagementAreaRow
from reconsideration.models.committee import CommitteeMember, Consultation, ConsultedMember
from reconsideration.models.evidence import Evidence, Investigation
from reconsideration.models.facts import (
    ACCEPTANCE_TESTS,
    PROCEDURE,
    AcceptanceTest,
    ReconsiderationCase,
    ReconsiderationFacts,
)
from reconsideration.models.normative import AnnexedReview, ClauseResult, NormativeDocument, NormativeFinding
from reconsideration.terms import ManagementArea

__all__ = [
    "ACCEPTANCE_TESTS",
    "PROCEDURE",
    "AcceptanceTest",
    "AnnexedReview",
    "ClauseResult",
    "CommitteeMember",
    "Consultation",
    "ConsultedMember",
    "Evidence",
    "Investigation",
    "ManagementArea",
    "ManagementAreaRow",
    "NormativeDocument",
    "NormativeFinding",
    "ReconsiderationCase",
    "ReconsiderationFacts",
]
