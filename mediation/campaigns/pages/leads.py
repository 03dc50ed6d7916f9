"""Patrols, leads and the ledger of key disputes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.performing import is_allowed
from casemgr.actions.record_pages import RecordPages
from casemgr.cases.models import Case
from casemgr.pages.pagination import paginate
from casemgr.pages.requests import row_id
from mediation.actions.registration import Register
from mediation.campaigns.pages.campaigns import FORM
from mediation.models import KeyDispute, Lead, LeadState, Patrol
from mediation.organisations.pages.shared import new_page, one, require_role, steps
from mediation.terms import RiskFlag

PATROLS = RecordPages(Patrol, "patrol_list", require_role, enters="patrol.record", joined=("unit",), template=FORM)
LEADS = RecordPages(Lead, "lead_list", require_role, joined=("number", "unit"), template=FORM)
KEY_DISPUTES = RecordPages(KeyDispute, "key_dispute_list", require_role, joined=("unit", "case"), template=FORM)


@require_safe
def patrol_list(request: HttpRequest) -> HttpResponse:
    """Patrols within reach, the newest first."""
    today = require_role(request)
    rows = Patrol.objects.visible_to(request.user, today).select_related("unit", "campaign")
    campaign = request.GET.get("campaign", "")
    if (of := row_id(campaign)) is not None:
        rows = rows.filter(campaign_id=of)
    context = {
        "page": paginate(rows, ["-on", "-pk"], request.GET),
        "campaign": campaign,
        "may_record": is_allowed(request, "patrol.record", None, today),
    }
    return render(request, "mediation/campaigns/patrol_list.html", context)


patrol_new = PATROLS.new()


@require_safe
def patrol_detail(request: HttpRequest, pk: int) -> HttpResponse:
    today = require_role(request)
    patrol = one(request, Patrol, pk, today, "unit", "campaign", "entered_by")
    leads = Lead.objects.visible_to(request.user, today).filter(patrol=patrol)
    context = {
        "patrol": patrol,
        "leads": leads.select_related("number").order_by("pk"),
        "may_lead": patrol.struck_on is None and is_allowed(request, "lead.record", None, today),
        **steps(patrol, request, today),
    }
    return render(request, "mediation/campaigns/patrol.html", context)


patrol_action = PATROLS.step()


@require_safe
def lead_list(request: HttpRequest) -> HttpResponse:
    """Leads that wait, the oldest first; or those of one state, the newest first."""
    today = require_role(request)
    rows = Lead.objects.visible_to(request.user, today).select_related("number", "unit", "case")
    shown = request.GET.get("show", LeadState.FOUND)
    if shown in LeadState.values:
        rows = rows.filter(state=shown)
    campaign = request.GET.get("campaign", "")
    if (of := row_id(campaign)) is not None:
        rows = rows.filter(campaign_id=of)
    order = ["found_on", "pk"] if shown == LeadState.FOUND else ["-found_on", "-pk"]
    context = {
        "page": paginate(rows, order, request.GET),
        "shown": shown,
        "states": LeadState.choices,
        "campaign": campaign,
        "may_record": is_allowed(request, "lead.record", None, today),
    }
    return render(request, "mediation/campaigns/lead_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def lead_new(request: HttpRequest) -> HttpResponse:
    """Enter a lead; `?patrol=` says on which round it was found."""
    today = require_role(request)
    asked = row_id(request.GET.get("patrol"))
    found = Patrol.objects.visible_to(request.user, today).filter(pk=asked).first() if asked else None
    return new_page(request, "lead.record", "lead_list", _of_patrol(found), template=FORM)


def _of_patrol(patrol: Patrol | None) -> dict[str, Any]:
    if patrol is None:
        return {}
    return {
        "patrol": patrol.pk,
        "unit": patrol.unit_id,
        "campaign": patrol.campaign_id,
        "found_on": patrol.on,
        "place": patrol.place,
    }


@require_safe
def lead_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One lead: what it says, and the ways out of it."""
    today = require_role(request)
    lead = one(request, Lead, pk, today, "number", "unit", "campaign", "patrol", "case", "entered_by")
    seen = Case.objects.visible_to(request.user, today)
    context = {
        "lead": lead,
        "risks": [RiskFlag(code).label for code in lead.risk_flags if code in RiskFlag.values],
        "sees_case": lead.case_id is not None and seen.filter(pk=lead.case_id).exists(),
        "may_register": lead.state == LeadState.FOUND and is_allowed(request, Register.name, None, today),
        "key_dispute": KeyDispute.objects.filter(lead=lead).first(),
        "may_key": is_allowed(request, "key_dispute.enter", None, today),
        **steps(lead, request, today),
    }
    return render(request, "mediation/campaigns/lead.html", context)


lead_action = LEADS.step()


@require_safe
def key_dispute_list(request: HttpRequest) -> HttpResponse:
    """The ledger: each with who answers for it, its day and its latest progress."""
    today = require_role(request)
    rows = KeyDispute.objects.visible_to(request.user, today).select_related("unit", "case", "campaign")
    shown = request.GET.get("show", "open")
    if shown != "all":
        rows = rows.filter(resolved_on__isnull=True)
    page = paginate(rows.prefetch_related("progress"), ["due_on", "pk"], request.GET)
    context = {
        "page": page,
        "shown": shown,
        "today": today,
        "may_enter": is_allowed(request, "key_dispute.enter", None, today),
    }
    return render(request, "mediation/campaigns/key_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def key_dispute_new(request: HttpRequest) -> HttpResponse:
    """Put a dispute on the ledger; `?lead=` takes a lead along."""
    today = require_role(request)
    asked = row_id(request.GET.get("lead"))
    lead = Lead.objects.visible_to(request.user, today).filter(pk=asked).first() if asked else None
    known = {} if lead is None else {"lead": lead.pk, "unit": lead.unit_id, "campaign": lead.campaign_id}
    return new_page(request, "key_dispute.enter", "key_dispute_list", known, template=FORM)


@require_safe
def key_dispute_detail(request: HttpRequest, pk: int) -> HttpResponse:
    today = require_role(request)
    dispute = one(request, KeyDispute, pk, today, "unit", "campaign", "lead__number", "case")
    seen = Case.objects.visible_to(request.user, today)
    context = {
        "dispute": dispute,
        "progress": dispute.progress.select_related("entered_by"),
        "sees_case": dispute.case_id is not None and seen.filter(pk=dispute.case_id).exists(),
        "today": today,
        **steps(dispute, request, today),
    }
    return render(request, "mediation/campaigns/key.html", context)


key_dispute_action = KEY_DISPUTES.step()
