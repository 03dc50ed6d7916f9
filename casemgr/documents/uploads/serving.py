"""Giving a stored file back: checked first, then streamed; nothing in it runs."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from casemgr.documents import files
from casemgr.documents.responses import damaged_page
from casemgr.documents.uploads.models import KeptFile
from casemgr.pages.csp import FILE_POLICY, HEADER
from casemgr.pages.errors import error_page

INLINE = ("application/pdf",)
INLINE_POLICY = FILE_POLICY.replace("; sandbox", "") + "; style-src 'unsafe-inline'"
"""For a PDF without anything that acts: browsers show no PDF at all in a sandbox."""


def file_answer(name: str, sha256: str, media_type: str, shown: str, *, inline: bool) -> FileResponse:
    """The stored bytes under a name of ours. :raises FileDamaged: they are gone or changed."""
    files.check(name, sha256)
    is_inline = inline and media_type in INLINE
    answer = FileResponse(default_storage.open(name), content_type=media_type)
    answer["Content-Disposition"] = content_disposition_header(not is_inline, f"{shown}.{name.rpartition('.')[2]}")
    answer[HEADER] = INLINE_POLICY if is_inline else FILE_POLICY
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Accept-Ranges"] = "none"
    add_never_cache_headers(answer)
    return answer


def kept_answer(
    request: HttpRequest, kept: KeptFile, shown: str, back: str, *, original: bool = False
) -> HttpResponse | FileResponse:
    """The file, or what it was made from, under the name `shown`; who may see it is for the caller to judge.

    A PDF without anything that acts is shown, all else is given for download. :raises Http404: there is no original
    """
    if original and not kept.original_file:
        raise Http404
    if kept.is_locked:
        text = _("The malware scanner found something in this file after it was kept: nobody opens it.")
        return error_page(request, 409, message=text, back=back)
    stored = kept.file, kept.sha256, kept.media_type
    if original:
        stored = kept.original_file, kept.original_sha256, kept.original_type
    inline = not (original or kept.is_inert or "download" in request.GET)
    try:
        return file_answer(*stored, shown, inline=inline)
    except files.FileDamaged:
        return damaged_page(request, back)
