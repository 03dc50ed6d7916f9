"""Giving a stored file back: checked first, then streamed; nothing in it runs."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header

from casemgr.documents import files
from casemgr.pages.csp import FILE_POLICY, HEADER

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
