"""The papers of mediation in the order of the 2010 forms (dossier §2, D03–D23); D01, D02, D21, D22 are the volume's."""

from mediation.documents.agreement import AGREEMENT, ORAL_REGISTER
from mediation.documents.application import APPLICATION, REGISTRATION_FORM
from mediation.documents.closing import CLOSING_REPORT, RISK_REPORT
from mediation.documents.confirmation import CONFIRMATION_APPLICATION, MEDIATION_CERTIFICATE
from mediation.documents.ending import FAILURE_NOTICE, REFUSAL_LETTER, REFUSAL_NOTICE, TERMINATION_NOTICE
from mediation.documents.identity import ELECTION, IDENTITY_SEEN, POWER_OF_ATTORNEY, REPRESENTATIVE_CERTIFICATE
from mediation.documents.performance import PERFORMANCE_RECEIPT, VISIT_RECORD
from mediation.documents.records import EVIDENCE_LIST, INQUIRY_RECORD, SESSION_RECORD
from mediation.documents.referral import ACCEPTANCE_LETTER, REFERRAL_RECEIPT, RESULT_LETTER
from mediation.documents.rights_notice import RIGHTS_NOTICE

DOCUMENT_KINDS = (
    APPLICATION,
    REGISTRATION_FORM,
    RIGHTS_NOTICE,
    IDENTITY_SEEN,
    POWER_OF_ATTORNEY,
    REPRESENTATIVE_CERTIFICATE,
    ELECTION,
    INQUIRY_RECORD,
    EVIDENCE_LIST,
    SESSION_RECORD,
    AGREEMENT,
    ORAL_REGISTER,
    PERFORMANCE_RECEIPT,
    VISIT_RECORD,
    CONFIRMATION_APPLICATION,
    MEDIATION_CERTIFICATE,
    FAILURE_NOTICE,
    TERMINATION_NOTICE,
    REFUSAL_NOTICE,
    REFUSAL_LETTER,
    REFERRAL_RECEIPT,
    ACCEPTANCE_LETTER,
    RESULT_LETTER,
    CLOSING_REPORT,
    RISK_REPORT,
)
