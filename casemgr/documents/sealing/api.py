"""The register of seals through the API."""

from __future__ import annotations

from casemgr.actions.resources import Resource
from casemgr.documents.sealing.models import SealUse

SEAL_USES = Resource(
    "seal-uses",
    SealUse,
    lambda user, today: SealUse.objects.visible_to(user, today),
    columns=(
        *("number_text", "unit", "seal_name", "document", "case", "title", "paper_number", "copies", "purpose", "note"),
        *("approved_by", "approved_on", "status", "asked_on", "sealed_by", "sealed_on", "reason"),
    ),
    creating=("sealing.register",),
    filters=("status", "case", "document"),
)
