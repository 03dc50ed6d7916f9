"""Forms of the tables and of the entries by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy

from casemgr.organisation.models import Unit
from casemgr.organisation.reference import JUSTICE_BUREAU
from casemgr.organisation.scope import ALL, scope
from casemgr.pages.forms import ContextForm, DateField, MoneyField
from mediation.models import Basis
from mediation.organisations.forms.fields import not_later
from mediation.organisations.permission import SECTION, holds
from mediation.tables.areas import REPORTING
from mediation.tables.definition import definitions
from mediation.tables.months import EARLIEST_YEAR, LATEST_YEAR

MONTHS = [(str(number), str(number)) for number in range(1, 13)]


def reporting_units(actor, today: date):
    """Towns, streets and zones for which the person may submit; the bureau submits for its own committees.

    A town that was merged is among them: its last months are submitted by the one that succeeded it.
    """
    if actor is None:
        return Unit.objects.none()
    units = Unit.objects.filter(kind__in=REPORTING).order_by("kind", "code")
    if holds(actor, SECTION, today):
        return Unit.objects.filter(Q(kind__in=REPORTING) | Q(code=JUSTICE_BUREAU)).order_by("kind", "code")
    reached = scope(actor, today).units_of_role(("town",))
    return units if reached is ALL else units.filter(pk__in=reached)


class ReasonForm(ContextForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))


class RemarkForm(ContextForm):
    note = forms.CharField(label=gettext_lazy("Remark"), max_length=300, required=False)


class SubmitAgainForm(ContextForm):
    is_zero = forms.BooleanField(label=gettext_lazy("Zero report: nothing happened in this month"), required=False)
    warnings_noted = forms.CharField(
        label=gettext_lazy("What is to be said to the warnings"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )


class SubmitForm(SubmitAgainForm):
    table = forms.ChoiceField(label=gettext_lazy("Table"), required=False)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Town or street"))
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=EARLIEST_YEAR, max_value=LATEST_YEAR)
    month = forms.ChoiceField(label=gettext_lazy("Month"), choices=MONTHS)
    field_order = ("table", "unit", "year", "month", "is_zero", "warnings_noted")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["table"].choices = [(one.code, one.name) for one in definitions().values() if one.is_submitted]
        self.fields["unit"].queryset = reporting_units(self.actor, self.today)

    def clean_table(self) -> str:
        return self.cleaned_data["table"] or "M-1"


class PolicyForm(ContextForm):
    effective_on = DateField(label=gettext_lazy("In force from the month of"))
    cut_off_day = forms.IntegerField(
        label=gettext_lazy("Last day of the reporting month"),
        min_value=0,
        max_value=31,
        initial=0,
        help_text=gettext_lazy("0: the natural month. 25: from the 26th of the month before to the 25th."),
    )
    basis = forms.ChoiceField(label=gettext_lazy("A dispute counts"), choices=Basis.choices, initial=Basis.CLOSED)
    due_days = forms.IntegerField(
        label=gettext_lazy("Days after the month to submit"), min_value=0, max_value=31, initial=5
    )
    note = forms.CharField(label=gettext_lazy("Document it rests on"), max_length=200, required=False)


class FundsForm(ContextForm):
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Town or street"))
    on = DateField(label=gettext_lazy("Day"))
    guidance_yuan = MoneyField(label=gettext_lazy("Guidance of mediation, yuan"), initial=0)
    subsidy_yuan = MoneyField(label=gettext_lazy("Subsidy of committees, yuan"), initial=0)
    insurance_yuan = MoneyField(label=gettext_lazy("Insurance of mediators, yuan"), initial=0)
    note = forms.CharField(label=gettext_lazy("Remark"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = reporting_units(self.actor, self.today)

    def clean_on(self) -> date:
        return not_later(self.cleaned_data["on"], self.today)
