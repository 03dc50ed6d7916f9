"""Pages of the register of committees."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.performing import is_allowed
from casemgr.pages.pagination import paginate
from mediation.models import Committee, CommitteeState
from mediation.organisations.findings import findings, findings_of
from mediation.organisations.open_cases import open_cases_of
from mediation.organisations.pages.shared import action_page, new_page, one, require_role, steps

FOUND = "committee.found"


@require_safe
def committee_list(request: HttpRequest) -> HttpResponse:
    """Committees within the person's reach, with what the law finds missing."""
    today = require_role(request)
    rows = Committee.objects.visible_to(request.user, today).select_related("unit__parent", "seal_keeper")
    kind, shown = request.GET.get("kind", ""), request.GET.get("show", CommitteeState.STANDING)
    if kind in Committee.Kind.values:
        rows = rows.filter(kind=kind)
    if shown in CommitteeState.values:
        rows = rows.filter(state=shown)
    if name := request.GET.get("q", "").strip():
        rows = rows.filter(unit__name__contains=name)
    page = paginate(rows, ["unit__path", "pk"], request.GET)
    found = findings_of(page, today)
    for committee in page:
        committee.findings = found[committee.pk]
    context = {
        "page": page,
        "kinds": Committee.Kind.choices,
        "states": CommitteeState.choices,
        "kind": kind,
        "shown": shown,
        "asked": request.GET,
        "may_found": is_allowed(request, FOUND, None, today),
    }
    return render(request, "mediation/organisations/committee_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def committee_new(request: HttpRequest) -> HttpResponse:
    return new_page(request, FOUND, "committee_list")


@require_safe
def committee_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One committee: members, seal, findings, filings, studios."""
    today = require_role(request)
    committee = one(request, Committee, pk, today, "unit__parent", "seal_keeper")
    engaged = committee.engagements.in_force(today).select_related("mediator")
    context = {
        "committee": committee,
        "findings": findings(committee, today),
        "members": [row for row in engaged.order_by("pk") if row.position != "mediator"],
        "hired": [row for row in engaged.order_by("pk") if row.position == "mediator"],
        "seal": committee.unit.seals.filter(effective_on__lte=today).first(),
        "studios": committee.studios.living().order_by("pk"),
        "filings": committee.filings.filter(studio__isnull=True).order_by("-happened_on", "-pk")[:10],
        "open_cases": open_cases_of(committee).count(),
        **steps(committee, request, today),
    }
    return render(request, "mediation/organisations/committee.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def committee_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    today = require_role(request)
    return action_page(request, one(request, Committee, pk, today, "unit"), name, "committee_list")
