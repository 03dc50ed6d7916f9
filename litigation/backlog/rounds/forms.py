"""What is entered of a clearing round."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.pages.forms import ContextForm, DateField, MoneyField, PastDayForm, SeveralRowsField, not_in_future
from litigation.backlog.forms import TEXT
from litigation.backlog.states import OPEN
from litigation.models import BacklogItem, BacklogYear

MOST = 300
"""Items offered at once: more open ones than a banner has."""


class RoundForm(ContextForm):
    """The batch and what is asked of it."""

    year = forms.ModelChoiceField(BacklogYear.objects.all(), label=gettext_lazy("Year of the backlog"))
    name = forms.CharField(
        label=gettext_lazy("Name of the round"),
        max_length=100,
        help_text=gettext_lazy("For example: second round, debts for works."),
    )
    first_on = DateField(label=gettext_lazy("First day"))
    last_on = DateField(label=gettext_lazy("Last day"))
    items = SeveralRowsField(BacklogItem.objects.none(), label=gettext_lazy("Items of the round"))
    sub_target = forms.IntegerField(
        label=gettext_lazy("How many of them are to be cleared"),
        min_value=1,
        help_text=gettext_lazy("In whole items, by the last day of the round."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["items"]
        offered = BacklogItem.objects.filter(state__in=OPEN)
        if self.subject is not None:
            offered = offered | BacklogItem.objects.filter(rounds__clearing_round=self.subject)
        rows = offered.distinct().select_related("unit", "number").order_by("unit__path", "pk")
        field.queryset = rows if self.is_bound else rows[:MOST]
        field.label_from_instance = lambda item: f"{item.unit.name}　{item.court_number}　{item.duty}"
        if not self.is_bound and self.subject is None and self.today is not None:
            year = BacklogYear.objects.filter(year=self.today.year).first()
            self.fields["year"].initial = year
            self.fields["first_on"].initial = self.today
            self.fields["last_on"].initial = year.target_on if year is not None else None

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last, items = data.get("first_on"), data.get("last_on"), data.get("items")
        if first and last and last < first:
            self.add_error("last_on", _("The round cannot end before it begins. Check both dates."))
        if items is not None and data.get("sub_target") and data["sub_target"] > len(items):
            message = _("The round holds %(count)d items: no more can be asked of it.") % {"count": len(items)}
            self.add_error("sub_target", message)
        return data


class MeetingForm(ContextForm):
    held_on = DateField(label=pgettext_lazy("meeting", "Held on"))
    decisions = forms.CharField(
        label=gettext_lazy("What was decided"),
        max_length=4000,
        widget=TEXT,
        help_text=gettext_lazy("Who does what until when."),
    )

    def clean_held_on(self) -> date:
        return not_in_future(self.cleaned_data["held_on"], self.today)


class FundsForm(ContextForm):
    asked_yuan = MoneyField(label=gettext_lazy("Funds asked for, in yuan"))
    granted_yuan = MoneyField(
        label=gettext_lazy("Funds granted, in yuan"),
        required=False,
        help_text=gettext_lazy("Empty until it is decided; 0 when nothing is granted."),
    )
    funds_paper = forms.CharField(
        label=gettext_lazy("Paper on the funds, with number and date"), max_length=200, required=False
    )


class EndForm(PastDayForm):
    result = forms.CharField(label=gettext_lazy("Result of the round"), max_length=4000, widget=TEXT)

    def clean_on(self) -> date:
        on = super().clean_on()
        if self.subject is not None and on < self.subject.first_on:
            raise forms.ValidationError(_("It lies before the first day of the round."))
        return on
