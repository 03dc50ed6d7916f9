"""A paper's files, and how it looks in print."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions import registry
from casemgr.actions.action import ActionContext
from casemgr.documents import files, page
from casemgr.documents.downloads import NoSuchFile, paper_file
from casemgr.documents.responses import file_response
from casemgr.documents.states import DocumentState
from casemgr.pages.clock import today as clock_today
from casemgr.pages.errors import error_page
from casemgr.pages.requests import action_input


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


@require_http_methods(["GET", "HEAD", "POST"])
def document_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheets of a draft for the page that edits it: as it is saved, or (POST) as it reads with what was typed.

    Nothing is saved.
    """
    today = clock_today()
    document = page.visible_document(request.user, pk, today)
    action = registry.get("document.edit")
    if not document.is_editable:
        raise Http404
    if not action.is_permitted(document, request.user, today):
        raise PermissionDenied
    problem = ""
    if request.method == "POST":
        sent = action_input(request)
        form = action.build_form(document, sent.data, None, request.user, today)
        if form.is_valid():
            action.change(document, form.cleaned_data, ActionContext(request.user, today, form))
        else:
            problem = _("The preview waits: something in the form is not right yet.")
    sheets = [] if problem else page.sheets(document)
    return render(request, "documents/_sheets.html", {"sheets": sheets, "problem": problem})
