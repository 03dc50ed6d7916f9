"""Supervision by the procuratorate: papers it asked for and got, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.cases.day_forms import DayForm
from casemgr.cases.day_guards import not_before
from casemgr.cases.models import Case
from casemgr.pages.forms import DateField
from litigation.actions.base import LitigationAction
from litigation.models import LitigationCase
from litigation.registration.form import REGISTERING_ROLES
from litigation.roles import LIAISON
from litigation.suggestions.entering import register_supervision
from litigation.suggestions.form import SupervisionForm
from litigation.suggestions.terms import SupervisionResult
from litigation.terms import FileKind


class SupervisionAction(LitigationAction):
    """A step on the file of a supervision."""

    file_kinds: ClassVar = (FileKind.SUPERVISION,)
    states = ("SUPERVISED",)

    def subject_of(self, case: Case, data: Mapping[str, Any]) -> str:
        return ""


class RegisterSupervision(SupervisionAction):
    """Register a case at which the procuratorate looks, under its number."""

    name = "litigation.register_supervision"
    label = gettext_lazy("Register a supervision by the procuratorate")
    creates = True
    roles = REGISTERING_ROLES
    form = SupervisionForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        return register_supervision(context.form, data, context.actor, context.today)


class PapersForm(DayForm):
    text = forms.CharField(label=gettext_lazy("Which papers"), max_length=1000, widget=forms.Textarea({"rows": 3}))


class PapersAskedForm(PapersForm):
    due_on = DateField(label=gettext_lazy("To be handed over by"), required=False)


class AskPapers(SupervisionAction):
    """The procuratorate asked for papers; the agency must cooperate."""

    name = "litigation.ask_papers"
    label = gettext_lazy("Record papers the procuratorate asks for")
    primary = 70
    form = PapersAskedForm
    event = "papers_asked"
    guards = (not_before("supervision_notified"),)

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        due = {"due": data["due_on"].isoformat()} if data["due_on"] else {}
        return {**super().event_data(case, data), "text": data["text"], **due}


class HandOverPapers(SupervisionAction):
    """Papers went to the procuratorate."""

    name = "litigation.hand_over_papers"
    label = gettext_lazy("Record papers handed over to the procuratorate")
    primary = 65
    form = PapersForm
    event = "papers_handed_over"
    guards = (not_before("supervision_notified"),)

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().event_data(case, data), "text": data["text"]}


class SupervisionResultForm(DayForm):
    result = forms.ChoiceField(
        label=gettext_lazy("Result"), choices=[("", gettext_lazy("— choose —")), *SupervisionResult.choices]
    )
    number = forms.CharField(label=gettext_lazy("Number of its paper"), required=False, max_length=80)


class DecideSupervision(SupervisionAction):
    """The procuratorate protested, suggested a retrial, or did not: a retrial runs in the suit's own file."""

    name = "litigation.decide_supervision"
    label = gettext_lazy("Record the procuratorate's decision")
    consequence = gettext_lazy("The file is closed. A retrial is recorded in the file of the suit.")
    roles = LIAISON
    primary = 60
    form = SupervisionResultForm
    transition, event = "end_supervision", "supervision_decided"
    states = ()
    guards = (not_before("registered", "supervision_notified", "papers_handed_over"),)

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        number = {"number": data["number"]} if data["number"] else {}
        return {**super().event_data(case, data), "result": data["result"], **number}


SUPERVISION = (RegisterSupervision, AskPapers, HandOverPapers, DecideSupervision)
