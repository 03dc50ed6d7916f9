"""Entering contacts and joint meetings, giving out decisions, and saying that one is done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.records import ByRole, CreateAction, EnterAction, RecordAction, take
from casemgr.organisation.scope import scope
from litigation.cooperation.forms import ContactForm, DecisionForm, DoneForm, EndForm, MeetingForm, StrikeForm
from litigation.models import Contact, Decision, JointMeeting
from litigation.roles import BOTH, LIAISON

CONTACT = ("organ_kind", "organ", "name", "post", "phone", "duties")
MEETING = ("held_on", "topic", "organs", "minutes")
DECISION = ("text", "owner", "due_on")


class _ByLiaison(ByRole):
    """Kept by the court liaison; departments read."""

    roles = LIAISON


class EnterContact(_ByLiaison, EnterAction):
    """Enter somebody to turn to at a court or procuratorate."""

    name = "contact.enter"
    label = gettext_lazy("Enter a contact")
    form = ContactForm
    makes, columns = Contact, CONTACT


class CorrectContact(_ByLiaison, RecordAction):
    """Post, telephone or duties changed."""

    name = "contact.correct"
    label = gettext_lazy("Change the contact")
    model: ClassVar = Contact
    form = ContactForm
    columns = CONTACT
    primary = 20

    def state_refusal(self, subject: Contact, today: date) -> Refusal | None:
        return Refusal("ended", _("This contact has ended.")) if subject.ended_on else None


class EndContact(CorrectContact):
    """The person has left the post."""

    name = "contact.end"
    label = gettext_lazy("End the contact")
    form = EndForm
    primary = 0

    def change(self, subject: Contact, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.ended_on = data["on"]


class EnterMeeting(_ByLiaison, CreateAction):
    """Enter a joint meeting that was held."""

    name = "meeting.enter"
    label = gettext_lazy("Enter a joint meeting")
    form = MeetingForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> JointMeeting:
        meeting = JointMeeting(entered_by=context.actor)
        take(meeting, data, MEETING)
        meeting.save()
        return meeting


class _MeetingStep(_ByLiaison, RecordAction):
    model: ClassVar = JointMeeting

    def state_refusal(self, subject: JointMeeting, today: date) -> Refusal | None:
        return Refusal("struck", _("This entry was struck.")) if subject.struck_on else None


class AddDecision(_MeetingStep):
    """Write down what was decided, who does it and until when."""

    name = "meeting.decide"
    label = gettext_lazy("Add a decision")
    form = DecisionForm
    primary = 50

    def change(self, subject: JointMeeting, data: Mapping[str, Any], context: ActionContext) -> None:
        decision = Decision(meeting=subject)
        take(decision, data, DECISION)
        decision.save()


class CorrectMeeting(_MeetingStep):
    """Correct what was entered."""

    name = "meeting.correct"
    label = gettext_lazy("Correct the entry")
    form = MeetingForm
    columns = MEETING


class StrikeMeeting(_MeetingStep):
    """Entered by mistake: it stays readable, and nobody waits for its decisions."""

    name = "meeting.strike"
    label = gettext_lazy("Strike: entered by mistake")
    form = StrikeForm

    def change(self, subject: JointMeeting, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.struck_on, subject.strike_reason = context.today, data["reason"]


class _DecisionStep(RecordAction):
    model: ClassVar = Decision

    def state_refusal(self, subject: Decision, today: date) -> Refusal | None:
        if subject.meeting.struck_on:
            return Refusal("struck", _("This entry was struck."))
        return Refusal("done", _("It is recorded as done already.")) if subject.done_on else None


class CorrectDecision(_ByLiaison, _DecisionStep):
    """Another owner or day, or other words."""

    name = "decision.correct"
    label = gettext_lazy("Change the decision")
    form = DecisionForm
    columns = DECISION


class FinishDecision(_DecisionStep):
    """Say what was done: by the owner's liaison, or by the court liaison."""

    name = "decision.done"
    label = gettext_lazy("Record what was done")
    roles = BOTH
    form = DoneForm
    primary = 50

    def is_permitted(self, subject: Decision, actor: Any, today: date) -> bool:
        reach = scope(actor, today)
        return reach.has_role(LIAISON) or reach.has_role("department", unit=subject.owner_id)

    def change(self, subject: Decision, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.done_on, subject.done = data["on"], data["done"]


ACTIONS = (
    *(EnterContact, CorrectContact, EndContact),
    *(EnterMeeting, AddDecision, CorrectMeeting, StrikeMeeting),
    *(FinishDecision, CorrectDecision),
)
