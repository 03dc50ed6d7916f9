"""What rests or prolongs a mediation: pause, resumption, extension by agreement (T7, T8)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.day_forms import DayForm
from casemgr.cases.day_guards import not_before
from mediation.actions.base import MediationAction
from mediation.course.people import SHORT, TEXT, PartsField, names, parties_of
from mediation.guards.clocks import (
    appraisal_runs,
    everybody_agreed,
    extension_in_time,
    is_stopped_by_appraisal,
    main_clock,
    not_labour,
)
from mediation.models import MediationCase
from mediation.terms import PauseGround

RUNNING = ("ACCEPTED", "MEDIATING", "PAUSED")


class PauseForm(DayForm):
    ground = forms.ChoiceField(label=gettext_lazy("Ground"), choices=PauseGround.choices, widget=forms.RadioSelect)
    cause = forms.CharField(
        label=gettext_lazy("What happened, and the paper that shows it"), max_length=1000, widget=TEXT
    )
    reported_to = forms.CharField(
        label=gettext_lazy("Reported to"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("A suspected sham mediation is reported to the court or to the committee."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if is_stopped_by_appraisal(self.subject):
            text = _("The time of an appraisal is not counted; no other ground stops the period.")
        else:
            text = _("Nothing stops the period of this case: agree an extension with the parties if it gets short.")
        self.fields["ground"].help_text = text


# Provisions on invited mediation, art. 18(1); E6 for what is reported to the police
report_is_named = Guard(
    "not-reported",
    gettext_lazy("Provisions on invited mediation, article 18"),
    gettext_lazy("On this ground the mediation rests and a report is made. Enter to whom it was made."),
    lambda case, data, today: (
        data["ground"] not in (PauseGround.SHAM, PauseGround.CRIMINAL_REPORT) or bool(data["reported_to"])
    ),
    field="reported_to",
    needs_data=True,
)


class Pause(MediationAction):
    """The mediation rests. Only an appraisal may stop a clock, and not every clock (T7)."""

    name = "mediation.pause"
    label = gettext_lazy("Pause the mediation")
    topic = Topic.TIME
    form = PauseForm
    transition, event = "pause", "paused"
    guards = (report_is_named, not_before("mediation_begun", "resumed"))

    def event_data(self, case: MediationCase, data: Mapping[str, Any]) -> dict[str, Any]:
        kept = {"ground": data["ground"], "content": data["cause"], "reported_to": data["reported_to"]}
        return super().event_data(case, data) | {name: value for name, value in kept.items() if value}

    def record_event(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> events.Event:
        event = super().record_event(case, data, context)
        if data["ground"] == PauseGround.APPRAISAL:
            events.record(case, "appraisal_from", data["on"])
        return event


class ResumeForm(DayForm):
    content = forms.CharField(label=gettext_lazy("How the cause ended"), max_length=1000, widget=SHORT)


class Resume(MediationAction):
    """The cause is gone; the time of an appraisal ends with it (T8)."""

    name = "mediation.resume"
    label = gettext_lazy("Resume the mediation")
    topic = Topic.TIME
    form = ResumeForm
    primary = 50
    transition, event = "resume", "resumed"
    guards = (not_before("paused"),)

    def event_data(self, case: MediationCase, data: Mapping[str, Any]) -> dict[str, Any]:
        return super().event_data(case, data) | {"content": data["content"]}

    def record_event(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> events.Event:
        event = super().record_event(case, data, context)
        if appraisal_runs(case):
            events.record(case, "appraisal_until", data["on"])
        return event


class ExtendForm(DayForm):
    days = forms.IntegerField(label=gettext_lazy("Days more"), min_value=1, max_value=365)
    agreed_by = PartsField(label=gettext_lazy("Who agreed"))
    how = forms.CharField(
        label=gettext_lazy("How the agreement is shown"),
        max_length=200,
        help_text=gettext_lazy("The record of the session, a signed note, a message on the platform."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed_by"].offer(parties_of(self.subject))
        clock = main_clock(self.subject)
        if clock is not None and clock.rule == "M-MED":
            self.fields["days"].label = _("Working days more")
            self.fields["agreed_by"].help_text = _("The committee agrees by recording it; both sides must agree.")
        self.order_fields(["on", "days", "agreed_by", "how", "note"])


class Extend(MediationAction):
    """All parties agree to go on beyond the period (TY 27, ZX 24; medical: with the committee, Regulation 38)."""

    name = "mediation.extend"
    label = gettext_lazy("Extend the period by agreement")
    topic = Topic.TIME
    form = ExtendForm
    states = RUNNING
    event = "extended"
    guards = (not_labour, extension_in_time, everybody_agreed, not_before("accepted"))

    def event_data(self, case: MediationCase, data: Mapping[str, Any]) -> dict[str, Any]:
        kept = {"days": data["days"], "agreed_by": names(list(data["agreed_by"])), "how": data["how"]}
        return super().event_data(case, data) | kept


STOPS = (Pause, Resume, Extend)
