"""What administrators enter about number series."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.numbering.models import SeriesSetting
from casemgr.numbering.series import declared
from casemgr.operation.accounts.forms import ReasonField
from casemgr.pages.forms import ContextForm

LAST_NUMBER = 99_999
_PLACES = re.compile(r"\{(\w*)\}")


class SeriesForm(ContextForm):
    """Which series, of which year and, where units count for themselves, of which unit."""

    series = forms.ChoiceField(widget=forms.HiddenInput, choices=())
    year = forms.IntegerField(widget=forms.HiddenInput, min_value=2000, max_value=2100)
    owner = forms.CharField(widget=forms.HiddenInput, max_length=24, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["series"].choices = [(code, series.name) for code, series in declared().items()]

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if self.today is not None and year not in (self.today.year, self.today.year + 1):
            raise forms.ValidationError(_("Only numbers of this year and the next can still be changed."))
        return year


class StartForm(SeriesForm):
    next_number = forms.IntegerField(
        label=gettext_lazy("Next number"),
        min_value=1,
        max_value=LAST_NUMBER,
        help_text=gettext_lazy("The first number that is given here; the paper register ends before it."),
    )
    reason = ReasonField(
        help_text=gettext_lazy("For example “numbers 1 to 46 are in the paper register”. Kept as part of the proof.")
    )


class VoidNextForm(SeriesForm):
    reason = ReasonField(help_text=gettext_lazy("Why this number is never used, for example “form spoiled”."))


class FormatForm(SeriesForm):
    format = forms.CharField(
        label=gettext_lazy("Format"),
        max_length=60,
        required=False,
        help_text=gettext_lazy(
            "For example 达政复决字〔{year}〕{number}号. Empty: as delivered. Numbers given already stay as they are."
        ),
    )

    def clean_format(self) -> str:
        text = self.cleaned_data["format"].strip()
        places = _PLACES.findall(text)
        rest = _PLACES.sub("", text)
        if text and (
            not {"year", "number"} <= set(places)
            or set(places) - {"year", "number", "owner"}
            or "{" in rest
            or "}" in rest
        ):
            raise forms.ValidationError(_("The format needs {year} and {number}, and knows besides only {owner}."))
        return text

    def clean(self) -> dict:
        cleaned = super().clean()
        text, series = cleaned.get("format"), cleaned.get("series")
        others = SeriesSetting.objects.exclude(series=series).exclude(format="").values_list("series", "format")
        formats = {code: known.format for code, known in declared().items() if code != series} | dict(others)
        if text and (taken := [code for code, known in formats.items() if known == text]):
            self.add_error("format", _("“%(name)s” already has this format.") % {"name": declared()[taken[0]].name})
        return cleaned
