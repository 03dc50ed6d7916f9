"""Pages for splitting a record: the proposal with what goes over, and the decision."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casemgr.actions import registry
from casemgr.actions.performing import attempt, blank, is_allowed
from casemgr.pages.clock import today as clock_today
from casemgr.parties.models import Party, PartySplit
from casemgr.parties.rows import party_row
from casemgr.parties.scope import in_scope, may_handle
from casemgr.parties.splitting import PLAIN, SplitAction, file_choices

PROPOSE = "party.propose_split"


@require_http_methods(["GET", "HEAD", "POST"])
def split_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what of the record is somebody else's."""
    today = clock_today()
    party = get_object_or_404(Party, pk=pk)
    if not may_handle(request.user, party, today):
        raise Http404
    action, status = registry.get(PROPOSE), 200
    if not action.is_permitted(party, request.user, today):
        raise PermissionDenied
    refusal = action.state_refusal(party, today)
    if refusal is not None:
        form, status = None, 409
    elif request.method == "POST":
        outcome = attempt(request, PROPOSE, party, today)
        if outcome.result is not None:
            messages.success(request, _("The split is proposed; somebody else must approve it."))
            return redirect("split_detail", outcome.result.pk)
        form, status = outcome.form, outcome.status
    else:
        form = blank(request, PROPOSE, party, today)
    row = party_row(party, True, today)
    context = {"form": form, "party": party, "row": row, "refusal": refusal}
    return render(request, "parties/split_propose.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def split_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What goes over and what stays, and the decision."""
    today = clock_today()
    joined = ("source", "created", "proposed_by", "decided_by")
    split = get_object_or_404(PartySplit.objects.select_related(*joined), pk=pk)
    if not may_handle(request.user, split.source, today) and "admin" not in request.user.role_codes(today):
        raise Http404
    status, form, name = 200, None, request.POST.get("action", "")
    if request.method == "POST":
        action = registry.every().get(name)
        if not isinstance(action, SplitAction) or not is_allowed(request, name, split, today):
            raise PermissionDenied
        outcome = attempt(request, name, split, today)
        if outcome.result is not None:
            messages.success(request, _("Done: %(action)s") % {"action": action.label})
            return redirect("split_detail", pk)
        form, status = outcome.form, outcome.status
    known = in_scope(request.user, [split.source], today)
    offered = [
        (offer, form if offer.action.name == name and form else blank(request, offer.action.name, split, today))
        for offer in registry.offers(split, request.user, today)
    ]
    context = {
        "split": split,
        "source": party_row(split.source, split.source_id in known, today),
        "created": party_row(split.created, split.source_id in known, today) if split.created else None,
        "particulars": [_label(name) for name in split.particulars],
        "names": list(split.source.other_names.filter(pk__in=split.other_names)) if split.created is None else [],
        "files": _files(split, request.user, today),
        "offered": offered,
    }
    return render(request, "parties/split_detail.html", context, status=status)


def _label(name: str) -> str:
    words = {"number": _("Document number"), "phone": _("Phone")}
    return str(Party._meta.get_field(name).verbose_name) if name in PLAIN else words[name]


def _files(split: PartySplit, user, today) -> list[str]:
    """The chosen cases that the reader may see; the others are only counted."""
    holder = split.created if split.created and split.state == "APPROVED" else split.source
    shown = [label for pk, label in file_choices(holder, user, today) if pk in split.files]
    hidden = len(split.files) - len(shown)
    return [*shown, _("%(count)s outside your scope") % {"count": hidden}] if hidden else shown
