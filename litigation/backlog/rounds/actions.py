"""What the justice bureau does with a clearing round."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.records import ByRole, CreateAction, RecordAction, take
from litigation.backlog.rounds import forms
from litigation.models import ClearingRound, RoundItem
from litigation.roles import LIAISON

SAID = ("year", "name", "first_on", "last_on", "sub_target")


class OpenRound(ByRole, CreateAction):
    """Take a batch of items on together."""

    name = "round.open"
    label = gettext_lazy("Open a clearing round")
    roles = LIAISON
    form = forms.RoundForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> ClearingRound:
        made = ClearingRound()
        take(made, data, SAID)
        made.save()
        for item in data["items"]:
            RoundItem.objects.create(clearing_round=made, item=item)
        return made


class _RoundStep(ByRole, RecordAction):
    model: ClassVar = ClearingRound
    roles = LIAISON

    def state_refusal(self, subject: ClearingRound, today: date) -> Refusal | None:
        return Refusal("ended", _("The round is ended and its result entered.")) if subject.ended_on else None


class CorrectRound(_RoundStep):
    """Other days, another target, items taken in or left out."""

    name = "round.correct"
    label = gettext_lazy("Change the round")
    form = forms.RoundForm

    def form_values(self, subject: ClearingRound, at: Any) -> Mapping[str, Any]:
        values = {name: getattr(subject, name) for name in SAID}
        return {**values, "year": subject.year_id, "items": [one.item_id for one in subject.members.all()]}

    def change(self, subject: ClearingRound, data: Mapping[str, Any], context: ActionContext) -> None:
        take(subject, data, SAID)
        wanted = {item.pk for item in data["items"]}
        for one in subject.members.all():
            if one.item_id not in wanted:
                one.delete()
            wanted.discard(one.item_id)
        for pk in sorted(wanted):
            RoundItem.objects.create(clearing_round=subject, item_id=pk)


class _Entered(_RoundStep):
    """Sets columns that the page shows: what stood there is proposed."""

    columns: ClassVar[tuple[str, ...]]

    def form_values(self, subject: ClearingRound, at: Any) -> Mapping[str, Any]:
        return {name: getattr(subject, name) for name in self.columns}

    def change(self, subject: ClearingRound, data: Mapping[str, Any], context: ActionContext) -> None:
        take(subject, data, self.columns)


class RecordMeeting(_Entered):
    """The meeting of the round was held."""

    name = "round.record_meeting"
    label = gettext_lazy("Record the meeting of the round")
    form = forms.MeetingForm
    columns: ClassVar = ("held_on", "decisions")
    primary = 50


class RecordFunds(_Entered):
    """What was asked of the treasury, and what it granted."""

    name = "round.record_funds"
    label = gettext_lazy("Record funds asked and granted")
    form = forms.FundsForm
    columns: ClassVar = ("asked_yuan", "granted_yuan", "funds_paper")


class EndRound(_RoundStep):
    """The round is over: what came of it."""

    name = "round.end"
    label = gettext_lazy("End the round")
    consequence = gettext_lazy("The round takes no further entries. Items that are not cleared go on by themselves.")
    binding = True
    form = forms.EndForm

    def change(self, subject: ClearingRound, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.ended_on, subject.result = data["on"], data["result"]


ACTIONS = (OpenRound, CorrectRound, RecordMeeting, RecordFunds, EndRound)
