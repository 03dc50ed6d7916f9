"""What happens to an instance between complaint and judgment: suspension, time that does not count, another procedure,
the defences that are raised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.day_forms import DayForm
from casemgr.cases.day_guards import not_before
from casemgr.cases.models import Case
from casemgr.pages.forms import ContextForm, SeveralChoicesField
from litigation.actions.base import LitigationAction
from litigation.defences import Defence, proposals
from litigation.instances import running_instance
from litigation.models import LitigationCase
from litigation.states import RUNNING
from litigation.terms import Level, Track


class SuspensionGround(models.TextChoices):
    """Interpretation 2018, art. 87(1); only the first three end the suit after ninety days (art. 88(2))."""

    DEATH = "death", gettext_lazy("The plaintiff died; the relatives have not said whether they go on")
    INCAPACITY = "incapacity", gettext_lazy("The plaintiff lost capacity; no statutory agent yet")
    ENDED = "ended", gettext_lazy("A party was dissolved; the successor is not known yet")
    FORCE_MAJEURE = "force_majeure", gettext_lazy("Force majeure keeps a party away")
    INTERPRETATION = "interpretation", gettext_lazy("A competent organ has to interpret the law")
    OTHER_CASE = "other_case", gettext_lazy("Another case must be decided first")
    OTHER = "other", pgettext_lazy("suspension", "Another ground")


class ExcludedGround(models.TextChoices):
    """Interpretation 2018, art. 50(1): time that does not count into the trial."""

    NOTICE = "notice", pgettext_lazy("court", "Public notice")
    APPRAISAL = "appraisal", pgettext_lazy("court", "Appraisal")
    MEDIATION = "mediation", pgettext_lazy("court", "Mediation by the court")
    JURISDICTION = "jurisdiction", pgettext_lazy("court", "Objection to jurisdiction")
    OTHER = "other", pgettext_lazy("excluded time", "Other")


class SuspendForm(DayForm):
    ground = forms.ChoiceField(label=gettext_lazy("Ground"), choices=SuspensionGround.choices, widget=forms.RadioSelect)


class Suspend(LitigationAction):
    """The court suspended the suit; the file keeps where it stood."""

    name = "litigation.suspend"
    label = gettext_lazy("Record that the court suspended the suit")
    topic = Topic.TIME
    form = SuspendForm
    transition, event = "suspend", "suit_suspended"
    guards = (not_before("suit_filed", "case_filed", "instance_opened"),)

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        self.set_facts(subject, state_before_suspension=subject.state)
        return super().execute(subject, data, context)

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().event_data(case, data), "ground": data["ground"]}


class Resume(LitigationAction):
    """The cause has gone: the suit goes on where it stood."""

    name = "litigation.resume"
    label = gettext_lazy("Record that the court resumed the suit")
    form = DayForm
    primary = 50
    transition, event = "resume", "suit_resumed"
    guards = (not_before("suit_suspended"),)


class TrackForm(DayForm):
    track = forms.ChoiceField(label=gettext_lazy("Court's procedure"), choices=Track.choices, widget=forms.RadioSelect)


class ChangeTrack(LitigationAction):
    """The court changed its procedure: the time for the judgment counts from the filing all the same (art. 105(2))."""

    name = "litigation.change_track"
    label = gettext_lazy("Record that the court changed its procedure")
    topic = Topic.TIME
    form = TrackForm
    states = RUNNING
    event = "track_changed"
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("Record the court's procedure as it is.")
    guards = (
        Guard(
            "first-instance-has-tracks",
            "82",
            gettext_lazy("Only a first instance knows the simplified procedure."),
            lambda case, data, today: (found := running_instance(case)) is not None and found.level == Level.FIRST,
        ),
    )

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        instance = running_instance(case)
        instance.track = data["track"]
        instance.save()

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().event_data(case, data), "track": data["track"]}


class ExcludeForm(DayForm):
    ground = forms.ChoiceField(label=gettext_lazy("Ground"), choices=ExcludedGround.choices)


class ExcludeFrom(LitigationAction):
    """From this day time does not count into the trial."""

    name = "litigation.exclude_from"
    label = gettext_lazy("Record that time does not count from a day")
    topic = Topic.TIME
    form = ExcludeForm
    states = RUNNING
    event = "excluded_from"

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().event_data(case, data), "ground": data["ground"]}


class ExcludeUntil(LitigationAction):
    """It counts again."""

    name = "litigation.exclude_until"
    label = gettext_lazy("Record that time counts again")
    topic = Topic.TIME
    form = DayForm
    states = RUNNING
    event = "excluded_until"
    guards = (
        Guard(
            "nothing-excluded",
            "",
            gettext_lazy("No time is excluded at present."),
            lambda case, data, today: (
                (last := events.last_of(events.facts_of(case), "excluded_from", "excluded_until")) is not None
                and last.kind == "excluded_from"
            ),
        ),
        not_before("excluded_from"),
    )


class DefencesForm(ContextForm):
    raised = SeveralChoicesField(
        label=gettext_lazy("Defences raised"),
        choices=Defence.choices,
        required=False,
        help_text=gettext_lazy("Nothing ticked: none is raised."),
    )
    note = forms.CharField(
        label=gettext_lazy("Finding"), max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("What was found, also where nothing is raised."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.subject.facts.defences
        self.fields["raised"].initial = known.get("raised", [])
        self.fields["note"].initial = known.get("note", "")
        if not known and not self.is_bound:
            found = proposals(self.subject, self.subject.deadlines.all())
            self.fields["raised"].initial = [one.code for one in found]
            self.fields["note"].initial = "；".join(one.reason for one in found)


class ExamineDefences(LitigationAction):
    """Whether the suit can be met by a defence of its own, before the act is defended (Interpretation, art. 69)."""

    name = "litigation.examine_defences"
    label = gettext_lazy("Examine the defences against the suit")
    form = DefencesForm
    states = RUNNING

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        kept = {"raised": [str(code) for code in data["raised"]], "note": data["note"],
                "on": context.today.isoformat(), "by": context.actor.full_name}  # fmt: skip
        self.set_facts(case, defences=kept)


COURSE = (Suspend, Resume, ChangeTrack, ExcludeFrom, ExcludeUntil, ExamineDefences)
