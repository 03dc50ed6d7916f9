"""The keeper's pages: lists of volumes, one volume with its shelf, loans and appraisals."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions import registry
from casemgr.cases.models import Case
from casemgr.cases.procedure import Stage
from casemgr.documents.volumes.actions.appraising import open_appraisal
from casemgr.documents.volumes.actions.base import VolumeAction
from casemgr.documents.volumes.models import Loan, Part, Volume
from casemgr.documents.volumes.views.steps import step_page
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import paginate

TO_FREEZE, KEPT, LENT, OVERDUE, OVER = "to_freeze", "kept", "lent", "overdue", "over"
LISTS = {
    TO_FREEZE: _("To be put together"),
    KEPT: _("Frozen"),
    LENT: _("Lent"),
    OVERDUE: _("Overdue"),
    OVER: _("Term over"),
}
ITEMS_SHOWN = 1000


@require_safe
def volume_list(request: HttpRequest) -> HttpResponse:
    """Closed cases without a volume, or frozen volumes: all, lent, overdue, or those whose term is over."""
    today = clock_today()
    if not request.user.role_codes(today):
        raise PermissionDenied
    shown = request.GET.get("show", "")
    shown = shown if shown in LISTS else KEPT
    text = request.GET.get("q", "").strip()
    context: dict[str, Any] = {"shown": shown, "lists": list(LISTS.items()), "q": text, "day": today}
    if shown == TO_FREEZE:
        context["page"] = paginate(_to_freeze(request.user, today, text), ["pk"], request.GET)
    else:
        loans = Prefetch("loans", Loan.objects.filter(returned_on__isnull=True), to_attr="open_loans")
        rows = _volumes(request.user, shown, today, text).select_related("case").prefetch_related(loans)
        order = ["keep_until", "pk"] if shown == OVER else ["-pk"]
        context["page"] = paginate(rows, order, request.GET)
    return render(request, "volumes/list.html", context)


def _to_freeze(user: Any, today: date, text: str) -> QuerySet[Case]:
    frozen = Volume.objects.filter(case=OuterRef("pk"), part=Part.MAIN)
    rows = Case.objects.visible_to(user, today).filter(stage=Stage.CLOSED, is_past_record=False)
    return rows.filter(~Exists(frozen)).matching(text).select_related("unit", "lead_handler")


def _volumes(user: Any, shown: str, today: date, text: str) -> QuerySet[Volume]:
    rows = Volume.objects.visible_to(user, today)
    open_loans = Loan.objects.filter(volume=OuterRef("pk"), returned_on__isnull=True)
    if shown == LENT:
        rows = rows.filter(Exists(open_loans))
    elif shown == OVERDUE:
        rows = rows.filter(Exists(open_loans.filter(due_on__lt=today)))
    elif shown == OVER:
        rows = rows.filter(keep_until__lt=today, destroyed_on__isnull=True)
    if text:
        rows = rows.filter(case__in=Case.objects.matching(text).order_by().values("pk"))
    return rows


def visible_volume(request: HttpRequest, pk: int, today: date) -> Volume:
    rows = Volume.objects.visible_to(request.user, today).select_related("case__unit", "frozen_by")
    return get_object_or_404(rows, pk=pk)


@require_safe
def volume_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One volume: catalogue, digest, shelf, loans, appraisals, and what can be done with it."""
    today = clock_today()
    volume = visible_volume(request, pk, today)
    offers = registry.offers(volume, request.user, today)
    context = {
        "volume": volume,
        "case": volume.case,
        "items": list(volume.items.order_by("sequence")[:ITEMS_SHOWN]),
        "loans": list(volume.loans.select_related("lent_by", "received_by").order_by("-pk")[:20]),
        "places": _places(volume),
        "appraisals": list(
            volume.appraisals.select_related("proposed_by", "first_by", "second_by", "refused_by").order_by("-pk")[:20]
        ),
        "appraisal": open_appraisal(volume),
        "possible": [offer.action for offer in offers if offer.is_possible],
        "day": today,
    }
    return render(request, "volumes/detail.html", context)


def _places(volume: Volume) -> list[dict[str, Any]]:
    """Where it stood before, newest first."""
    rows = volume.history.exclude(placed_on=None).order_by("-history_id")
    found: list[dict[str, Any]] = []
    for row in rows.values("room", "cabinet", "box", "placed_on", "history_actor_name")[:100]:
        place = " / ".join(part for part in (row["room"], row["cabinet"], row["box"]) if part)
        if found and found[-1]["place"] == place:
            found[-1] |= {"on": row["placed_on"], "by": row["history_actor_name"]}
        else:
            found.append({"place": place, "on": row["placed_on"], "by": row["history_actor_name"]})
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def volume_step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Shelf, loan, return, proposal."""
    today = clock_today()
    volume = visible_volume(request, pk, today)
    action = registry.every().get(name)
    if not isinstance(action, VolumeAction) or action.model is not Volume:
        raise Http404
    back = reverse("volume_detail", args=[volume.pk])
    return step_page(request, name, volume, today, back=back, about=volume.title, case=volume.case)
