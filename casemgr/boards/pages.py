"""The boards of a person, each as a page and as a sheet of paper, and the cases behind a number."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casemgr.audit.access import record_access
from casemgr.boards.briefing import briefing
from casemgr.boards.definition import Asked, Board, boards_of, panels_of
from casemgr.boards.measures import concerns, counts
from casemgr.boards.models import SETTING
from casemgr.cases.rows import case_row, with_rows
from casemgr.documents.responses import file_response
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import capped_count, paginate


@require_safe
def board_home(request: HttpRequest) -> HttpResponse:
    """The first board of the person's roles."""
    own = boards_of(request.user, clock_today())
    if not own:
        raise PermissionDenied(_("None of your roles has a board."))
    return redirect("board", own[0].code)


def _board(request: HttpRequest, code: str, today: date) -> Board:
    """:raises Http404: there is none of this name, or it is not for the person's roles."""
    found = next((board for board in boards_of(request.user, today) if board.code == code), None)
    if found is None:
        raise Http404
    return found


@require_safe
def board_page(request: HttpRequest, code: str) -> HttpResponse:
    today = clock_today()
    board = _board(request, code, today)
    context = {
        "board": board,
        "boards": boards_of(request.user, today),
        "panels": panels_of(board, Asked(request.user, today)),
        "may_set": bool(request.user.role_codes(today).intersection(SETTING)),
        "today": today,
    }
    return render(request, "boards/board.html", context)


@require_safe
def board_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The board as a briefing on one page; who took it is recorded."""
    today = clock_today()
    board = _board(request, code, today)
    asked = Asked(request.user, today)
    content = briefing(board, panels_of(board, asked), asked)
    record_access(request.user, "board_printed", board=board.code)
    return file_response(content, "pdf", f"{board.title}-{today.isoformat()}", download=False)


@require_safe
def board_count(request: HttpRequest, code: str) -> HttpResponse:
    """Exactly the cases that a number of a board counts."""
    today = clock_today()
    found = counts().get(code)
    if found is None or not concerns(found, request.user, today):
        raise Http404
    cases = found.part(request.user, today, request.GET)
    page = paginate(with_rows(cases), ["-pk"], request.GET)
    context = {
        "counted": found,
        "page": page,
        "rows": [case_row(case) for case in page],
        "count": capped_count(cases),
        "today": today,
    }
    return render(request, "boards/count.html", context)
