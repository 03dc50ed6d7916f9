"""Pages of handovers to supervision organs. Each look at one, and at the list of them, is recorded."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.record_pages import action_page, new_page, one, steps, today_for
from casemgr.audit.access import record_access
from casemgr.documents.clues import sources
from casemgr.documents.clues.letter import is_draft, letter_file
from casemgr.documents.clues.models import Transfer
from casemgr.documents.responses import file_response
from casemgr.pages.pagination import paginate

JOINED = ("number", "unit", "drafted_by", "released_by")


def demand_part(user: object, today: date) -> None:
    """:raises PermissionDenied: no role of the person has to do with such records."""
    if not sources.takes_part(user, today):
        raise PermissionDenied(_("Your roles have nothing to do with this."))


_require = today_for(demand_part)


@require_safe
def clue_list(request: HttpRequest) -> HttpResponse:
    """The person's own drafts, and for readers all of their office, the newest first."""
    today = _require(request)
    rows = Transfer.objects.visible_to(request.user, today).select_related("number", "drafted_by")
    page = paginate(rows, ["-drafted_on", "-pk"], request.GET)
    if page:
        record_access(request.user, "clues_listed", rows=len(page))
    return render(request, "clues/list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def clue_new(request: HttpRequest) -> HttpResponse:
    """`?about=suit:17` says what the facts are about; other pages lead here with it."""
    initial = {"about": request.GET.get("about", "")[:60]}
    return new_page(request, "clues.draft", "clue_list", initial, requires=_require, template="clues/new.html")


@require_safe
def clue_detail(request: HttpRequest, pk: int) -> HttpResponse:
    today = _require(request)
    transfer = one(request, Transfer, pk, today, *JOINED)
    record_access(request.user, "clue_opened", transfer)
    context = {
        "transfer": transfer,
        "answers": transfer.answers.all(),
        "concerned": transfer.concerned.select_related("unit"),
        "is_draft": is_draft(transfer),
        **steps(transfer, request, today),
    }
    return render(request, "clues/detail.html", context)


@require_safe
def clue_letter(request: HttpRequest, pk: int, extension: str) -> HttpResponse:
    """The letter, or with `?receipt` its receipt, as PDF or Word (`docx`); of a draft marked as one."""
    today = _require(request)
    if extension not in ("pdf", "docx"):
        raise Http404
    transfer = one(request, Transfer, pk, today, *JOINED)
    record_access(request.user, "clue_opened", transfer, letter=extension)
    is_receipt = "receipt" in request.GET
    content = letter_file(transfer, extension, today, is_receipt=is_receipt)
    name = f"{'移送回执' if is_receipt else '移送函'}-{transfer.pk}"
    return file_response(content, extension, name, download="download" in request.GET)


@require_http_methods(["GET", "HEAD", "POST"])
def clue_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    transfer = one(request, Transfer, pk, _require(request), *JOINED)
    record_access(request.user, "clue_opened", transfer, step=name)
    return action_page(request, transfer, name, "clue_list")
