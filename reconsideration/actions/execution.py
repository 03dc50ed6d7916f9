"""The stop of execution of the act: asked for, ordered, refused, ended (Reconsideration Law 2023, art. 42)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from casemgr.actions.topics import Topic
from casemgr.cases.day_forms import PartyDayForm
from casemgr.cases.models import Participation
from reconsideration.actions.base import ReconsiderationAction
from reconsideration.actions.papers import PaperAction, PaperDayForm
from reconsideration.execution_guards import (
    refusal_is_open,
    stop_ground_is_on_record,
    stop_is_asked,
    stop_is_in_force,
    stop_is_not_in_force,
)
from reconsideration.guards import not_before
from reconsideration.states import UNDER_TRIAL
from reconsideration.terms import StopGround

OPEN = (*UNDER_TRIAL, "SUSPENDED")
TEXT = forms.Textarea({"rows": 3})


class StopAskedForm(PartyDayForm):
    party_roles: ClassVar = (
        Participation.Role.APPLICANT,
        Participation.Role.THIRD_PARTY,
        Participation.Role.RESPONDENT,
    )
    content = forms.CharField(label=gettext_lazy("Reasons given"), max_length=1000, widget=TEXT)


class AskStop(ReconsiderationAction):
    """A party applies for the stop of execution (art. 42(3)), or the respondent holds it necessary (art. 42(1))."""

    name = "reconsideration.ask_stop"
    label = gettext_lazy("Record an application to stop execution")
    topic = Topic.TIME
    form = StopAskedForm
    states = OPEN
    event = "stop_asked"
    guards = (stop_is_not_in_force, not_before("received"))

    def event_data(self, case, data: Mapping[str, Any]) -> dict[str, Any]:
        return super().event_data(case, data) | {"content": data["content"]}


class StopForm(PaperDayForm):
    ground = forms.ChoiceField(choices=StopGround.choices)
    cause = forms.CharField(max_length=1000)


class StopExecution(PaperAction):
    """The stop order is issued (art. 42)."""

    name = "reconsideration.stop_execution"
    label = gettext_lazy("Stop execution")
    topic = Topic.TIME
    form = StopForm
    states = OPEN
    event = "stop_ordered"
    guards = (stop_is_not_in_force, stop_ground_is_on_record, not_before("accepted"))

    def event_data(self, case, data: Mapping[str, Any]) -> dict[str, Any]:
        return super().event_data(case, data) | {"ground": data["ground"], "content": data["cause"]}


class StopAnswerForm(PaperDayForm):
    cause = forms.CharField(max_length=1000)


class RefuseStop(PaperAction):
    """The request of an applicant or third party is found unreasonable, with reasons: no stop (art. 42(3))."""

    name = "reconsideration.refuse_stop"
    label = gettext_lazy("Refuse the stop of execution")
    topic = Topic.TIME
    form = StopAnswerForm
    states = OPEN
    event = "stop_refused"
    guards = (stop_is_not_in_force, stop_is_asked, refusal_is_open, not_before("stop_asked"))

    def event_data(self, case, data: Mapping[str, Any]) -> dict[str, Any]:
        return super().event_data(case, data) | {"content": data["cause"]}


class EndStop(PaperAction):
    """The reason of the stop is gone: the act may be executed again."""

    name = "reconsideration.end_stop"
    label = gettext_lazy("End the stop of execution")
    topic = Topic.TIME
    form = StopAnswerForm
    states = OPEN
    event = "stop_ended"
    guards = (stop_is_in_force, not_before("stop_ordered"))

    def event_data(self, case, data: Mapping[str, Any]) -> dict[str, Any]:
        return super().event_data(case, data) | {"content": data["cause"]}


EXECUTION = (AskStop, StopExecution, RefuseStop, EndStop)
