"""Pages for requests about personal data: the list, one request with its steps, and the compiled file."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casemgr.actions import registry
from casemgr.actions.performing import attempt, blank
from casemgr.audit.access import record_access
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import paginate
from casemgr.pages.sheets.writing import workbook, workbook_answer
from casemgr.parties.data_requests.actions import Compile, RequestAction
from casemgr.parties.data_requests.holdings import sheets
from casemgr.parties.data_requests.law import BASIS, REFUSAL_ARTICLES, SUIT, cited
from casemgr.parties.data_requests.scope import visible_requests
from casemgr.parties.models import DataRequest
from casemgr.parties.rows import party_row
from casemgr.parties.scope import in_scope, may_handle

OPEN = ("RECEIVED", "IDENTIFIED")


@require_safe
def data_request_list(request: HttpRequest) -> HttpResponse:
    """Of the units in reach, newest first; `open=1`: only those not answered yet."""
    today = clock_today()
    if not request.user.role_codes(today):
        raise PermissionDenied
    found = visible_requests(request.user, today).select_related("party", "unit", "registered_by")
    only_open = request.GET.get("open") == "1"
    if only_open:
        found = found.filter(state__in=OPEN)
    page = paginate(found, ["-pk"], request.GET)
    known = in_scope(request.user, [row.party for row in page], today)
    rows = [
        (row, row.party.shown_name(row.party_id in known, today), row.is_open and row.due_on < today) for row in page
    ]
    return render(request, "parties/requests/list.html", {"page": page, "rows": rows, "only_open": only_open})


def _visible(request: HttpRequest, pk: int) -> DataRequest:
    joined = ("party", "unit", "registered_by", "identified_by", "answered_by")
    return get_object_or_404(visible_requests(request.user, clock_today()).select_related(*joined), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def data_request_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One request; each look at it is recorded."""
    today = clock_today()
    found = _visible(request, pk)
    handles = may_handle(request.user, found.party, today)
    status, form, name = 200, None, request.POST.get("action", "")
    if request.method == "POST":
        action = registry.every().get(name)
        if not isinstance(action, RequestAction) or not action.listed:
            raise PermissionDenied
        outcome = attempt(request, name, found, today)
        if outcome.result is not None:
            messages.success(request, _("Done: %(action)s") % {"action": action.label})
            return redirect("data_request_detail", pk)
        form, status = outcome.form, outcome.status
    record_access(request.user, "data_request_opened", found)
    offers = registry.offers(found, request.user, today) if handles else []
    compiling = registry.get(Compile.name)
    context = {
        "request_row": found,
        "row": party_row(found.party, handles, today),
        "basis": cited(BASIS[found.kind]),
        "refusal_basis": cited(REFUSAL_ARTICLES[found.ground]) if found.ground else "",
        "suit_basis": cited(SUIT),
        "may_compile": handles
        and compiling.is_permitted(found, request.user, today)
        and compiling.state_refusal(found, today) is None,
        "offered": [
            (offer, form if offer.action.name == name and form else blank(request, offer.action.name, found, today))
            for offer in offers
        ],
    }
    response = render(request, "parties/requests/detail.html", context, status=status)
    add_never_cache_headers(response)
    return response


@require_POST
def data_request_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The compiled file, in full for the person; making it is recorded."""
    today = clock_today()
    found = _visible(request, pk)
    outcome = attempt(request, Compile.name, found, today)
    if outcome.result is None:
        return redirect("data_request_detail", pk)
    reason = _("Request no. %(id)s of %(day)s") % {"id": found.pk, "day": found.received_on.isoformat()}
    record_access(request.user, "data_compiled", found.party, reason=reason, request=found.pk)
    return workbook_answer(workbook(sheets(found.party, request.user, today)), f"data-request-{found.pk}")
