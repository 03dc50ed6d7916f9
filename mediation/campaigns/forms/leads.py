"""Patrols, leads and what becomes of them: short forms for a phone at the door."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.pages.forms import DateField, PastDayForm, SeveralChoicesField, not_in_future
from casemgr.pages.requests import row_id
from mediation.campaigns.forms.fields import TEXT, PlaceForm
from mediation.models import Lead, Patrol
from mediation.registration.choices import place_of, split_type, types_with_sub_types
from mediation.terms import LeadSource, RiskFlag

TIME = forms.TimeInput({"type": "time"})
RECENT_PATROLS = 20


class PatrolForm(PlaceForm):
    """Where, when, by whom. Nothing found is worth a row, too."""

    on = DateField(label=gettext_lazy("Date"))
    place = forms.CharField(label=gettext_lazy("Where"), max_length=120)
    people = forms.CharField(label=gettext_lazy("By whom"), max_length=200)
    starts = forms.TimeField(label=pgettext_lazy("time", "From"), required=False, widget=TIME)
    ends = forms.TimeField(label=pgettext_lazy("time", "Until"), required=False, widget=TIME)
    households = forms.IntegerField(
        label=gettext_lazy("Households asked"), required=False, min_value=0, max_value=100_000
    )
    note = forms.CharField(label=gettext_lazy("What was seen"), required=False, max_length=2000, widget=TEXT)
    field_order = ("on", "place", "people", "note", "households", "starts", "ends", "campaign", "unit")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound and self.actor is not None:
            self.fields["on"].initial = self.today
            self.fields["people"].initial = self.actor.full_name
            self.fields["place"].initial = place_of(self.fields["unit"].initial)

    def clean_on(self) -> date:
        return not_in_future(self.cleaned_data["on"], self.today)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", _("The end lies before the beginning."))
        self.check_campaign(data, data.get("on"))
        return data


class StrikeForm(PastDayForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=TEXT)


class LeadForm(PlaceForm):
    """A sign of a dispute. `dispute_type` also takes a sub-type's code."""

    found_on = DateField(label=gettext_lazy("Found on"))
    source = forms.ChoiceField(label=gettext_lazy("How found"), choices=LeadSource.choices, initial=LeadSource.PATROL)
    found_by = forms.CharField(label=gettext_lazy("Found by"), max_length=60)
    place = forms.CharField(label=pgettext_lazy("lead", "Place"), max_length=120)
    dispute_type = forms.ChoiceField(label=gettext_lazy("Dispute type"))
    summary = forms.CharField(label=gettext_lazy("What it is about"), max_length=2000, widget=TEXT)
    names = forms.CharField(
        label=gettext_lazy("Between whom"), required=False, max_length=200,
        help_text=gettext_lazy("Names only, no numbers."),
    )  # fmt: skip
    people = forms.IntegerField(label=gettext_lazy("People concerned"), min_value=1, max_value=100_000, initial=2)
    urgency = forms.ChoiceField(
        label=gettext_lazy("Urgency"), choices=Lead.Urgency.choices, initial=Lead.Urgency.ORDINARY
    )
    risk_flags = SeveralChoicesField(label=gettext_lazy("Risks"), choices=RiskFlag.choices, required=False)
    patrol = forms.ModelChoiceField(Patrol.objects.none(), label=gettext_lazy("Patrol"), required=False)
    field_order = (
        *("dispute_type", "place", "summary", "names", "people", "urgency", "risk_flags"),
        *("source", "found_on", "found_by", "patrol", "campaign", "unit"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dispute_type"].choices = types_with_sub_types()
        if self.actor is None:
            return
        seen = Patrol.objects.visible_to(self.actor, self.today).filter(struck_on__isnull=True)
        recent = list(seen.order_by("-on", "-pk").values_list("pk", flat=True)[:RECENT_PATROLS])
        own = getattr(self.subject, "patrol_id", None)
        asked = self.data.get("patrol") if self.is_bound else self.initial.get("patrol")
        known = [pk for pk in (own, row_id(asked)) if pk is not None]
        self.fields["patrol"].queryset = seen.filter(pk__in=[*recent, *known]).order_by("-on", "-pk")
        if not self.is_bound:
            self.fields["found_on"].initial = self.today
            self.fields["found_by"].initial = self.actor.full_name
            self.fields["place"].initial = place_of(self.fields["unit"].initial)

    def clean_found_on(self) -> date:
        return not_in_future(self.cleaned_data["found_on"], self.today)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if chosen := data.get("dispute_type"):
            data["dispute_type"], data["sub_type"] = split_type(chosen)
        self.check_campaign(data, data.get("found_on"))
        return data


class LeadStepForm(PastDayForm):
    """A step on a lead lies not before the day it was found."""

    def clean_on(self) -> date:
        on = super().clean_on()
        if on < self.subject.found_on:
            raise forms.ValidationError(_("This lies before the day on which the lead was found."))
        return on


class OutcomeForm(LeadStepForm):
    outcome = forms.CharField(label=gettext_lazy("How it was settled"), max_length=1000, widget=TEXT)
    nothing_to_mediate = forms.BooleanField(
        label=gettext_lazy("There was no dispute that had to be mediated"),
        help_text=gettext_lazy(
            "What was mediated on the spot is a case, be it with an oral agreement: register it instead."
        ),
    )


class HandOverForm(LeadStepForm):
    handed_to = forms.CharField(label=gettext_lazy("Handed over to"), max_length=120)
    outcome = forms.CharField(label=gettext_lazy("What was asked of them"), max_length=1000, widget=TEXT)


class DropForm(LeadStepForm):
    outcome = forms.CharField(label=gettext_lazy("Reason"), max_length=1000, widget=TEXT)


class AgainForm(LeadStepForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=TEXT)
