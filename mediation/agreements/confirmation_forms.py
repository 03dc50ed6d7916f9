"""What is entered of a judicial confirmation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.cases.day_forms import DayForm, PostedDayForm
from casemgr.pages.forms import DateField
from mediation.agreements.confirmation import (
    REFUSAL_REASONS,
    REJECTION_REASONS,
    Subject,
    court_grounds,
    court_help,
)
from mediation.models import Confirmation
from mediation.terms import CourtTrack

TEXT = forms.Textarea({"rows": 2})


class PackForm(DayForm):
    """What only a person can see, and which court."""

    subject_matter = forms.ChoiceField(
        label=gettext_lazy("What the agreement decides"), choices=Subject.choices, initial=Subject.OBLIGATIONS
    )
    no_third_party = forms.BooleanField(
        label=gettext_lazy("It disposes of nothing that belongs to somebody else, and harms neither state nor public")
    )
    is_legible = forms.BooleanField(label=gettext_lazy("Text, sums in words and signatures are legible and whole"))
    court_ground = forms.ChoiceField(label=gettext_lazy("Why this court"), widget=forms.RadioSelect)
    court = forms.CharField(label=gettext_lazy("Court"), max_length=80)
    is_intermediate = forms.BooleanField(
        label=gettext_lazy("The dispute belongs before the intermediate court"), required=False
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["court_ground"]
        field.choices, field.help_text = court_grounds(self.subject), court_help(self.subject)
        field.initial = field.choices[0][0]
        if not self.is_bound and self.subject.facts.court_track == CourtTrack.DELEGATED:
            self.fields["court"].initial = self.subject.facts.court

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        court = data.get("court", "")
        if court and ("中级" in court) != bool(data.get("is_intermediate")):
            text = _("Name and level of the court do not fit: an intermediate court only for its own disputes.")
            self.add_error("court", text)
        return data


class FilingForm(PostedDayForm):
    on = DateField(label=gettext_lazy("Received by the court on"))
    applied_by = forms.ChoiceField(
        label=gettext_lazy("Who applied"), choices=Confirmation.AppliedBy.choices, widget=forms.RadioSelect,
        initial=Confirmation.AppliedBy.JOINTLY,
    )  # fmt: skip
    consent_proof = forms.CharField(
        label=gettext_lazy("Proof that the other side agrees"), max_length=200, required=False,
        help_text=gettext_lazy("One side alone cannot apply; one that applies while the other agrees counts as both."),
    )  # fmt: skip
    obstacle = forms.CharField(
        label=gettext_lazy("Why it could not be filed in time"), max_length=300, required=False, widget=TEXT,
        help_text=gettext_lazy("Only if the thirty days are over (Civil Procedure Law, art. 86)."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("applied_by") == Confirmation.AppliedBy.WITH_CONSENT and not data.get("consent_proof"):
            self.add_error("consent_proof", _("Both sides must want it: enter how the other side's consent is proven."))
        return data


class CourtAcceptsForm(DayForm):
    court_number = forms.CharField(
        label=gettext_lazy("Court case number"), max_length=80, help_text=gettext_lazy("As the court writes it.")
    )


class CourtRefusesForm(DayForm):
    ground = forms.ChoiceField(label=gettext_lazy("Ground"), choices=REFUSAL_REASONS)
    reason = forms.CharField(label=gettext_lazy("Reasons of the court"), max_length=250, widget=TEXT)


class RulingForm(DayForm):
    on = DateField(label=gettext_lazy("Ruling of"))
    ruling_number = forms.CharField(label=gettext_lazy("Number of the ruling"), max_length=80)
    received_on = DateField(label=gettext_lazy("Received by the parties on"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        on, received = data.get("on"), data.get("received_on")
        if received and received > self.today:
            self.add_error("received_on", _("The day lies in the future. Enter the day on which it really happened."))
        elif on and received and received < on:
            self.add_error("received_on", _("A ruling is not received before it is made. Check both days."))
        return data


class RejectionForm(RulingForm):
    ground = forms.ChoiceField(label=gettext_lazy("Ground"), choices=REJECTION_REASONS)
    reason = forms.CharField(label=gettext_lazy("Reasons of the court"), max_length=250, widget=TEXT)


class ObjectionForm(DayForm):
    objector_kind = forms.ChoiceField(
        label=gettext_lazy("Who objects"), choices=Confirmation.Objector.choices, widget=forms.RadioSelect
    )
    objector = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    known_on = DateField(
        label=gettext_lazy("Ruling received, or harm known, on"),
        help_text=gettext_lazy(
            "A party objects within fifteen days of receipt, an interested person within six months of knowing of the "
            "harm (Interpretation of the Civil Procedure Law, art. 372)."
        ),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("on") and data.get("known_on") and data["known_on"] > data["on"]:
            self.add_error("known_on", _("This cannot lie after the objection. Check both days."))
        return data


class ObjectionResultForm(DayForm):
    result = forms.ChoiceField(
        label=gettext_lazy("Result"),
        choices=[
            ("uphold", pgettext_lazy("objection", "Ruling upheld")),
            ("change", pgettext_lazy("objection", "Ruling changed")),
            ("revoke", pgettext_lazy("objection", "Ruling revoked")),
        ],
    )
    ruling_number = forms.CharField(label=gettext_lazy("Number of the ruling"), max_length=80, required=False)
