"""What is entered of a document of the register."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.same_act import act_number
from casemgr.pages.forms import CHOOSE, ContextForm, DateField, not_in_future
from reconsideration.models.normative import ClauseResult, NormativeDocument, NormativeFinding
from reconsideration.normative.keys import number_key

TEXT = forms.Textarea({"rows": 3, "class": "compact"})
CLAUSES = gettext_lazy("Clauses, like 第五条第二款.")


class DocumentForm(ContextForm):
    """Names its number as printed; the year may stand in any brackets."""

    takes_numbers = frozenset({"number"})

    title = forms.CharField(label=gettext_lazy("Title of the document"), max_length=200)
    number = forms.CharField(label=gettext_lazy("Number of the document"), max_length=80, required=False)
    maker = forms.CharField(label=gettext_lazy("Maker of the document"), max_length=120)
    rank = forms.ChoiceField(label=gettext_lazy("Kind of document"), choices=[CHOOSE, *NormativeDocument.Rank.choices])
    valid_from = DateField(label=gettext_lazy("In force from"), required=False)
    valid_to = DateField(label=gettext_lazy("In force until"), required=False)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=500, required=False, widget=TEXT)

    def clean_number(self) -> str:
        return act_number(self.cleaned_data["number"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("It cannot end before it begins. Check both dates."))
        key = number_key(data.get("number") or "")
        known = NormativeDocument.objects.filter(number_key=key, maker=data.get("maker"), struck_on__isnull=True)
        if key and known.exclude(pk=getattr(self.subject, "pk", None)).exists():
            self.add_error("number", _("This document is in the register already. Search for its number."))
        return data


class FindingForm(ContextForm):
    """A finding that came from elsewhere; those of this office's reviews come from the case."""

    clauses = forms.CharField(label=gettext_lazy("Clauses"), max_length=200, help_text=CLAUSES)
    result = forms.ChoiceField(label=gettext_lazy("Result"), choices=[CHOOSE, *ClauseResult.choices])
    source = forms.ChoiceField(
        label=gettext_lazy("Who found it"),
        choices=[
            CHOOSE,
            *(pair for pair in NormativeFinding.Source.choices if pair[0] != NormativeFinding.Source.OWN),
        ],
    )
    on = DateField(label=gettext_lazy("Day of the finding"))
    opinion = forms.CharField(label=gettext_lazy("Opinion, with its paper and day"), max_length=4000, widget=TEXT)

    def clean_on(self) -> date:
        return not_in_future(self.cleaned_data["on"], self.today)


class CorrectedForm(ContextForm):
    finding = forms.ModelChoiceField(NormativeFinding.objects.none(), label=gettext_lazy("Finding"))
    on = DateField(label=gettext_lazy("Corrected by the maker on"))
    correction = forms.CharField(
        label=gettext_lazy("How: repealed, changed, no longer carried out; paper and number"),
        max_length=300,
        widget=TEXT,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = [row.pk for row in self.subject.findings.all() if row.is_adverse]
        self.fields["finding"].queryset = NormativeFinding.objects.filter(pk__in=waiting)
        if len(waiting) == 1:
            self.fields["finding"].initial = waiting[0]

    def clean_on(self) -> date:
        return not_in_future(self.cleaned_data["on"], self.today)


class StrikeForm(ContextForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=TEXT)


__all__ = ["CLAUSES", "CorrectedForm", "DocumentForm", "FindingForm", "StrikeForm"]
