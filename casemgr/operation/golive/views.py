"""The go-live list: what is left before people work with real cases."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casemgr.actions.performing import attempt, blank, is_allowed
from casemgr.operation.golive.checklist import checklist
from casemgr.pages.clock import today

CONFIRM = "operation.confirm_item"


@require_GET
def go_live(request: HttpRequest) -> HttpResponse:
    """Every item with its state now and the page that settles it."""
    _require_administrator(request)
    items = checklist(timezone.now(), today())
    context = {"items": items, "done": sum(item.is_done for item in items)}
    return render(request, "golive/list.html", context)


@require_http_methods(["GET", "POST"])
def go_live_confirm(request: HttpRequest, code: str) -> HttpResponse:
    """Vouch for one item."""
    _require_administrator(request)
    item = next((item for item in checklist(timezone.now(), today()) if item.code == code), None)
    if item is None or not item.seen.mark:
        raise Http404
    form, status = blank(request, CONFIRM, None, today(), {"item": code}), 200
    if request.method == "POST":
        outcome = attempt(request, CONFIRM, None, today())
        if outcome.result is not None:
            messages.success(request, _("Confirmed."))
            return redirect("go_live")
        form, status = outcome.form, outcome.status
    return render(request, "golive/confirm.html", {"form": form, "item": item}, status=status)


def _require_administrator(request: HttpRequest) -> None:
    if not is_allowed(request, CONFIRM, None, today()):
        raise PermissionDenied(_("Going live is for administrators of the whole banner."))
