"""Campaigns, patrols, leads, key disputes and returns through the API."""

from __future__ import annotations

from casemgr.actions.resources import Resource
from mediation.models import Campaign, CampaignReturn, KeyDispute, Lead, Patrol
from mediation.organisations.api import visible_rows

CAMPAIGNS = Resource(
    "campaigns",
    Campaign,
    lambda user, today: visible_rows(Campaign)(user, today).prefetch_related("taking_part"),
    columns=("name", "set_by", "document_number", "from_on", "until_on", "tasks", "cadence", "due_days", "ended_on"),
    computed={"units": (list[int], lambda row, user, today: [one.unit_id for one in row.taking_part.all()])},
    creating=("campaign.set_up",),
)
RETURNS = Resource(
    "campaign-returns",
    CampaignReturn,
    visible_rows(CampaignReturn),
    columns=("campaign", "unit", "from_on", "until_on", "due_on", "submitted_on", "is_zero", "figures", "note"),
    filters=("campaign", "unit"),
    order=("due_on", "pk"),
)
PATROLS = Resource(
    "patrols",
    Patrol,
    visible_rows(Patrol),
    columns=("unit", "campaign", "on", "place", "people", "households", "note", "struck_on"),
    creating=("patrol.record",),
    filters=("campaign", "unit", "on"),
)
LEADS = Resource(
    "leads",
    Lead,
    lambda user, today: visible_rows(Lead)(user, today).select_related("number"),
    columns=(
        *("unit", "campaign", "patrol", "state", "source", "found_on", "found_by", "place", "dispute_type"),
        *("sub_type", "people", "summary", "urgency", "done_on", "outcome", "handed_to", "case"),
    ),
    computed={"number": (str, lambda row, user, today: str(row))},
    creating=("lead.record",),
    filters=("campaign", "unit", "state"),
)
KEY_DISPUTES = Resource(
    "key-disputes",
    KeyDispute,
    visible_rows(KeyDispute),
    columns=(
        *("unit", "campaign", "lead", "case", "title", "why_key", "entered_on", "responsible", "post"),
        *("due_on", "resolved_on", "result"),
    ),
    creating=("key_dispute.enter",),
    filters=("campaign", "unit"),
)
RESOURCES = (CAMPAIGNS, RETURNS, PATROLS, LEADS, KEY_DISPUTES)
