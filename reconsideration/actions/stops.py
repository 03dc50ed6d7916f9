"""What stops the clock of the trial, or lengthens it: suspension, excluded time, extension, conversion, stop of
execution (Reconsideration Law 2023, art. 39, 42, 55, 62; Implementing Regulation 2026, art. 40, 45, 46)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from casemgr.cases import events
from casemgr.cases.models import Participation
from reconsideration.actions.base import DayForm, PartyDayForm, ReconsiderationAction
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
from reconsideration.stop_guards import (
    agreed_by_both_sides,
    annexed_review_is_over,
    approved_by_the_head,
    conversion_in_time,
    excluded_time_is_running,
    extension_in_time,
    extension_within_cap,
    law_of_2023,
    no_excluded_time_of_this_kind,
    only_ordinary,
    only_simplified,
    superior_time_exists,
)
from reconsideration.terms import ExcludedTime, StopGround, SuspensionGround, Track

OPEN = (*UNDER_TRIAL, "SUSPENDED")
TEXT = forms.Textarea({"rows": 3})


class SuspendForm(PaperDayForm):
    ground = forms.ChoiceField(choices=SuspensionGround.choices)
    cause = forms.CharField(max_length=1000)
    agreed_by = forms.CharField(required=False, max_length=200)
    is_competent = forms.ChoiceField(choices=[("", ""), ("yes", ""), ("no", "")], required=False)


class Suspend(PaperAction):
    """The suspension notice is issued: the decision period stands still from this day (art. 39)."""

    name = "reconsideration.suspend"
    label = gettext_lazy("Suspend")
    form = SuspendForm
    transition, event = "suspend", "suspended"
    guards = (law_of_2023, agreed_by_both_sides, not_before("accepted", "resumed"))

    def event_data(self, case, data: Mapping[str, Any]) -> dict[str, Any]:
        kept = super().event_data(case, data) | {"ground": data["ground"], "content": data["cause"]}
        is_annexed = data["ground"] == SuspensionGround.ANNEXED_REVIEW
        return kept | ({"is_competent": data["is_competent"] == "yes"} if is_annexed else {})


class Resume(PaperAction):
    """The resumption notice is issued: the cause is gone and the period runs on (art. 39(2)(3))."""

    name = "reconsideration.resume"
    label = gettext_lazy("Resume")
    transition, event = "resume", "resumed"
    guards = (annexed_review_is_over, not_before("suspended"))


class ExtendForm(PaperDayForm):
    days = forms.IntegerField(min_value=1, max_value=30)
    cause = forms.CharField(max_length=1000)
    approved_by = forms.CharField(required=False, max_length=60)


class Extend(PaperAction):
    """The extension notice is issued before the period ends; at most thirty days in all (art. 62(1))."""

    name = "reconsideration.extend"
    label = gettext_lazy("Extend the decision period")
    form = ExtendForm
    states = UNDER_TRIAL
    event = "extended"
    guards = (only_ordinary, approved_by_the_head, extension_in_time, extension_within_cap, not_before("accepted"))

    def event_data(self, case, data: Mapping[str, Any]) -> dict[str, Any]:
        return super().event_data(case, data) | {"days": data["days"], "content": data["cause"]}


class ConvertForm(PaperDayForm):
    cause = forms.CharField(max_length=1000)
    approved_by = forms.CharField(required=False, max_length=60)


class Convert(PaperAction):
    """Simplified becomes ordinary: sixty days from acceptance; the respondent has the balance of ten working days."""

    name = "reconsideration.convert"
    label = gettext_lazy("Convert to the ordinary procedure")
    form = ConvertForm
    states = UNDER_TRIAL
    event = "converted_to_ordinary"
    guards = (only_simplified, approved_by_the_head, conversion_in_time, not_before("accepted"))

    def record_facts(self, case, data, context) -> None:
        was_missing = case.facts.reply_is_missing
        self.set_facts(case, track=Track.ORDINARY, simplified_ground="", reply_is_missing=False)
        if was_missing and case.state == "IN_REVIEW":
            case.await_reply_again()

    def event_data(self, case, data: Mapping[str, Any]) -> dict[str, Any]:
        return super().event_data(case, data) | {"content": data["cause"]}


class ExcludedForm(DayForm):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=ExcludedTime.choices)
    paper = forms.CharField(
        label=gettext_lazy("Paper (name, number, day)"),
        max_length=200,
        help_text=gettext_lazy("The commission of the appraisal, the record of the inspection, the letter."),
    )


class BeginExcludedTime(ReconsiderationAction):
    """Inspection, appraisal or the question to the superior begins: its time does not count (Regulation 40, 45, 46)."""

    name = "reconsideration.begin_excluded_time"
    label = gettext_lazy("Begin time that does not count")
    form = ExcludedForm
    states = OPEN
    event = "excluded_from"
    guards = (superior_time_exists, no_excluded_time_of_this_kind, not_before("accepted"))

    def record_event(self, case, data, context):
        return events.record(case, self.event, data["on"], subject=f"excluded-{data['kind']}",
                             note=data["note"], excluded=data["kind"], paper=data["paper"])  # fmt: skip


class EndExcludedTime(ReconsiderationAction):
    """Its result has come: the period runs on from the next day."""

    name = "reconsideration.end_excluded_time"
    label = gettext_lazy("End time that does not count")
    form = ExcludedForm
    states = OPEN
    event = "excluded_until"
    guards = (excluded_time_is_running, not_before("accepted"))

    def record_event(self, case, data, context):
        return events.record(case, self.event, data["on"], subject=f"excluded-{data['kind']}",
                             note=data["note"], excluded=data["kind"], paper=data["paper"])  # fmt: skip


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
    form = StopAnswerForm
    states = OPEN
    event = "stop_ended"
    guards = (stop_is_in_force, not_before("stop_ordered"))

    def event_data(self, case, data: Mapping[str, Any]) -> dict[str, Any]:
        return super().event_data(case, data) | {"content": data["cause"]}


STOPS = (
    Suspend,
    Resume,
    BeginExcludedTime,
    EndExcludedTime,
    Extend,
    Convert,
    AskStop,
    StopExecution,
    RefuseStop,
    EndStop,
)
