"""What is due by the ladder, the letters, one letter with its files, and its steps."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.performing import is_allowed
from casemgr.actions.record_pages import action_page, new_page, one, steps
from casemgr.documents.files import FileDamaged
from casemgr.documents.rendering import render_pdf, render_word
from casemgr.documents.responses import damaged_page, file_response
from casemgr.pages.pagination import paginate
from litigation.backlog.asking import FORM, demand_backlog, sees_all, year_asked
from litigation.backlog.letters.escalation import due
from litigation.backlog.letters.text import definition_of
from litigation.models import UnitLetter
from litigation.models.pressing import PressingState

DRAFT = "unit_letter.draft"


@require_safe
def letter_list(request: HttpRequest) -> HttpResponse:
    """Letters, the newest first; for the bureau what is due by the year's ladder stands above."""
    today = demand_backlog(request)
    year = year_asked(request, today)
    rows = UnitLetter.objects.visible_to(request.user, today).select_related("unit", "number", "year")
    state = request.GET.get("state", "")
    if state in PressingState.values:
        rows = rows.filter(state=state)
    is_over_all = sees_all(request, today)
    context = {
        "page": paginate(rows, ["-pk"], request.GET),
        "year": year,
        "due": due(year, request.user, today) if year is not None and is_over_all else [],
        "state": state,
        "states": PressingState.choices,
        "may_enter": is_allowed(request, DRAFT, None, today),
        "today": today,
    }
    return render(request, "litigation/backlog/letters.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def letter_new(request: HttpRequest) -> HttpResponse:
    """`?unit=&matter=&kind=` fill it in from what is due."""
    today = demand_backlog(request)
    year = year_asked(request, today)
    initial = {"year": year, **{name: request.GET.get(name, "") for name in ("unit", "matter", "kind")}}
    return new_page(request, DRAFT, "backlog_letters", initial, template=FORM, requires=demand_backlog)


@require_safe
def letter_detail(request: HttpRequest, pk: int) -> HttpResponse:
    today = demand_backlog(request)
    letter = one(request, UnitLetter, pk, today, "unit", "number", "year", "drafted_by", "approved_by")
    context = {"letter": letter, "today": today, **steps(letter, request, today)}
    return render(request, "litigation/backlog/letter.html", context)


@require_safe
def letter_file(request: HttpRequest, pk: int) -> HttpResponse:
    """PDF, or Word by `?format=docx`: the bytes that were sent; before that a draft with its mark."""
    today = demand_backlog(request)
    letter = one(request, UnitLetter, pk, today, "unit", "number", "year")
    file_format = request.GET.get("format", "pdf")
    if file_format not in ("pdf", "docx") or letter.state == PressingState.WITHDRAWN:
        raise Http404
    if not letter.is_sent:
        made = render_pdf if file_format == "pdf" else render_word
        content = made(definition_of(letter, None), draft=True)
    else:
        try:
            content = letter.content(file_format)
        except FileDamaged:
            return damaged_page(request, letter.get_absolute_url())
    is_kept = file_format == "docx" or "download" in request.GET
    return file_response(content, file_format, f"{letter}-{letter.pk}", download=is_kept)


@require_http_methods(["GET", "HEAD", "POST"])
def letter_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    letter = one(request, UnitLetter, pk, demand_backlog(request), "unit", "number", "year")
    return action_page(request, letter, name, "backlog_letters", template=FORM)
