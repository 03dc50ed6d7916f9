"""One page for an action on a party that asks for a form: what it is, its entries, its refusal."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casemgr.actions import registry
from casemgr.actions.performing import attempt, blank
from casemgr.pages.clock import today as clock_today
from casemgr.parties.models import DataRequest, Party
from casemgr.parties.scope import may_handle

PAGES = ("party.record_capacity", "party.end_capacity", "data_request.register")


@require_http_methods(["GET", "HEAD", "POST"])
def party_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """For those who handle the party; what is not offered here does not exist."""
    today = clock_today()
    if name not in PAGES:
        raise Http404
    party = get_object_or_404(Party, pk=pk, merged_into__isnull=True)
    if not may_handle(request.user, party, today):
        raise Http404
    action = registry.get(name)
    if not action.is_permitted(party, request.user, today):
        raise PermissionDenied
    if refusal := action.state_refusal(party, today):
        raise PermissionDenied(refusal.message)
    status = 200
    if request.method == "POST":
        outcome = attempt(request, name, party, today)
        if outcome.result is not None:
            messages.success(request, _("Done: %(action)s") % {"action": action.label})
            if isinstance(outcome.result, DataRequest):
                return redirect("data_request_detail", outcome.result.pk)
            return redirect("party_detail", pk)
        form, status = outcome.form, outcome.status
    else:
        form = blank(request, name, party, today)
    return render(request, "parties/action.html", {"party": party, "action": action, "form": form}, status=status)
