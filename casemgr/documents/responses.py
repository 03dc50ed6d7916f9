"""Stored or rendered bytes as an answer that no cache keeps."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header

from casemgr.documents import files


def file_response(content: bytes, extension: str, name: str, *, download: bool) -> HttpResponse:
    """`name` without extension, as the person's computer shows it."""
    response = HttpResponse(content, content_type=files.CONTENT_TYPES[extension])
    response["Content-Disposition"] = content_disposition_header(download, f"{name}.{extension}")
    add_never_cache_headers(response)
    return response
