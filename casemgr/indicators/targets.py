"""Targets per year: data, set by an action, with its history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Action, ActionContext
from casemgr.indicators.definition import Kind, indicators
from casemgr.indicators.models import Target
from casemgr.indicators.period import EARLIEST, LATEST
from casemgr.pages.forms import ContextForm, DateField

SETTING = ("leader", "admin")


class TargetForm(ContextForm):
    indicator = forms.ChoiceField(label=gettext_lazy("Indicator"))
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=EARLIEST, max_value=LATEST)
    value = forms.DecimalField(
        label=gettext_lazy("Target"), min_value=Decimal("0.01"), max_digits=7, decimal_places=2,
        help_text=gettext_lazy("In per cent, like 98; for the load per handler a number of cases."),
    )  # fmt: skip
    by_on = DateField(label=gettext_lazy("To be reached by"), required=False,
                      help_text=gettext_lazy("Left empty: 31 December of the year."))  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Document or decision that sets the target"), max_length=300,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = [
            (code, one.name) for code, one in indicators().items() if not one.is_planned_elsewhere
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        one, year, value = indicators().get(data.get("indicator", "")), data.get("year"), data.get("value")
        if one and one.kind == Kind.RATE and value and value > 100:
            self.add_error("value", _("A rate cannot be more than 100 per cent."))
        if year and data.get("by_on") and data["by_on"].year != year:
            self.add_error("by_on", _("The day lies in another year than the target."))
        return data


class SetTarget(Action):
    """Set or change what an indicator is to reach in a year; earlier values stay in history."""

    name = "indicators.set_target"
    label = gettext_lazy("Set a target")
    roles = SETTING
    form = TargetForm
    model = Target
    creates = True

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> Target:
        known = Target.objects.select_for_update().filter(indicator=data["indicator"], year=data["year"]).first()
        target = known or Target(indicator=data["indicator"], year=data["year"], version=0)
        target.value, target.by_on = data["value"], data["by_on"] or date(data["year"], 12, 31)
        target.version += 1
        target.save()
        return target


ACTIONS = (SetTarget,)
