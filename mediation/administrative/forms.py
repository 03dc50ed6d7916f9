"""What a department says of a dispute it mediated."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.models import Case
from casemgr.organisation.models import Unit
from casemgr.pages.forms import ContextForm, DateField, MoneyField, PastDayForm, not_in_future
from mediation.administrative.permission import organs_of
from mediation.models import AdministrativeLink, AdministrativeMediation
from mediation.terms import AdministrativeMatter

TEXT = forms.Textarea({"rows": 3, "class": "compact"})
Result = AdministrativeMediation.Result
SETTLED = (Result.AGREED, Result.PARTLY)


class RecordForm(ContextForm):
    """A light record: organ, matter, parties, result."""

    organ = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Organ"))
    matter = forms.ChoiceField(label=gettext_lazy("Matter"), choices=[("", "—"), *AdministrativeMatter.choices])
    subject_text = forms.CharField(label=gettext_lazy("What the dispute is about"), max_length=500, widget=TEXT)
    parties = forms.CharField(
        label=gettext_lazy("Parties"), max_length=300, help_text=gettext_lazy("Names only, no numbers.")
    )
    people = forms.IntegerField(label=gettext_lazy("People concerned"), min_value=1, max_value=100_000, initial=2)
    town = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Town or street"), required=False)
    amount_yuan = MoneyField(label=gettext_lazy("Amount in yuan"), required=False)
    begun_on = DateField(label=gettext_lazy("Begun on"))
    note = forms.CharField(label=gettext_lazy("Remark"), required=False, max_length=1000, widget=TEXT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = (Unit.Kind.TOWN, Unit.Kind.STREET)
        self.fields["town"].queryset = Unit.objects.filter(kind__in=kinds, ended_on__isnull=True).order_by("path")
        if self.actor is None:
            return
        self.fields["organ"].queryset = organs_of(self.actor, self.today)
        if not self.is_bound:
            self.fields["organ"].initial = self.fields["organ"].queryset.first()
            self.fields["begun_on"].initial = self.today

    def clean_begun_on(self) -> date:
        return not_in_future(self.cleaned_data["begun_on"], self.today)


class ResultForm(PastDayForm):
    field_order = ("result", "on")

    result = forms.ChoiceField(
        label=gettext_lazy("Result"),
        choices=[("", "—"), *(pair for pair in Result.choices if pair[0] != Result.PENDING)],
    )
    on = DateField(label=gettext_lazy("Ended on"))
    agreed_on = DateField(label=gettext_lazy("Date of the agreement"), required=False)
    agreement_number = forms.CharField(label=gettext_lazy("Number of the agreement"), required=False, max_length=80)
    next_step = forms.CharField(
        label=gettext_lazy("Advice on the next way"), required=False, max_length=300, widget=TEXT,
        help_text=gettext_lazy("After a failure: which way is open, and until when."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        on, agreed_on, result = data.get("on"), data.get("agreed_on"), data.get("result")
        if on and on < self.subject.begun_on:
            self.add_error("on", _("The end lies before the beginning."))
        if result in SETTLED:
            data["agreed_on"] = agreed_on = agreed_on or on
            if agreed_on and not self.subject.begun_on <= agreed_on <= self.today:
                self.add_error("agreed_on", _("The agreement lies between the beginning and today. Check the dates."))
        elif agreed_on or data.get("agreement_number"):
            self.add_error("result", _("There is an agreement: the result cannot be without one."))
        if result == Result.FAILED and not data.get("next_step"):
            self.add_error("next_step", _("Say which way the parties were advised to take, and its last day."))
        return data


class LinkForm(ContextForm):
    number = forms.CharField(label=gettext_lazy("Number of the case"), max_length=80)
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        number = (data.get("number") or "").strip()
        found = list(Case.objects.visible_to(self.actor, self.today).filter(number=number)[:2]) if number else []
        if number and len(found) != 1:
            self.add_error("number", _("There is no such case within your scope."))
        elif found and AdministrativeLink.objects.filter(record=self.subject, case=found[0]).exists():
            self.add_error("number", _("It is linked already."))
        data["case"] = found[0] if len(found) == 1 else None
        return data


class StrikeForm(PastDayForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=TEXT)


class NumberForm(ContextForm):
    """From the case's side: the number of the department's record.

    Linking opens the record to everybody on the case, and numbers can be counted through: only a record that the person
    sees already, or that names a party of this very case, is found.
    """

    record = forms.CharField(label=gettext_lazy("Number of the department's record"), max_length=80)
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        number = (data.get("record") or "").strip()
        found = AdministrativeMediation.objects.standing().filter(number__text=number).first() if number else None
        if found is not None and not self._concerns_the_case(found):
            found = None
        if number and found is None:
            self.add_error("record", _("There is no such record. Copy the whole number, like 达行调〔2026〕12号."))
        elif found and AdministrativeLink.objects.filter(record=found, case_id=self.subject.pk).exists():
            self.add_error("record", _("It is linked already."))
        data["found"] = found
        return data

    def _concerns_the_case(self, record: AdministrativeMediation) -> bool:
        names = set(self.subject.participations.filter(left_on__isnull=True).values_list("name", flat=True))
        if not names.isdisjoint(named_in(record.parties)):
            return True
        return AdministrativeMediation.objects.visible_to(self.actor, self.today).filter(pk=record.pk).exists()


_BETWEEN = re.compile(r"[、，,；;：:/（）()\s]+")
_JOINED = re.compile(r"[与和及诉]")


def named_in(parties: str) -> set[str]:
    """The names a record of parties gives, whole: 王某 is not named where 王某某 is."""
    parts = set(_BETWEEN.split(parties))
    return {part for one in parts for part in (one, *_JOINED.split(one)) if part}
