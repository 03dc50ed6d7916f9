"""Letters of referrals through the API. One is added by `referral.add_letter` of its referral, as multipart."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from casemgr.actions.resources import Resource
from casemgr.documents.referral_letters import pages
from casemgr.documents.referral_letters.models import ReferralLetter
from casemgr.pages.api.operations import Id

router = Router()
LETTERS = Resource(
    "referral-letters",
    ReferralLetter,
    lambda user, today: ReferralLetter.objects.visible_to(user, today),
    columns=(
        *("referral", "title", "received_on", "added_by", "sha256", "size", "media_type", "pages", "original_name"),
        *("features", "is_inert", "scan", "withdrawn_on", "withdrawn_reason"),
    ),
    filters=("referral",),
)
_BYTES: dict[str, Any] = {
    "responses": {
        200: {"description": "The bytes", "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}
    }
}


@router.get("/{record_id}/file", openapi_extra=_BYTES)
def get_letter_file(request: HttpRequest, record_id: Id) -> HttpResponse:
    """The file as it is kept, by the page's checks."""
    return pages.letter_file(request, record_id)
