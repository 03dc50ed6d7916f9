"""Campaigns: what runs, where the towns stand, and their returns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.performing import is_allowed
from casemgr.actions.record_pages import RecordPages
from casemgr.organisation.models import Unit
from casemgr.pages.pagination import capped_count, paginate
from mediation.campaigns.figures import NOTHING, Sums, sums, sums_of
from mediation.models import Campaign, CampaignReturn, KeyDispute, Lead, LeadState
from mediation.organisations.pages.shared import action_page, one, require_role, steps

FORM = "mediation/campaigns/form.html"
CAMPAIGNS = RecordPages(Campaign, "campaign_list", require_role, enters="campaign.set_up", template=FORM)


@require_safe
def screening(request: HttpRequest) -> HttpResponse:
    """What a person finds first: what to enter, what waits, what is due."""
    today, user = require_role(request), request.user
    owed = CampaignReturn.objects.visible_to(user, today).open().filter(from_on__lte=today)
    leads = Lead.objects.visible_to(user, today).filter(state=LeadState.FOUND)
    keys = KeyDispute.objects.visible_to(user, today).filter(resolved_on__isnull=True)
    context = {
        "today": today,
        "campaigns": Campaign.objects.visible_to(user, today).running(today).order_by("until_on", "pk")[:10],
        "returns": owed.select_related("campaign", "unit").order_by("due_on", "unit__path")[:20],
        "leads": leads.select_related("number", "unit").order_by("found_on", "pk")[:20],
        "lead_count": capped_count(leads),
        "keys": keys.select_related("unit").order_by("due_on", "pk")[:20],
        "may_patrol": is_allowed(request, "patrol.record", None, today),
        "may_lead": is_allowed(request, "lead.record", None, today),
    }
    return render(request, "mediation/campaigns/screening.html", context)


@require_safe
def campaign_list(request: HttpRequest) -> HttpResponse:
    """Campaigns of one's towns, the newest first."""
    today = require_role(request)
    rows = Campaign.objects.visible_to(request.user, today).select_related("set_by")
    context = {
        "page": paginate(rows, ["-from_on", "-pk"], request.GET),
        "today": today,
        "may_set_up": is_allowed(request, "campaign.set_up", None, today),
    }
    return render(request, "mediation/campaigns/campaign_list.html", context)


campaign_new = CAMPAIGNS.new()


@dataclass(frozen=True)
class Line:
    """One town of a campaign. `owed`: its returns; `late`: how many of them are overdue."""

    unit: Unit
    sums: Sums
    owed: list[CampaignReturn]
    late: int


def lines_of(campaign: Campaign, today: date) -> list[Line]:
    """The towns of a campaign in the order of the tree, as their entries stand now."""
    returns: dict[int, list[CampaignReturn]] = {}
    for row in campaign.returns.filter(from_on__lte=campaign.last_day).order_by("from_on"):
        returns.setdefault(row.unit_id, []).append(row)
    until = min(today, campaign.last_day)
    units = [row.unit for row in campaign.taking_part.select_related("unit")]
    counted = sums_of(units, campaign.from_on, until, campaign)
    return [
        Line(
            unit,
            counted[unit.pk],
            returns.get(unit.pk, []),
            sum(row.submitted_on is None and row.due_on < today for row in returns.get(unit.pk, [])),
        )
        for unit in units
    ]


@require_safe
def campaign_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One campaign: its tasks, the line of every town, and the sum (M-5)."""
    today = require_role(request)
    campaign = one(request, Campaign, pk, today, "set_by")
    lines = lines_of(campaign, today)
    context = {
        "campaign": campaign,
        "lines": lines,
        "total": sum((line.sums for line in lines), NOTHING),
        "today": today,
        "is_running": campaign.from_on <= today <= campaign.last_day,
        **steps(campaign, request, today),
    }
    return render(request, "mediation/campaigns/campaign.html", context)


campaign_action = CAMPAIGNS.step()


@require_safe
def campaign_return_list(request: HttpRequest) -> HttpResponse:
    """Returns that are owed, the most urgent first; or all."""
    today = require_role(request)
    rows = CampaignReturn.objects.visible_to(request.user, today).select_related("campaign", "unit")
    shown = request.GET.get("show", "open")
    if shown != "all":
        rows = rows.open().filter(from_on__lte=today)
    context = {"page": paginate(rows, ["due_on", "pk"], request.GET), "shown": shown, "today": today}
    return render(request, "mediation/campaigns/return_list.html", context)


@require_safe
def campaign_return_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One return: frozen as handed in, or what it would say now."""
    today = require_role(request)
    owed = one(request, CampaignReturn, pk, today, "campaign", "unit", "submitted_by")
    now = sums(owed.unit, owed.from_on, owed.until_on, owed.campaign)
    context = {
        "owed": owed,
        "figures": Sums(**owed.figures) if owed.submitted_on else now,
        "history": owed.history.exclude(figures={}).order_by("-history_id")[:10] if owed.sent_back_reason else (),
        "today": today,
        **steps(owed, request, today),
    }
    return render(request, "mediation/campaigns/return.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_return_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    today = require_role(request)
    owed = one(request, CampaignReturn, pk, today, "campaign", "unit")
    return action_page(request, owed, name, "campaign_return_list", template=FORM)
