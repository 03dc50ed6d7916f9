"""The approval sheet as a file, and the marked differences between two versions of a paper."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casemgr.documents.approvals.reading import NOW, changes, latest_pair, versions_of
from casemgr.documents.approvals.sheet import approval_sheet
from casemgr.documents.internal import may_read_internal
from casemgr.documents.models import Document
from casemgr.documents.page import record_opening, visible_document
from casemgr.documents.rendering import render_pdf, render_word
from casemgr.documents.responses import file_response
from casemgr.pages.clock import today as clock_today


def _inner(request: HttpRequest, pk: int) -> Document:
    """The paper, for those who may read what was said of it before it went out."""
    document = visible_document(request.user, pk, clock_today())
    if not may_read_internal(request.user, document.case, clock_today()):
        raise PermissionDenied(_("The approval of a paper is an internal record of the office that handles the case."))
    return document


@require_safe
def approval_sheet_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet as it stands now, open cells empty; `?format=docx` for Word."""
    document = _inner(request, pk)
    record_opening(request.user, document, clock_today(), sheet=True)
    extension = "docx" if request.GET.get("format") == "docx" else "pdf"
    content = (render_word if extension == "docx" else render_pdf)(approval_sheet(document))
    return file_response(
        content, extension, f"审批表-{document.title}-{document.pk}", download="download" in request.GET
    )


@require_safe
def document_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Two versions against each other: `?before=1&after=now`; by default the last two that differ.

    The older one always stands on the left, however they were chosen.
    """
    document = _inner(request, pk)
    record_opening(request.user, document, clock_today(), changes=True)
    versions = versions_of(document)
    names = list(versions)
    before, after = latest_pair(versions) if versions else (NOW, NOW)
    before, after = request.GET.get("before") or before, request.GET.get("after") or after
    if before in names and after in names:
        before, after = sorted((before, after), key=names.index)
    found = changes(document, before, after)
    if names and found is None:
        raise Http404
    context = {
        "document": document,
        "case": document.case,
        "versions": [(name, label) for name, (label, _words) in versions.items()],
        "before": before,
        "after": after,
        "changes": found,
    }
    return render(request, "approvals/changes.html", context)
