"""Materials through the API. One is added by the action `material.add` of its case, as multipart with `files`."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from casemgr.actions.resources import Resource
from casemgr.documents.uploads import views
from casemgr.documents.uploads.models import Material
from casemgr.organisation.tokens.scopes import write_to
from casemgr.pages.api.operations import Id

router = Router()
MATERIALS = Resource(
    "materials",
    Material,
    lambda user, today: Material.objects.visible_to(user, today).select_related("case"),
    columns=(
        *("case", "document", "kind", "title", "note", "received_on", "received_from", "added_by", "sha256", "size"),
        *("media_type", "pages", "original_name", "features", "is_inert", "is_secret", "scan", "withdrawn_on"),
        "withdrawn_reason",
    ),
    filters=("case", "document", "kind"),
    writing=lambda material: write_to(material.case.procedure),
)
_BYTES: dict[str, Any] = {
    "responses": {
        200: {"description": "The bytes", "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}
    }
}


@router.get("/{record_id}/file", openapi_extra=_BYTES)
def get_material_file(request: HttpRequest, record_id: Id) -> HttpResponse:
    """The file as it is kept, by the page's checks; opening one of a restricted case is recorded."""
    return views.material_file(request, record_id)


@router.get("/{record_id}/original", openapi_extra=_BYTES)
def get_material_original(request: HttpRequest, record_id: Id) -> HttpResponse:
    """What the file was made from, as it came."""
    return views.material_original(request, record_id)
