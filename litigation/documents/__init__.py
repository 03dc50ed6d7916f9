"""The papers of a suit in the order of their use (dossier §5.2, row “litigation”), a module per subject."""

from litigation.documents.answer import ANSWER, EVIDENCE_LIST
from litigation.documents.assignment import ASSIGNMENT

DOCUMENT_KINDS = (
    ASSIGNMENT,
    ANSWER,
    EVIDENCE_LIST,
)
