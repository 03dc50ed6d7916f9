"""The papers of a suit in the order of their use (dossier §5.2, row “litigation”), a module per subject."""

from litigation.documents.absence import ABSENCE_STATEMENT
from litigation.documents.answer import ANSWER, EVIDENCE_LIST
from litigation.documents.appeals import APPEAL, APPEAL_ANSWER
from litigation.documents.assignment import ASSIGNMENT
from litigation.documents.identity import HEAD_CERTIFICATE, POWER_OF_ATTORNEY, REPRESENTATIVE_CERTIFICATE
from litigation.documents.motions import EVIDENCE_EXTENSION, JURISDICTION_OBJECTION
from litigation.documents.performance import PERFORMANCE_PLAN, PERFORMANCE_REPORT
from litigation.documents.replies import JUDICIAL_REPLY, PROCURATORIAL_REPLY
from litigation.documents.reports import RULING_REPORT, SESSION_REPORT

DOCUMENT_KINDS = (
    ASSIGNMENT,
    ANSWER,
    EVIDENCE_LIST,
    REPRESENTATIVE_CERTIFICATE,
    HEAD_CERTIFICATE,
    POWER_OF_ATTORNEY,
    ABSENCE_STATEMENT,
    EVIDENCE_EXTENSION,
    JURISDICTION_OBJECTION,
    APPEAL,
    APPEAL_ANSWER,
    SESSION_REPORT,
    RULING_REPORT,
    PERFORMANCE_PLAN,
    PERFORMANCE_REPORT,
    JUDICIAL_REPLY,
    PROCURATORIAL_REPLY,
)
