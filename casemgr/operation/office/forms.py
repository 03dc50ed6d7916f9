"""What administrators enter about the office, its courts and its seals."""

from __future__ import annotations

import re
from datetime import date
from typing import ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.operation.accounts.forms import ReasonField
from casemgr.pages.forms import ContextForm, DateField
from casemgr.parties.identity import is_phone, normalise_phone

# Only these are intermediate courts, those of the railway included (Organic Law of the People's Courts, art. 22).
_INTERMEDIATE = re.compile(r"中级(?:人民)?法院\Z")
_HIGHER = re.compile(r"(?:中级|高级|最高)(?:人民)?法院\Z")


class FromDayForm(ContextForm):
    """What holds from a day on. A day that has passed is not rewritten: papers of that day exist."""

    def clean_effective_on(self) -> date:
        day = self.cleaned_data["effective_on"]
        if self.today is not None and day < self.today:
            raise forms.ValidationError(_("What papers of the past said stays as it was. Choose today or a later day."))
        return day


class OfficeForm(FromDayForm):
    """The particulars of the office, whole: what is left as it is holds on."""

    takes_numbers: ClassVar[frozenset[str]] = frozenset({"phone"})  # the office's own

    name = forms.CharField(
        label=gettext_lazy("Name in the header of pages"), max_length=80, help_text=gettext_lazy("Also named in slips.")
    )
    authority = forms.CharField(
        label=gettext_lazy("Reconsideration authority"),
        max_length=80,
        help_text=gettext_lazy("Signs decisions, for example 达拉特旗人民政府."),
    )
    office = forms.CharField(
        label=gettext_lazy("Reconsideration office"),
        max_length=80,
        help_text=gettext_lazy("The judicial department that works on the cases (article 4(2))."),
    )
    counter = forms.CharField(label=gettext_lazy("Where papers are handed in"), max_length=80)
    address = forms.CharField(label=gettext_lazy("Address of the office"), max_length=120, required=False)
    postal_code = forms.CharField(
        label=gettext_lazy("Postal code"),
        max_length=6,
        required=False,
        validators=[RegexValidator(re.compile(r"^\d{6}\Z"), gettext_lazy("A postal code has six digits."))],
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone of the office"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Printed on papers: a number of the office, not a private one."),
    )
    basic_court = forms.CharField(
        label=gettext_lazy("Court for suits over acts of departments and towns"),
        max_length=80,
        help_text=gettext_lazy(
            "A basic court (Administrative Litigation Law, article 14). Where the High Court has concentrated "
            "jurisdiction in another court, name that one (article 18(2))."
        ),
    )
    basic_court_address = forms.CharField(label=gettext_lazy("Address of this court"), max_length=120, required=False)
    intermediate_court = forms.CharField(
        label=gettext_lazy("Court for suits against the government"),
        max_length=80,
        help_text=gettext_lazy("An intermediate court (Administrative Litigation Law, article 15(1))."),
    )
    intermediate_court_address = forms.CharField(
        label=gettext_lazy("Address of the intermediate court"), max_length=120, required=False
    )
    court_basis = forms.CharField(
        label=gettext_lazy("What the jurisdiction rests on"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Number of the High Court's notice, when jurisdiction is concentrated."),
    )
    effective_on = DateField(label=gettext_lazy("In force from"))
    reason = ReasonField(required=False)

    def clean_phone(self) -> str:
        text = self.cleaned_data["phone"].strip()
        if text and not is_phone(normalise_phone(text)):
            raise forms.ValidationError(_("This is no telephone number. Write it like 0477-5212345."))
        return text

    def clean_basic_court(self) -> str:
        name = self.cleaned_data["basic_court"].strip()
        if not name.endswith("法院") or _HIGHER.search(name):
            raise forms.ValidationError(
                _(
                    "Suits over acts of departments and towns go to a basic court "
                    "(Administrative Litigation Law, article 14). Name one."
                )
            )
        return name

    def clean_intermediate_court(self) -> str:
        name = self.cleaned_data["intermediate_court"].strip()
        if not _INTERMEDIATE.search(name):
            raise forms.ValidationError(
                _(
                    "Suits against a government of county level go to an intermediate court "
                    "(Administrative Litigation Law, article 15(1)). Name one."
                )
            )
        return name


class SealForm(FromDayForm):
    """The name of a unit's official seal from a day on."""

    name = forms.CharField(
        label=gettext_lazy("Name of the seal"),
        max_length=80,
        help_text=gettext_lazy("As it is cut into the seal, for example 达拉特旗人民政府."),
    )
    effective_on = DateField(label=gettext_lazy("In force from"))
    reason = ReasonField(required=False)
