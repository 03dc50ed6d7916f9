"""Pages for merging: possible duplicates, proposals, one proposal side by side."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casemgr.actions import registry
from casemgr.actions.performing import attempt, blank, is_allowed
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import paginate
from casemgr.pages.requests import row_id
from casemgr.parties.duplicate_inbox import settle_as_different
from casemgr.parties.merging import MergeAction, conflicts_of
from casemgr.parties.messages import WHY
from casemgr.parties.models import DuplicatePair, Party, PartyMerge, PartySplit
from casemgr.parties.rows import party_row
from casemgr.parties.scope import handled, in_scope, may_handle

LOOKED_AT, SHOWN = 1000, 50
"""Waiting proposals of the whole register are few: a second person decides on each within days."""


def _require_role(request: HttpRequest) -> None:
    if not request.user.role_codes(clock_today()):
        raise PermissionDenied


def within_reach(user, proposals: QuerySet, record: str, today: date) -> list:
    """The newest waiting proposals about records the person handles; an administrator sees those of everybody."""
    waiting = list(proposals.filter(state="PROPOSED")[:LOOKED_AT])
    if "admin" in user.role_codes(today):
        return waiting[:SHOWN]
    mine = handled(user, [getattr(proposal, record) for proposal in waiting], today)
    return [proposal for proposal in waiting if getattr(proposal, record).pk in mine][:SHOWN]


@require_GET
def duplicate_list(request: HttpRequest) -> HttpResponse:
    """Pairs that nobody has settled, and proposals that wait; names as far as the person's scope goes."""
    _require_role(request)
    today = clock_today()
    pairs = DuplicatePair.objects.filter(settled_at__isnull=True, first__merged_into=None, second__merged_into=None)
    proposed = PartyMerge.objects.filter(state="PROPOSED").filter(
        Q(survivor=OuterRef("first"), merged=OuterRef("second"))
        | Q(survivor=OuterRef("second"), merged=OuterRef("first"))
    )
    pairs = pairs.exclude(Exists(proposed))
    page = paginate(pairs.select_related("first", "second"), ["-pk"], request.GET)
    parties = [party for pair in page for party in (pair.first, pair.second)]
    known = in_scope(request.user, parties, today)
    proposing = is_allowed(request, "party.propose_merge", None, today)
    mine = handled(request.user, parties, today) if proposing else set()
    rows = [
        (
            pair,
            party_row(pair.first, pair.first_id in known, today),
            party_row(pair.second, pair.second_id in known, today),
            WHY.get(pair.why, pair.why),
            pair.first_id in mine and pair.second_id in mine,
        )
        for pair in page
    ]
    merges = PartyMerge.objects.select_related("survivor", "merged", "proposed_by")
    waiting = within_reach(request.user, merges, "survivor", today)
    splits = within_reach(request.user, PartySplit.objects.select_related("source", "proposed_by"), "source", today)
    subjects = [merge.survivor for merge in waiting] + [split.source for split in splits]
    named = in_scope(request.user, subjects, today)
    context = {
        "page": page,
        "rows": rows,
        "proposing": proposing,
        "waiting": [(merge, party_row(merge.survivor, merge.survivor_id in named, today)) for merge in waiting],
        "splits": [(split, party_row(split.source, split.source_id in named, today)) for split in splits],
    }
    return render(request, "parties/duplicates.html", context)


@require_POST
def duplicate_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Two different people: the pair is not shown again."""
    pair = get_object_or_404(DuplicatePair.objects.select_related("first", "second"), pk=pk)
    today = clock_today()
    if not {pair.first_id, pair.second_id} <= handled(request.user, [pair.first, pair.second], today):
        raise Http404
    if not is_allowed(request, "party.propose_merge", pair.first, today):
        raise PermissionDenied
    settle_as_different(pair, request.user)
    messages.success(request, _("Kept as two different records."))
    return redirect("duplicate_list")


@require_http_methods(["GET", "HEAD", "POST"])
def merge_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose that another record (`other`) is the same as this one."""
    today = clock_today()
    party = get_object_or_404(Party, pk=pk)
    if not may_handle(request.user, party, today):
        raise Http404
    if not is_allowed(request, "party.propose_merge", party, today):
        raise PermissionDenied
    status, version = 200, party.version
    if request.method == "POST":
        outcome = attempt(request, "party.propose_merge", party, today)
        if outcome.result is not None:
            messages.success(request, _("The merge is proposed; somebody else must approve it."))
            return redirect("merge_detail", outcome.result.pk)
        form, status, version = outcome.form, outcome.status, outcome.version
    else:
        asked = row_id(request.GET.get("other"))
        initial = {"other": asked} if asked is not None else None
        form = blank(request, "party.propose_merge", party, today, initial)
    context = {"form": form, "party": party, "row": party_row(party, True, today), "version": version}
    return render(request, "parties/merge_propose.html", context, status=status)


def _visible(request: HttpRequest, pk: int) -> PartyMerge:
    merge = get_object_or_404(
        PartyMerge.objects.select_related("survivor", "merged", "proposed_by", "decided_by"), pk=pk
    )
    today = clock_today()
    if not may_handle(request.user, merge.survivor, today) and "admin" not in request.user.role_codes(today):
        raise Http404
    return merge


@require_http_methods(["GET", "HEAD", "POST"])
def merge_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Both records side by side, what speaks for and against, and the decision."""
    today = clock_today()
    merge = _visible(request, pk)
    status, form, name = 200, None, request.POST.get("action", "")
    if request.method == "POST":
        action = registry.every().get(name)
        if not isinstance(action, MergeAction) or not is_allowed(request, name, merge, today):
            raise PermissionDenied
        outcome = attempt(request, name, merge, today)
        if outcome.result is not None:
            messages.success(request, _("Done: %(action)s") % {"action": action.label})
            return redirect("merge_detail", pk)
        form, status = outcome.form, outcome.status
        merge = _visible(request, pk)
    known = in_scope(request.user, [merge.survivor, merge.merged], today)
    offered = [
        (offer.action, form if offer.action.name == name and form else blank(request, offer.action.name, merge, today))
        for offer in registry.offers(merge, request.user, today)
    ]
    context = {
        "merge": merge,
        "sides": [party_row(party, party.pk in known, today) for party in (merge.survivor, merge.merged)],
        "conflicts": [one.text for one in conflicts_of(merge.survivor, merge.merged)]
        if merge.state == "PROPOSED"
        else merge.conflicts,
        "offered": offered,
    }
    return render(request, "parties/merge_detail.html", context, status=status)
