"""What is entered of a visit; made for a phone as well: few entries, the day and the office filled in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.cases.models import Case
from casemgr.organisation.models import Unit
from casemgr.organisation.scope import ALL, scope
from casemgr.pages.forms import CHOOSE, ContextForm, DateField, not_in_future
from reconsideration.models import ReconsiderationCase, Visit
from reconsideration.reception.finding import squeezed

HANDS = ("officer", "head")


def _text(label: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, max_length=4000, required=required, widget=forms.Textarea({"rows": 3}))


class VisitForm(ContextForm):
    takes_numbers = ("number",)

    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Office"))
    visited_on = DateField(label=pgettext_lazy("visit", "Day of the visit"))
    way = forms.ChoiceField(label=pgettext_lazy("visit", "How they came"), choices=Visit.Way.choices)
    name = forms.CharField(label=gettext_lazy("Visitor"), max_length=80)
    number = forms.CharField(
        label=gettext_lazy("Telephone or document number"), max_length=30, required=False,
        help_text=gettext_lazy("To find the person again. The number itself is not kept, only its masked form."),
    )  # fmt: skip
    companions = forms.IntegerField(
        label=gettext_lazy("Further people"), min_value=0, max_value=500, required=False, initial=0
    )
    purpose = forms.ChoiceField(label=pgettext_lazy("visit", "What for"), choices=[CHOOSE, *Visit.Purpose.choices])
    matter = _text(pgettext_lazy("visit", "Matter"))
    advice = _text(gettext_lazy("Advice given"), required=False)
    result = forms.ChoiceField(label=pgettext_lazy("visit", "Result"), choices=[CHOOSE, *Visit.Result.choices])
    sent_to = forms.CharField(label=gettext_lazy("Sent to"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(kind=Unit.Kind.OFFICE, ended_on__isnull=True)
        if self.actor is not None:
            reached = scope(self.actor, self.today).units_of_role(HANDS)
            units = units if reached is ALL else units.filter(pk__in=reached)
        self.fields["unit"].queryset = units.order_by("path")
        if not self.is_bound:
            first = units.order_by("path").first()
            self.fields["unit"].initial = first.pk if first else None
            self.fields["visited_on"].initial = self.today

    def clean_visited_on(self) -> date:
        return not_in_future(self.cleaned_data["visited_on"], self.today)

    def clean_companions(self) -> int:
        return self.cleaned_data["companions"] or 0

    def clean_number(self) -> str:
        return squeezed(self.cleaned_data["number"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("result") == Visit.Result.SENT_ON and not data.get("sent_to"):
            self.add_error("sent_to", _("Say to which organ the visitor was sent."))
        if data.get("result") == Visit.Result.ADVISED and not data.get("advice"):
            self.add_error("advice", _("Write down the advice that was given."))
        return data


class LinkForm(ContextForm):
    case_number = forms.CharField(label=gettext_lazy("Case number"), max_length=60)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        number = data.get("case_number", "")
        seen = ReconsiderationCase.objects.visible_to(self.actor, self.today)
        found: Case | None = seen.filter(number=number).first() if number else None
        if number and found is None:
            self.add_error("case_number", _("There is no such case that you may see. Check the number."))
        data["case"] = found
        return data


class StrikeForm(ContextForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))
