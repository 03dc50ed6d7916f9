"""Patrols, leads, and what becomes of a lead."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.numbering.series import Series, allocate, declare
from casemgr.pages.forms import ContextForm
from mediation.campaigns.actions.base import CreateAction, UnitAction
from mediation.campaigns.forms import leads as forms
from mediation.campaigns.permission import KEEPERS, WORKERS
from mediation.models import Lead, LeadState, MediationCase, Patrol
from mediation.organisations.actions.base import take

SERIES = declare(Series("mediation.lead", gettext_lazy("Leads of disputes"), "达排查〔{year}〕{number}号"))
PATROL = ("campaign", "on", "place", "people", "starts", "ends", "households", "note")
LEAD = (
    *("campaign", "patrol", "source", "found_on", "found_by", "place", "dispute_type", "sub_type", "names", "people"),
    *("summary", "urgency", "risk_flags"),
)


class RecordPatrol(CreateAction):
    """Enter one round; nothing found is worth a row, too."""

    name = "patrol.record"
    label = gettext_lazy("Enter a patrol")
    roles = WORKERS
    form = forms.PatrolForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> Patrol:
        patrol = Patrol(unit=data["unit"], entered_by=context.actor)
        take(patrol, data, PATROL)
        patrol.save()
        return patrol


class PatrolAction(UnitAction):
    """Base: on a patrol that was not struck."""

    model: ClassVar = Patrol

    def state_refusal(self, subject: Patrol, today: date) -> Refusal | None:
        return None if subject.struck_on is None else Refusal("struck", _("This entry was struck."))


class CorrectPatrol(PatrolAction):
    """Correct what was entered."""

    name = "patrol.correct"
    label = gettext_lazy("Correct the entry")
    form = forms.PatrolForm

    def change(self, patrol: Patrol, data: Mapping[str, Any], context: ActionContext) -> None:
        take(patrol, data, ("unit", *PATROL))


class StrikePatrol(PatrolAction):
    """It was entered by mistake: it is not counted, and stays readable."""

    name = "patrol.strike"
    label = gettext_lazy("Strike: entered by mistake")
    form = forms.StrikeForm

    def change(self, patrol: Patrol, data: Mapping[str, Any], context: ActionContext) -> None:
        patrol.struck_on, patrol.strike_reason = data["on"], data["reason"]


class RecordLead(CreateAction):
    """Enter a sign of a dispute: it gets a number of the leads, no case number (dossier §1.4, T1)."""

    name = "lead.record"
    label = gettext_lazy("Enter a lead")
    roles = WORKERS
    form = forms.LeadForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> Lead:
        lead = Lead(unit=data["unit"], entered_by=context.actor)
        take(lead, data, LEAD)
        lead.number = allocate(SERIES.code, context.today)
        lead.save()
        return lead


class LeadAction(UnitAction):
    """Base: on a lead."""

    model: ClassVar = Lead


class CorrectLead(LeadAction):
    """Correct what was entered, as long as nothing became of it."""

    name = "lead.correct"
    label = gettext_lazy("Correct the entry")
    form = forms.LeadForm
    states = (LeadState.FOUND,)

    def change(self, lead: Lead, data: Mapping[str, Any], context: ActionContext) -> None:
        take(lead, data, ("unit", *LEAD))


class LeadStep(LeadAction):
    """Base: the end of a lead, on its day."""

    def change(self, lead: Lead, data: Mapping[str, Any], context: ActionContext) -> None:
        lead.done_on, lead.outcome = data["on"], data["outcome"]
        lead.handed_to = data.get("handed_to", "")


class SettleOnSpot(LeadStep):
    """A quarrel that ended before there was a dispute to mediate: counts as prevented."""

    name = "lead.settle_on_spot"
    label = gettext_lazy("Settled on the spot")
    form = forms.OutcomeForm
    transition = "settle_on_spot"


class HandOver(LeadStep):
    """Another organ deals with it."""

    name = "lead.hand_over"
    label = gettext_lazy("Hand over to another organ")
    form = forms.HandOverForm
    transition = "hand_over"


class Drop(LeadStep):
    """Nothing in it, with the reason."""

    name = "lead.drop"
    label = gettext_lazy("Drop, with the reason")
    form = forms.DropForm
    transition = "drop"


class TakeUpAgain(LeadAction):
    """It came up again, or was ended by mistake."""

    name = "lead.take_up_again"
    label = gettext_lazy("Take up again")
    form = forms.AgainForm
    transition = "take_up_again"
    roles = KEEPERS

    def change(self, lead: Lead, data: Mapping[str, Any], context: ActionContext) -> None:
        lead.done_on, lead.outcome, lead.handed_to = None, "", ""


class ConvertForm(ContextForm):
    """Filled by the registration."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["case"] = MediationCase.objects.get(pk=self.data["case"])
        return data


class Convert(LeadAction):
    """A dispute was registered from it (dossier §1.4, T2); only registering does that."""

    name = "lead.convert"
    label = gettext_lazy("Registered as a case")
    form = ConvertForm
    nested_only = True
    transition = "convert"

    def change(self, lead: Lead, data: Mapping[str, Any], context: ActionContext) -> None:
        lead.case, lead.done_on = data["case"], max(data["case"].opened_on, lead.found_on)
        lead.outcome = data["case"].number


ACTIONS = (
    RecordPatrol,
    CorrectPatrol,
    StrikePatrol,
    RecordLead,
    CorrectLead,
    SettleOnSpot,
    HandOver,
    Drop,
    TakeUpAgain,
    Convert,
)
