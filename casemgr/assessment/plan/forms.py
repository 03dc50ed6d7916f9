"""What is entered of a plan, of its clauses, and of a report on one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.assessment.models import PlanClause, YearPlan
from casemgr.assessment.models.plan import EARLIEST, LATEST
from casemgr.documents.uploads.fields import FilesField
from casemgr.indicators.definition import indicators
from casemgr.organisation.models import Unit
from casemgr.pages.forms import CHOOSE, ContextForm, DateField

TEXT = forms.Textarea({"rows": 3})
LONG = forms.Textarea({"rows": 8})
Measured = PlanClause.Measured


class _PlanForm(ContextForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    basis = forms.CharField(label=gettext_lazy("Document that sets it"), max_length=200)


class NewPlanForm(_PlanForm):
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=EARLIEST, max_value=LATEST)
    field_order = ("year", "title", "basis")

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if YearPlan.objects.filter(year=year).exists():
            raise forms.ValidationError(_("There is a plan of %(year)s already. Change that one.") % {"year": year})
        return year


class CopyPlanForm(NewPlanForm):
    """Into a later year."""

    def clean_year(self) -> int:
        year = super().clean_year()
        if year <= self.subject.year:
            raise forms.ValidationError(_("Copy into a year after %(year)s.") % {"year": self.subject.year})
        return year


class EditPlanForm(_PlanForm):
    pass


class ClauseForm(ContextForm):
    """One clause."""

    number = forms.CharField(
        label=pgettext_lazy("clause", "Number"), max_length=12, help_text=gettext_lazy("As in the plan, like 3 or 2.1.")
    )
    text = forms.CharField(label=pgettext_lazy("clause", "What is to be done"), max_length=1000, widget=TEXT)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Responsible unit"))
    indicator = forms.ChoiceField(
        label=gettext_lazy("Indicator"), required=False,
        help_text=gettext_lazy("Its figure then stands beside the clause. Without one the unit reports in words."),
    )  # fmt: skip
    measured = forms.ChoiceField(
        label=gettext_lazy("Counted for"), choices=Measured.choices, initial=Measured.WHOLE, required=False
    )
    due_on = DateField(label=gettext_lazy("To be done by"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(ended_on__isnull=True).exclude(kind=Unit.Kind.STUDIO)
        none = ("", _("none: the unit reports"))
        self.fields["indicator"].choices = [none, *((code, one.name) for code, one in indicators().items())]

    @property
    def plan(self) -> YearPlan:
        return self.subject.plan if isinstance(self.subject, PlanClause) else self.subject

    def clean_measured(self) -> str:
        return self.cleaned_data["measured"] or Measured.WHOLE

    def clean_number(self) -> str:
        number = self.cleaned_data["number"]
        there = self.plan.clauses.filter(number=number)
        if isinstance(self.subject, PlanClause):
            there = there.exclude(pk=self.subject.pk)
        if there.exists():
            raise forms.ValidationError(_("The plan has a clause %(number)s already.") % {"number": number})
        return number

    def clean_due_on(self) -> date:
        due = self.cleaned_data["due_on"]
        if not self.plan.year <= due.year <= self.plan.year + 1:
            text = _("The day lies outside the plan's year. It ends at the latest in the year after, %(year)s.")
            raise forms.ValidationError(text % {"year": self.plan.year + 1})
        return due


class ReportForm(ContextForm):
    """What was done, with the papers that show it."""

    text = forms.CharField(label=gettext_lazy("What was done"), max_length=4000, widget=LONG)
    files = FilesField(label=gettext_lazy("Papers that show it"), required=False)


VERDICTS = (
    ("met", pgettext_lazy("clause", "Done")),
    ("unmet", pgettext_lazy("clause", "Not done")),
    ("back", gettext_lazy("Back to the unit: something is missing")),
)


class JudgeForm(ContextForm):
    verdict = forms.ChoiceField(label=gettext_lazy("Result"), choices=(CHOOSE, *VERDICTS))
    judgement = forms.CharField(label=gettext_lazy("Why"), max_length=500, required=False, widget=TEXT)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("verdict") in ("unmet", "back") and not data.get("judgement"):
            self.add_error("judgement", _("Say what is missing: the unit reads it."))
        if data.get("verdict") == "back" and self.subject.state != "reported":
            self.add_error("verdict", _("The unit has reported nothing that could go back."))
        return data


class ReasonForm(ContextForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=TEXT)


__all__ = ["ClauseForm", "CopyPlanForm", "EditPlanForm", "JudgeForm", "NewPlanForm", "ReasonForm", "ReportForm"]
