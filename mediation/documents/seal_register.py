"""The register of seals learns of an agreement's stamp from the step that records it: nobody enters it twice."""

from __future__ import annotations

from datetime import date
from typing import Any

from casemgr.documents.sealing.actions import enter
from casemgr.documents.sealing.models import SealUse
from mediation.models import Agreement


def enter_stamp(agreement: Agreement, on: date, actor: Any) -> None:
    """Confirm the use that waits since the agreement was printed; what was written elsewhere has none."""
    waiting = SealUse.objects.select_for_update().filter(
        case_id=agreement.case_id,
        status=SealUse.Status.WAITING,
        document__kind="agreement",
        document__data__agreement=agreement.pk,
        asked_on__lte=on,
    )
    for use in waiting:
        use.version += 1
        enter(use, {"sealed_on": on, "copies": agreement.copies, "note": ""}, actor)
