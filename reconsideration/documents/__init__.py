"""The papers of reconsideration, one module per kind (dossier §5.2)."""

from reconsideration.documents.acceptance_notice import ACCEPTANCE_NOTICE
from reconsideration.documents.address_confirmation import ADDRESS_CONFIRMATION
from reconsideration.documents.annexed import ANNEX_NOTICE, ANNEX_TRANSFER
from reconsideration.documents.committee_record import COMMITTEE_RECORD
from reconsideration.documents.conversion import CONVERSION_NOTICE
from reconsideration.documents.copy_letter import COPY_LETTER
from reconsideration.documents.correction_notice import CORRECTION_NOTICE
from reconsideration.documents.decision import DECISION
from reconsideration.documents.dismissal import DISMISSAL
from reconsideration.documents.enforcement_application import ENFORCEMENT_APPLICATION
from reconsideration.documents.evidence_list import EVIDENCE_LIST
from reconsideration.documents.extension import EXTENSION_NOTICE
from reconsideration.documents.hearing_notice import HEARING_NOTICE
from reconsideration.documents.hearing_record import HEARING_RECORD
from reconsideration.documents.inner_papers import INTERNAL
from reconsideration.documents.investigation_record import INVESTIGATION_RECORD
from reconsideration.documents.mediation_paper import MEDIATION_PAPER
from reconsideration.documents.not_handled import NOT_HANDLED_NOTICE
from reconsideration.documents.opinion_letter import OPINION_LETTER, SUGGESTION_LETTER
from reconsideration.documents.party_forms import PARTY_FORMS
from reconsideration.documents.performance_order import CRITICISM, INTERVIEW_RECORD, PERFORMANCE_ORDER
from reconsideration.documents.reading_register import READING_REGISTER
from reconsideration.documents.receipt import RECEIPT
from reconsideration.documents.records import OPINION_RECORD, ORAL_RECORD
from reconsideration.documents.refusal import REFUSAL
from reconsideration.documents.reply_notice import REPLY_NOTICE
from reconsideration.documents.service_notice import SERVICE_NOTICE
from reconsideration.documents.service_receipt import SERVICE_RECEIPT
from reconsideration.documents.settlement_agreement import SETTLEMENT_AGREEMENT
from reconsideration.documents.stop_answers import STOP_END, STOP_REFUSAL
from reconsideration.documents.stop_order import STOP_ORDER
from reconsideration.documents.superior import HANDOVER_LETTER, SUPERIOR_REQUEST, TAKEN_UP_NOTICE
from reconsideration.documents.suspension import ADDED_GROUND_NOTICE, RESUMPTION_NOTICE, SUSPENSION_NOTICE
from reconsideration.documents.termination import TERMINATION
from reconsideration.documents.third_party_notice import THIRD_PARTY_NOTICE
from reconsideration.documents.withdrawal_permission import WITHDRAWAL_PERMISSION

DOCUMENT_KINDS = (
    RECEIPT,
    CORRECTION_NOTICE,
    REFUSAL,
    NOT_HANDLED_NOTICE,
    ACCEPTANCE_NOTICE,
    REPLY_NOTICE,
    THIRD_PARTY_NOTICE,
    HEARING_NOTICE,
    HEARING_RECORD,
    DECISION,
    SUSPENSION_NOTICE,
    ADDED_GROUND_NOTICE,
    RESUMPTION_NOTICE,
    ANNEX_NOTICE,
    ANNEX_TRANSFER,
    EXTENSION_NOTICE,
    CONVERSION_NOTICE,
    STOP_ORDER,
    STOP_REFUSAL,
    STOP_END,
    MEDIATION_PAPER,
    SUPERIOR_REQUEST,
    HANDOVER_LETTER,
    TAKEN_UP_NOTICE,
    TERMINATION,
    DISMISSAL,
    OPINION_LETTER,
    SUGGESTION_LETTER,
    PERFORMANCE_ORDER,
    INTERVIEW_RECORD,
    CRITICISM,
    COPY_LETTER,
    ENFORCEMENT_APPLICATION,
    WITHDRAWAL_PERMISSION,
    SETTLEMENT_AGREEMENT,
    *PARTY_FORMS,
    ORAL_RECORD,
    OPINION_RECORD,
    *INTERNAL,
    SERVICE_RECEIPT,
    ADDRESS_CONFIRMATION,
    SERVICE_NOTICE,
    EVIDENCE_LIST,
    INVESTIGATION_RECORD,
    COMMITTEE_RECORD,
    READING_REGISTER,
)
