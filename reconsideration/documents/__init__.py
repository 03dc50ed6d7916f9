"""The papers of reconsideration, one module per kind (dossier §5.2)."""

from reconsideration.documents.acceptance_notice import ACCEPTANCE_NOTICE
from reconsideration.documents.correction_notice import CORRECTION_NOTICE
from reconsideration.documents.decision import DECISION
from reconsideration.documents.receipt import RECEIPT
from reconsideration.documents.refusal import REFUSAL
from reconsideration.documents.reply_notice import REPLY_NOTICE
from reconsideration.documents.service_receipt import SERVICE_RECEIPT

DOCUMENT_KINDS = (RECEIPT, CORRECTION_NOTICE, REFUSAL, ACCEPTANCE_NOTICE, REPLY_NOTICE, DECISION, SERVICE_RECEIPT)
