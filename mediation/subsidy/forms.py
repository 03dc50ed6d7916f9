"""Forms of the subsidy."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.models import Case
from casemgr.organisation.models import Unit
from casemgr.pages.forms import ContextForm, DateField, MoneyField
from mediation.models import PROCEDURE, SubsidyRate
from mediation.organisations.forms.fields import not_later
from mediation.tables.forms import reporting_units

LONGEST = 366
NAMED = 50


class ReasonForm(ContextForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))


class ComputeForm(ContextForm):
    """A town, a span of days, and cases that are to be looked at besides."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Town or street"))
    first_on = DateField(label=gettext_lazy("First day"))
    last_on = DateField(label=gettext_lazy("Last day"))
    also = forms.CharField(
        label=gettext_lazy("Further cases, by their numbers"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("One a line. Cases left unpaid before come in by themselves once they are in order."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = reporting_units(self.actor, self.today)

    def clean_last_on(self) -> date:
        return not_later(self.cleaned_data["last_on"], self.today)

    def clean_also(self) -> list[Case]:
        wanted = self.cleaned_data["also"].split()
        if not wanted:
            return []
        if len(wanted) > NAMED:
            text = _("%(most)d cases at most. Compute a further batch for the others.")
            raise forms.ValidationError(text % {"most": NAMED})
        seen = Case.objects.visible_to(self.actor, self.today).filter(procedure=PROCEDURE, number__in=wanted)
        found = {case.number: case for case in seen}
        if strangers := [number for number in wanted if number not in found]:
            raise forms.ValidationError(_("No such case: %(numbers)s") % {"numbers": "、".join(strangers)})
        return list(found.values())

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("first_on"), data.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("The end lies before the beginning."))
        elif first and last and (last - first).days > LONGEST:
            self.add_error("last_on", _("A batch spans a year at most."))
        return data


class OpinionForm(ContextForm):
    opinion = forms.CharField(label=gettext_lazy("Opinion"), max_length=300, initial=gettext_lazy("Approved."))


class NoticeForm(ContextForm):
    notice_from = DateField(label=gettext_lazy("Public notice from"))
    days = forms.IntegerField(label=gettext_lazy("Days of the notice"), min_value=3, max_value=60, initial=5)
    notice_place = forms.CharField(label=gettext_lazy("Where it is published"), max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["notice_from"].initial = self.today

    def clean_notice_from(self) -> date:
        day = not_later(self.cleaned_data["notice_from"], self.today)
        if self.subject.approved_on and day < self.subject.approved_on:
            raise forms.ValidationError(_("What is published was approved first: the notice cannot begin earlier."))
        return day


class PayForm(ContextForm):
    paid_on = DateField(label=gettext_lazy("Paid on"))
    voucher = forms.CharField(label=gettext_lazy("Number of the voucher"), max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paid_on"].initial = self.today

    def clean_paid_on(self) -> date:
        return not_later(self.cleaned_data["paid_on"], self.today)


def _count(label: Any, initial: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=9999, initial=initial, required=False)


class RateForm(ContextForm):
    """Four grades; an empty condition is none. What one of its conditions meets has the grade."""

    code = forms.CharField(label=gettext_lazy("Version"), max_length=20)
    from_on = DateField(label=gettext_lazy("In force from"))
    basis = forms.CharField(label=gettext_lazy("Document it rests on"), max_length=200)
    oral_yuan = MoneyField(label=gettext_lazy("Oral agreement, yuan a case"))
    general_yuan = MoneyField(label=gettext_lazy("General, yuan a case"))
    difficult_yuan = MoneyField(label=gettext_lazy("Difficult, yuan a case"))
    difficult_sessions = _count(gettext_lazy("Difficult from so many sessions"), 3)
    difficult_from = MoneyField(label=gettext_lazy("Difficult from so many yuan"), required=False)
    difficult_people = _count(gettext_lazy("Difficult from so many people"), 5)
    major_yuan = MoneyField(label=gettext_lazy("Major, yuan a case"))
    major_from = MoneyField(label=gettext_lazy("Major from so many yuan"), required=False)
    major_people = _count(gettext_lazy("Major from so many people"), 10)
    major_death = forms.BooleanField(label=gettext_lazy("Major where somebody died"), required=False, initial=True)

    def clean_code(self) -> str:
        if SubsidyRate.objects.filter(code=self.cleaned_data["code"]).exists():
            raise forms.ValidationError(_("There is a table of this name already."))
        return self.cleaned_data["code"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for grade in ("difficult", "major"):
            names = [f"{grade}_{part}" for part in ("sessions", "from", "people", "death")]
            if not any(data.get(name) for name in names):
                self.add_error(f"{grade}_yuan", _("Give at least one condition of this grade."))
        data["grades"] = self._grades(data)
        return data

    def _grades(self, data: dict[str, Any]) -> list[dict[str, Any]]:
        """From the highest to the lowest."""
        get = data.get
        return [
            {
                "code": "major",
                "name": "重大",
                "amount_yuan": get("major_yuan"),
                "yuan_at_least": get("major_from"),
                "people_at_least": get("major_people"),
                "with_death": bool(get("major_death")),
            },
            {
                "code": "difficult",
                "name": "疑难",
                "amount_yuan": get("difficult_yuan"),
                "sessions_at_least": get("difficult_sessions"),
                "yuan_at_least": get("difficult_from"),
                "people_at_least": get("difficult_people"),
            },
            {"code": "general", "name": "一般", "amount_yuan": get("general_yuan")},
            {"code": "oral", "name": "口头协议", "amount_yuan": get("oral_yuan"), "form": "oral"},
        ]


class FactsForm(ContextForm):
    """What the subsidy asks beyond the course of the case."""

    has_death = forms.BooleanField(label=gettext_lazy("Somebody died in this dispute"), required=False)
    court_allowance_on = DateField(label=gettext_lazy("The court paid an allowance on"), required=False)
    note = forms.CharField(label=gettext_lazy("Remark"), max_length=200, required=False)

    def clean_court_allowance_on(self) -> date | None:
        day = self.cleaned_data["court_allowance_on"]
        return not_later(day, self.today) if day else None
