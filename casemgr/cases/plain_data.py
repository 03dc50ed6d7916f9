"""Correcting what was entered about the act and about a participant: with a reason, both texts in the timeline."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.actions import CaseAction, archived_refusal
from casemgr.cases.models import Act, Case, Participation
from casemgr.organisation.roles import HANDS
from casemgr.pages.dates import long_date
from casemgr.pages.forms import ContextForm, DateField

INSTEAD = gettext_lazy("Correct it once more.")
REASON = {"label": gettext_lazy("Reason and paper that proves it"), "max_length": 500}


class CorrectActForm(ContextForm):
    title = forms.CharField(label=gettext_lazy("Name of the act"), max_length=200)
    number = forms.CharField(label=gettext_lazy("Document number of the act"), required=False, max_length=80)
    acted_on = DateField(label=gettext_lazy("Date of the act"), required=False)
    reason = forms.CharField(**REASON, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        act = self.subject.act
        if act is not None and not self.is_bound:
            self.initial = {"title": act.title, "number": act.number, "acted_on": act.acted_on, **self.initial}
        others = shared_with(self.subject)
        if others:
            self.fields["reason"].help_text = _("The act is also that of: %(cases)s.") % {"cases": "、".join(others)}

    def clean_acted_on(self) -> date | None:
        acted_on = self.cleaned_data["acted_on"]
        if acted_on and acted_on > self.today:
            raise forms.ValidationError(_("The date lies in the future. Enter the day on which it really happened."))
        return acted_on


def shared_with(case: Case) -> list[str]:
    """Numbers of the other cases against the same act, at most ten."""
    if case.act_id is None:
        return []
    return list(Case.objects.filter(act_id=case.act_id).exclude(pk=case.pk).values_list("number", flat=True)[:10])


class CorrectAct(CaseAction):
    """The act's name, number or day was entered wrongly; it is one row for every case that attacks it."""

    name = "cases.correct_act"
    label = gettext_lazy("Correct the act")
    topic = Topic.CORRECTION
    roles = HANDS
    form = CorrectActForm
    annullable: ClassVar[bool] = False
    instead = INSTEAD

    def form_values(self, subject: Case, at: datetime | None) -> Mapping[str, Any]:
        """The act is a row of its own: as it was then, from its history."""
        acts = Act.objects.filter(pk=subject.act_id) if at is None else Act.history.as_of(at).filter(pk=subject.act_id)
        found = acts.first()
        return {name: getattr(found, name) for name in ("title", "number", "acted_on")} if found else {}

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        if refusal := archived_refusal(subject):
            return refusal
        return None if subject.act_id else Refusal("no-act", _("The case names no act."))

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        act = Act.objects.select_for_update(of=("self",)).get(pk=case.act_id)
        was = _in_words(act)
        act.title, act.number, act.acted_on = data["title"], data["number"], data["acted_on"]
        act.save()
        case.act = act
        changed = {"was": was, "now": _in_words(act), "reason": data["reason"]}
        events.record(case, "data_corrected", context.today, what="act", **changed)


def _in_words(act: Act) -> str:
    day = long_date(act.acted_on) if act.acted_on else ""
    return " ".join(part for part in (act.title, act.number, day) if part)


class CorrectParticipationForm(ContextForm):
    participation = forms.ModelChoiceField(Participation.objects.none(), label=gettext_lazy("Participant"))
    name = forms.CharField(label=gettext_lazy("Name as it was"), max_length=100)
    left_on = DateField(
        label=gettext_lazy("Left the case on"), required=False, help_text=gettext_lazy("Empty: still takes part.")
    )
    reason = forms.CharField(**REASON, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["participation"]
        field.queryset = self.subject.participations.all()
        field.label_from_instance = lambda part: part.with_role

    def clean_left_on(self) -> date | None:
        left_on = self.cleaned_data["left_on"]
        if left_on and left_on > self.today:
            raise forms.ValidationError(_("The date lies in the future. Enter the day on which it really happened."))
        return left_on


def _keeps_an_applicant(case: Case, data: Mapping[str, Any]) -> bool:
    part: Participation = data["participation"]
    if not data["left_on"] or part.role not in (Participation.Role.APPLICANT, Participation.Role.RESPONDENT):
        return True
    return case.participations.filter(role=part.role, left_on__isnull=True).exclude(pk=part.pk).exists()


class CorrectParticipation(CaseAction):
    """A participant's name as it was then, or the day on which the participant left."""

    name = "cases.correct_participation"
    label = gettext_lazy("Correct a participant")
    topic = Topic.CORRECTION
    roles = HANDS
    form = CorrectParticipationForm
    annullable: ClassVar[bool] = False
    instead = INSTEAD

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        return archived_refusal(subject)

    def guard_refusals(self, subject: Case, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None or _keeps_an_applicant(subject, data):
            return []
        message = _("The last applicant or respondent cannot leave: withdraw or terminate the case instead.")
        return [Refusal("last-of-its-side", message, field="left_on")]

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        part: Participation = data["participation"]
        was = part.name
        part.name, part.left_on = data["name"], data["left_on"]
        part.save()
        left = " " + long_date(part.left_on) if part.left_on else ""
        changed = {"was": was, "now": part.name + left, "reason": data["reason"]}
        events.record(case, "data_corrected", context.today, what="participant", party=part.party, **changed)


ACTIONS = (CorrectAct, CorrectParticipation)
