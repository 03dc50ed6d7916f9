"""Overview, filings and docking agreements."""

from __future__ import annotations

from collections import Counter

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.performing import is_allowed
from casemgr.cases.models.referrals import Dock
from casemgr.documents.files import CONTENT_TYPES, FileDamaged
from casemgr.documents.uploads.serving import file_answer
from casemgr.pages.pagination import capped_count, paginate
from mediation.models import Committee, DockAgreement, Filing, Mediator, Studio, StudioState
from mediation.organisations.coverage import coverage
from mediation.organisations.findings import findings_of
from mediation.organisations.pages.shared import action_page, new_page, one, require_role, steps

REGISTER_DOCK = "dock.register"


@require_safe
def organisation_overview(request: HttpRequest) -> HttpResponse:
    """What there is within the person's reach, and what is to be done about it."""
    today = require_role(request)
    committees = list(
        Committee.objects.visible_to(request.user, today).standing().select_related("unit").order_by("unit__path")
    )
    studios = Studio.objects.visible_to(request.user, today)
    waiting = (StudioState.SUBMITTED, StudioState.TOWN_REVIEWED, StudioState.APPROVED)
    found = findings_of(committees, today)
    lacking = [(committee, found[committee.pk]) for committee in committees if found[committee.pk]]
    kinds = Counter(committee.kind for committee in committees)
    context = {
        "committees": len(committees),
        "by_kind": [(label, kinds[code]) for code, label in Committee.Kind.choices if kinds[code]],
        "mediators": capped_count(Mediator.objects.visible_to(request.user, today).active_on(today)),
        "active": studios.filter(state=StudioState.ACTIVE).count(),
        "covered": coverage(today),
        "lacking": lacking[:20],
        "lacking_count": len(lacking),
        "filings": capped_count(Filing.objects.visible_to(request.user, today).open()),
        "waiting": studios.filter(state__in=waiting).select_related("town").order_by("pk")[:20],
    }
    return render(request, "mediation/organisations/overview.html", context)


@require_safe
def filing_list(request: HttpRequest) -> HttpResponse:
    """What is to be filed and of what the court is to be told, the oldest first; or everything."""
    today = require_role(request)
    rows = Filing.objects.visible_to(request.user, today).select_related("committee__unit", "studio")
    shown = request.GET.get("show", "open")
    if shown != "all":
        rows = rows.open()
    order = ["-happened_on", "-pk"] if shown == "all" else ["happened_on", "pk"]
    page = paginate(rows, order, request.GET)
    context = {"page": page, "shown": shown, "today": today}
    return render(request, "mediation/organisations/filing_list.html", context)


@require_safe
def filing_detail(request: HttpRequest, pk: int) -> HttpResponse:
    today = require_role(request)
    filing = one(request, Filing, pk, today, "committee__unit", "studio")
    context = {"filing": filing, **steps(filing, request, today)}
    return render(request, "mediation/organisations/filing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def filing_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    today = require_role(request)
    return action_page(request, one(request, Filing, pk, today, "committee__unit", "studio"), name, "filing_list")


@require_safe
def dock_agreement_list(request: HttpRequest) -> HttpResponse:
    """Agreements in force; or all of them."""
    today = require_role(request)
    rows = DockAgreement.objects.visible_to(request.user, today)
    shown, dock = request.GET.get("show", "in_force"), request.GET.get("dock", "")
    if shown != "all":
        rows = rows.in_force(today)
    if dock in Dock.values:
        rows = rows.filter(dock=dock)
    page = paginate(rows, ["-from_on", "-pk"], request.GET)
    context = {
        "page": page,
        "shown": shown,
        "dock": dock,
        "docks": Dock.choices,
        "may_register": is_allowed(request, REGISTER_DOCK, None, today),
    }
    return render(request, "mediation/organisations/dock_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def dock_agreement_new(request: HttpRequest) -> HttpResponse:
    return new_page(request, REGISTER_DOCK, "dock_agreement_list")


@require_safe
def dock_agreement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    today = require_role(request)
    agreement = one(request, DockAgreement, pk, today, "partner_unit")
    context = {
        "agreement": agreement,
        "is_in_force": DockAgreement.objects.in_force(today).filter(pk=pk).exists(),
        "roster": agreement.roster.select_related("committee__unit", "mediator"),
        **steps(agreement, request, today),
    }
    return render(request, "mediation/organisations/dock.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def dock_agreement_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    today = require_role(request)
    return action_page(request, one(request, DockAgreement, pk, today), name, "dock_agreement_list")


@require_safe
def dock_agreement_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed agreement as it was stored."""
    today = require_role(request)
    agreement = one(request, DockAgreement, pk, today)
    if not agreement.file:
        raise Http404
    kind = agreement.file.rpartition(".")[2]
    try:
        return file_answer(agreement.file, agreement.file_sha256, CONTENT_TYPES[kind], agreement.title, inline=True)
    except FileDamaged as error:
        raise Http404 from error
