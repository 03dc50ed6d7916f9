"""What issuing and withdrawing a paper write into the register."""

from __future__ import annotations

from casemgr.documents.models import Document
from casemgr.documents.sealing.models import SealUse

Status = SealUse.Status


def ask_for_seal(document: Document) -> None:
    """An issued paper that bears a seal is to be sealed; whoever signed it has approved that."""
    if not document.seal_name:
        return
    use = SealUse(
        unit_id=document.case.unit_id,
        seal_name=document.seal_name,
        document=document,
        case_id=document.case_id,
        title=document.title,
        paper_number=document.number_text,
        copies=max(1, document.unserved_count) + 1,  # one for each recipient, one for the file
        approved_by_id=document.signer_id,
        approved_on=document.signed_on,
        asked_on=document.issued_on,
    )
    use.save()


def drop_request(document: Document, reason: str) -> None:
    """The paper was withdrawn before anybody sealed it; a stamp already made stays in the register."""
    for use in SealUse.objects.select_for_update().filter(document=document, status=Status.WAITING):
        use.status, use.reason = Status.DROPPED, reason[:300]
        use.version += 1
        use.save()
