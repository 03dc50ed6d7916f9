"""The description of the API as a document; nobody's data are in it, so nobody needs a token for it."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Router

router = Router()


@router.get("/openapi.json", auth=None, include_in_schema=False, url_name="openapi")
def openapi_document(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1."""
    return JsonResponse(document(), encoder=DjangoJSONEncoder, json_dumps_params={"ensure_ascii": False})


@cache
def document() -> dict[str, Any]:
    """Made once per process."""
    from casemgr.web.api.urls import api

    return api.get_openapi_schema()
