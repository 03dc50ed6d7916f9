"""Campaigns from beginning to end, and the towns' returns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.errors import Refusal
from casemgr.actions.outbox import tell
from casemgr.organisation.models import RoleAssignment
from mediation.campaigns.actions.base import CreateAction, UnitAction
from mediation.campaigns.forms.campaigns import CampaignForm, EndForm, ExtendForm, ReturnForm, SendBackForm
from mediation.campaigns.periods import add_returns
from mediation.campaigns.permission import SETTERS
from mediation.models import Campaign, CampaignReturn, CampaignUnit
from mediation.organisations.actions.base import RecordAction
from mediation.organisations.permission import SECTION, reaches

SAID = ("name", "document_number", "from_on", "until_on", "tasks", "cadence", "due_days")


class SetUpCampaign(CreateAction):
    """Set a campaign up: every return the towns will owe stands from then on with its day."""

    name = "campaign.set_up"
    label = gettext_lazy("Set up a campaign")
    roles = SETTERS
    form = CampaignForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> Campaign:
        campaign = Campaign(**{name: data[name] for name in SAID}, set_by=context.form.set_by())
        campaign.save()
        for unit in data["units"]:
            CampaignUnit.objects.create(campaign=campaign, unit=unit)
        add_returns(campaign, campaign.from_on, campaign.until_on)
        units = [unit.pk for unit in data["units"]]
        people = RoleAssignment.objects.in_force(context.today).filter(unit_id__in=units, role="town")
        tell("campaign_set_up", people.values_list("user_id", flat=True), subject=campaign, name=campaign.name)
        return campaign


class CampaignAction(RecordAction):
    """Base: on a campaign that is not ended, by who set it up or the bureau."""

    model: ClassVar = Campaign
    roles = SETTERS

    def is_permitted(self, subject: Campaign, actor, today: date) -> bool:
        return reaches(actor, self.roles, [subject.set_by_id], today)

    def state_refusal(self, subject: Campaign, today: date) -> Refusal | None:
        if subject.ended_on is None:
            return None
        return Refusal("ended", _("The campaign was ended."))


class ExtendCampaign(CampaignAction):
    """It goes on longer: the further returns are added."""

    name = "campaign.extend"
    label = gettext_lazy("Extend the campaign")
    form = ExtendForm

    def change(self, campaign: Campaign, data: Mapping[str, Any], context: ActionContext) -> None:
        before, campaign.until_on = campaign.until_on, data["until_on"]
        add_returns(campaign, before + timedelta(days=1), campaign.until_on)


class EndCampaign(CampaignAction):
    """It ends before its time: returns for later days are no longer owed."""

    name = "campaign.end"
    label = gettext_lazy("End the campaign early")
    consequence = gettext_lazy("Returns for the days after the end are no longer owed. What was handed in stays.")
    binding = True
    form = EndForm

    def change(self, campaign: Campaign, data: Mapping[str, Any], context: ActionContext) -> None:
        campaign.ended_on, campaign.end_reason = data["on"], data["reason"]


class HandInReturn(UnitAction):
    """The town hands its return in; a month without anything found is reported as well (零报告)."""

    name = "campaign.hand_in"
    label = gettext_lazy("Hand in the return")
    consequence = gettext_lazy(
        "The figures are frozen as they are now. Later entries do not change this return; the bureau can send it back."
    )
    binding, primary = True, 50
    model: ClassVar = CampaignReturn
    roles = ("town",)
    form = ReturnForm
    guards = (
        Guard(
            "not-over",
            "",
            gettext_lazy("The days of this return are not over. Hand it in on their last day or later."),
            lambda owed, data, today: today >= min(owed.until_on, owed.campaign.last_day),
        ),
    )

    def state_refusal(self, subject: CampaignReturn, today: date) -> Refusal | None:
        if subject.submitted_on is None:
            return None
        return Refusal("handed-in", _("This return was handed in."))

    def change(self, owed: CampaignReturn, data: Mapping[str, Any], context: ActionContext) -> None:
        owed.submitted_on, owed.submitted_by = context.today, context.actor
        owed.is_zero, owed.note = data["is_zero"], data["note"]
        owed.figures, owed.sent_back_reason = data["sums"].as_dict(), ""


class SendBackReturn(UnitAction):
    """The bureau sends a return back; what was handed in stays in the history."""

    name = "campaign.send_back"
    label = gettext_lazy("Send back to be corrected")
    model: ClassVar = CampaignReturn
    roles = SECTION
    form = SendBackForm

    def state_refusal(self, subject: CampaignReturn, today: date) -> Refusal | None:
        if subject.submitted_on is not None:
            return None
        return Refusal("not-handed-in", _("This return was not handed in yet."))

    def change(self, owed: CampaignReturn, data: Mapping[str, Any], context: ActionContext) -> None:
        handed_in_by = owed.submitted_by_id
        owed.submitted_on, owed.submitted_by, owed.sent_back_reason = None, None, data["reason"]
        tell("campaign_return_back", [handed_in_by], subject=owed, name=str(owed), reason=data["reason"])


ACTIONS = (SetUpCampaign, ExtendCampaign, EndCampaign, HandInReturn, SendBackReturn)
