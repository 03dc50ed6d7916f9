"""What stops the clock of the trial, or lengthens it: suspension, excluded time, extension, conversion
(Reconsideration Law 2023, art. 39, 55, 62; Implementing Regulation 2026, art. 40, 45, 46)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.day_forms import DayForm
from reconsideration.actions.base import ReconsiderationAction
from reconsideration.actions.papers import PaperAction, PaperDayForm
from reconsideration.ending_guards import the_one_concerned_is_named
from reconsideration.guards import not_before
from reconsideration.old_law import not_suspended_under_the_old_law
from reconsideration.states import UNDER_TRIAL
from reconsideration.stop_guards import (
    agreed_by_both_sides,
    annexed_review_is_over,
    another_ground_lasts,
    approved_by_the_head,
    conversion_in_time,
    ended_ground_is_ripe,
    excluded_time_is_running,
    extension_in_time,
    extension_within_cap,
    ground_is_new,
    no_excluded_time_of_this_kind,
    only_ordinary,
    only_simplified,
    superior_time_exists,
    suspension_time_is_of_old_cases,
)
from reconsideration.suspension_grounds import concerned, ground_label, grounds_in_force, subject_of
from reconsideration.terms import ExcludedTime, SuspensionGround, Track
from reconsideration.timelimits.laws import EXTENSION_CAP

OPEN = (*UNDER_TRIAL, "SUSPENDED")
TEXT = forms.Textarea({"rows": 3})


class SuspendForm(PaperDayForm):
    ground = forms.ChoiceField(choices=SuspensionGround.choices)
    cause = forms.CharField(max_length=1000)
    agreed_by = forms.CharField(required=False, max_length=200)
    is_competent = forms.ChoiceField(choices=[("", ""), ("yes", ""), ("no", "")], required=False)
    concerns = forms.IntegerField(required=False)


class SuspensionStep(PaperAction):
    """What begins one ground of a suspension; its event is tied to those of the same ground."""

    form = SuspendForm

    def event_data(self, case, data: Mapping[str, Any]) -> dict[str, Any]:
        kept = super().event_data(case, data) | {"ground": data["ground"], "content": data["cause"]}
        if one := concerned(case, data["ground"], data["concerns"]):
            kept["concerns"] = one
        is_annexed = data["ground"] == SuspensionGround.ANNEXED_REVIEW
        return kept | ({"is_competent": data["is_competent"] == "yes"} if is_annexed else {})

    def record_event(self, case, data, context):
        kept = self.event_data(case, data)
        subject = subject_of(data["ground"], kept.get("concerns"))
        return events.record(case, self.event, data["on"], subject=subject, **kept)


class Suspend(SuspensionStep):
    """The suspension notice is issued: the decision period stands still from this day (art. 39)."""

    name = "reconsideration.suspend"
    label = gettext_lazy("Suspend")
    topic = Topic.TIME
    transition, event = "suspend", "suspended"
    guards = (
        not_suspended_under_the_old_law,
        the_one_concerned_is_named,
        agreed_by_both_sides,
        not_before("accepted", "resumed"),
    )


class AddSuspensionGround(SuspensionStep):
    """A further ground appears while the case is suspended: from this day it is suspended on that one too (art. 39)."""

    name = "reconsideration.add_suspension_ground"
    label = gettext_lazy("Add a ground of suspension")
    topic = Topic.TIME
    states = ("SUSPENDED",)
    event = "suspension_ground_added"
    guards = (
        not_suspended_under_the_old_law,
        the_one_concerned_is_named,
        ground_is_new,
        agreed_by_both_sides,
        not_before("suspended"),
    )


class EndGroundForm(DayForm):
    ground = forms.ChoiceField(label=gettext_lazy("Ground whose cause is gone"))
    content = forms.CharField(label=gettext_lazy("How it is known"), max_length=1000, widget=TEXT)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        names = {part.pk: part.name for part in self.subject.participations.all()}
        rows = [(str(fact.root.pk), ground_label(fact, names)) for fact in grounds_in_force(self.subject)]
        self.fields["ground"].choices = [("", gettext_lazy("— choose —")), *rows]


class EndSuspensionGround(ReconsiderationAction):
    """The cause of one ground is gone while another lasts: the case stays suspended, its sixty days end."""

    name = "reconsideration.end_suspension_ground"
    label = gettext_lazy("Record that one ground of suspension is gone")
    topic = Topic.TIME
    form = EndGroundForm
    states = ("SUSPENDED",)
    event = "suspension_ground_ended"
    guards = (ended_ground_is_ripe, not_before("suspended"))

    def state_refusal(self, subject, today):
        return super().state_refusal(subject, today) or another_ground_lasts.refusal(subject, None, today)

    def record_event(self, case, data, context):
        began = next(fact for fact in grounds_in_force(case) if str(fact.root.pk) == data["ground"])
        kept = self.event_data(case, data) | {"ground": began.data.get("ground", ""), "content": data["content"]}
        return events.record(case, self.event, data["on"], subject=began.subject, **kept)


class Resume(PaperAction):
    """The resumption notice is issued: the cause is gone and the period runs on (art. 39(2)(3))."""

    name = "reconsideration.resume"
    label = gettext_lazy("Resume")
    topic = Topic.TIME
    transition, event = "resume", "resumed"
    guards = (annexed_review_is_over, not_before("suspended"))


class ExtendForm(PaperDayForm):
    """What the issued paper says (documents/extension.py); nobody types it here."""

    days = forms.IntegerField(min_value=1, max_value=EXTENSION_CAP)
    cause = forms.CharField(max_length=1000)
    approved_by = forms.CharField(required=False, max_length=60)


class Extend(PaperAction):
    """The extension notice is issued before the period ends; at most thirty days in all (art. 62(1))."""

    name = "reconsideration.extend"
    label = gettext_lazy("Extend the decision period")
    topic = Topic.TIME
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
    topic = Topic.TIME
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
    topic = Topic.TIME
    form = ExcludedForm
    states = OPEN
    event = "excluded_from"
    guards = (
        superior_time_exists,
        suspension_time_is_of_old_cases,
        no_excluded_time_of_this_kind,
        not_before("accepted"),
    )

    def record_event(self, case, data, context):
        return events.record(case, self.event, data["on"], subject=f"excluded-{data['kind']}",
                             note=data["note"], excluded=data["kind"], paper=data["paper"])  # fmt: skip


class EndExcludedTime(ReconsiderationAction):
    """Its result has come: the period runs on from the next day."""

    name = "reconsideration.end_excluded_time"
    label = gettext_lazy("End time that does not count")
    topic = Topic.TIME
    primary = 15
    form = ExcludedForm
    states = OPEN
    event = "excluded_until"
    guards = (excluded_time_is_running, not_before("accepted"))

    def state_refusal(self, subject, today):
        return super().state_refusal(subject, today) or excluded_time_is_running.refusal(subject, None, today)

    def record_event(self, case, data, context):
        return events.record(case, self.event, data["on"], subject=f"excluded-{data['kind']}",
                             note=data["note"], excluded=data["kind"], paper=data["paper"])  # fmt: skip


STOPS = (
    Suspend,
    AddSuspensionGround,
    EndSuspensionGround,
    Resume,
    BeginExcludedTime,
    EndExcludedTime,
    Extend,
    Convert,
)
