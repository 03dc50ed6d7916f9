"""Stored or rendered bytes as an answer that no cache keeps."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from casemgr.documents import files
from casemgr.pages.errors import error_page


def damaged_page(request: HttpRequest, back: str) -> HttpResponse:
    """In place of a stored file whose bytes are gone or are not those whose digest is kept."""
    message = _("The stored file is missing or was changed: it is not shown. Restore it from a backup.")
    return error_page(request, 500, message=message, back=back)


def file_response(content: bytes, extension: str, name: str, *, download: bool) -> HttpResponse:
    """`name` without extension, as the person's computer shows it."""
    response = HttpResponse(content, content_type=files.CONTENT_TYPES[extension])
    response["Content-Disposition"] = content_disposition_header(download, f"{name}.{extension}")
    add_never_cache_headers(response)
    return response
