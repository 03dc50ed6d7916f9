"""What reconsideration keeps beside the register, one file per subject."""

from reconsideration.models.areas import ManagementAreaRow
from reconsideration.models.committee import CommitteeMember, Consultation, ConsultedMember
from reconsideration.models.complaint import HandlingComplaint
from reconsideration.models.days import ClosedDays
from reconsideration.models.evidence import Evidence, Investigation
from reconsideration.models.facts import (
    ACCEPTANCE_TESTS,
    PROCEDURE,
    AcceptanceTest,
    ReconsiderationCase,
    ReconsiderationFacts,
)
from reconsideration.models.hearings import Hearing, HearingParty, PanelMember
from reconsideration.models.mediation import MediationHelp, MediationSession, SharedPaper
from reconsideration.models.normative import AnnexedReview, ClauseResult, NormativeDocument, NormativeFinding
from reconsideration.models.public_year import PublicYear
from reconsideration.models.publication import Publication, PublishedPaper, Redaction
from reconsideration.models.quality import (
    FileReview,
    ModelCase,
    OfficeRule,
    ReviewChecklist,
    ReviewFinding,
    ReviewRound,
)
from reconsideration.models.query_code import QueryCode
from reconsideration.models.reading import ReadingRequest
from reconsideration.models.reception import Visit
from reconsideration.terms import ManagementArea

__all__ = [
    "ACCEPTANCE_TESTS",
    "PROCEDURE",
    "AcceptanceTest",
    "AnnexedReview",
    "ClauseResult",
    "ClosedDays",
    "CommitteeMember",
    "Consultation",
    "ConsultedMember",
    "Evidence",
    "FileReview",
    "HandlingComplaint",
    "Hearing",
    "HearingParty",
    "Investigation",
    "ManagementArea",
    "ManagementAreaRow",
    "MediationHelp",
    "MediationSession",
    "ModelCase",
    "NormativeDocument",
    "NormativeFinding",
    "OfficeRule",
    "PanelMember",
    "PublicYear",
    "Publication",
    "PublishedPaper",
    "QueryCode",
    "ReadingRequest",
    "ReconsiderationCase",
    "ReconsiderationFacts",
    "Redaction",
    "ReviewChecklist",
    "ReviewFinding",
    "ReviewRound",
    "SharedPaper",
    "Visit",
]
