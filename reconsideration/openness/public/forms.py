"""What the public pages ask."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.pages.forms import Form
from reconsideration.models import ManagementAreaRow
from reconsideration.openness.publications.papers import published_kinds
from reconsideration.terms import Outcome

FIRST_YEAR = 2024
_ENDED = {"refusal": Outcome.NOT_ACCEPTED, "dismissal": Outcome.APPLICATION_DISMISSED}
_BEFORE_DECISION = (
    *(Outcome.NOT_ACCEPTED, Outcome.NOT_HANDLED, Outcome.ABANDONED),
    *(Outcome.APPLICATION_DISMISSED, Outcome.TERMINATED, Outcome.MEDIATED),
)


class SearchForm(Form):
    """All entries may stay empty; what makes no sense is left out of the search."""

    q = forms.CharField(label=_("Word"), max_length=60, required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    area = forms.ChoiceField(label=_("Field of administration"), required=False)
    respondent = forms.CharField(label=_("Respondent"), max_length=60, required=False)
    outcome = forms.ChoiceField(label=_("Outcome"), required=False)

    def __init__(self, *args, today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", _("All"))
        years = [(str(year), str(year)) for year in range(today.year, FIRST_YEAR - 1, -1)]
        self.fields["year"].choices = [everything, *years]
        areas = ManagementAreaRow.objects.values_list("name", "name")
        self.fields["area"].choices = [everything, *areas]
        extra = [_ENDED[kind] for kind in published_kinds() if kind in _ENDED]
        shown = [(one.value, one.label) for one in Outcome if one not in _BEFORE_DECISION or one in extra]
        self.fields["outcome"].choices = [everything, *shown]


class ProgressForm(Form):
    """Posted, never in an address; takes any text, so that nothing is told by what is refused."""

    takes_numbers = frozenset({"code", "word"})

    code = forms.CharField(
        label=_("Query code"), max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("On the slip you were given, like 7K2QD-0V3XM-9ATRP."),
    )  # fmt: skip
    word = forms.CharField(
        label=pgettext_lazy("code", "Check word"), max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("As agreed when you got the slip, such as the last four digits of your telephone number."),
    )  # fmt: skip


class AnswerCodeForm(Form):
    """With the code of a complaint its answer is read."""

    takes_numbers = frozenset({"code"})

    code = forms.CharField(
        label=_("Code of the complaint"), max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip


__all__ = ["AnswerCodeForm", "ProgressForm", "SearchForm"]
