"""A paper's files, and how it looks in print."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casemgr.documents import files, page
from casemgr.documents.downloads import NoSuchFile, paper_file
from casemgr.documents.responses import file_response
from casemgr.documents.states import DocumentState
from casemgr.pages.clock import today as clock_today
from casemgr.pages.errors import error_page


@require_safe
def document_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The issued bytes, checked against their digest; of an unfinished paper a draft with a mark.

    `?format=docx` gives Word, `?download=1` a file to keep.
    """
    document = page.visible_document(request.user, pk, clock_today())
    file_format = request.GET.get("format", "pdf")
    if document.state == DocumentState.VOID or file_format not in ("pdf", "docx"):
        raise Http404
    back = reverse("document_detail", args=[document.pk])
    try:
        file = paper_file(document, file_format)
    except NoSuchFile:
        message = _("This paper was issued before Word files were kept: it has its PDF only.")
        return error_page(request, 404, message=message, back=back)
    except files.FileDamaged:
        message = _("The stored file is missing or was changed after issue: it is not shown. Restore it from a backup.")
        return error_page(request, 500, message=message, back=back)
    page.record_opening(request.user, document, clock_today())
    is_kept = file_format == "docx" or "download" in request.GET
    return file_response(file.content, file_format, file.name.rpartition(".")[0], download=is_kept)
