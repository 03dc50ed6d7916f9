"""Say which line of the appearance a year's plan assesses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Action, ActionContext
from casemgr.pages.forms import ContextForm
from litigation.models import AppearanceLine, AssessedLine


class AssessedForm(ContextForm):
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2015, max_value=2099)
    line = forms.ChoiceField(
        label=gettext_lazy("Assessed line"), choices=AppearanceLine.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=gettext_lazy("Document or decision that says so"), max_length=300, widget=forms.Textarea({"rows": 2})
    )


class SetAssessedLine(Action):
    """Which of the lines is the assessed one in a year; earlier choices stay in history."""

    name = "litigation.set_assessed_line"
    label = gettext_lazy("Choose the assessed line")
    roles = ("liaison", "leader", "admin")
    form = AssessedForm
    model: ClassVar = AssessedLine
    creates = True

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> AssessedLine:
        known = AssessedLine.objects.select_for_update().filter(year=data["year"]).first()
        row = known or AssessedLine(year=data["year"])
        row.line, row.reason = data["line"], data["reason"]
        row.save()
        return row
