"""Setting a campaign up, and the towns' returns."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.organisation.models import Unit
from casemgr.organisation.reference import JUSTICE_BUREAU
from casemgr.pages.forms import ContextForm, DateField, PastDayForm, SeveralRowsField
from mediation.campaigns import figures
from mediation.campaigns.forms.fields import TEXT
from mediation.campaigns.permission import AREAS
from mediation.models import Campaign
from mediation.organisations.permission import SECTION, areas_of, holds

LONGEST_DAYS = 800


class CampaignForm(ContextForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    document_number = forms.CharField(label=pgettext_lazy("campaign", "Document number"), required=False, max_length=60)
    from_on = DateField(label=gettext_lazy("From"))
    until_on = DateField(label=gettext_lazy("Until"))
    tasks = forms.CharField(label=gettext_lazy("Tasks"), max_length=2000, widget=TEXT)
    cadence = forms.ChoiceField(
        label=gettext_lazy("Returns"), choices=Campaign.Cadence.choices, initial=Campaign.Cadence.MONTH
    )
    due_days = forms.IntegerField(
        label=gettext_lazy("Working days for a return"), min_value=0, max_value=30, initial=2,
        help_text=gettext_lazy("A return is due so many working days after its stretch of time; 0: on its last day."),
    )  # fmt: skip
    units = SeveralRowsField(Unit.objects.none(), label=gettext_lazy("Towns and streets that take part"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.actor is None:
            return
        areas = areas_of(self.actor, ("town", *SECTION), self.today).filter(kind__in=AREAS).order_by("path")
        self.fields["units"].queryset = areas
        if not self.is_bound:
            self.fields["units"].initial = [unit.pk for unit in areas]
            self.fields["from_on"].initial = self.today

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        begin, until = data.get("from_on"), data.get("until_on")
        if begin and until and until < begin:
            self.add_error("until_on", _("The end lies before the beginning."))
        elif begin and until and (until - begin).days > LONGEST_DAYS:
            self.add_error("until_on", _("A campaign lasts two years at most. Set up a further one for the rest."))
        return data

    def set_by(self) -> Unit:
        """The bureau, or the town that sets up its own."""
        if holds(self.actor, SECTION, self.today):
            return Unit.objects.get(code=JUSTICE_BUREAU)
        return self.cleaned_data["units"][0]


class ExtendForm(ContextForm):
    until_on = DateField(label=gettext_lazy("New end"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=TEXT)

    def clean_until_on(self):
        until = self.cleaned_data["until_on"]
        if until <= self.subject.until_on:
            raise forms.ValidationError(_("The new end must lie after the present one."))
        if (until - self.subject.from_on).days > LONGEST_DAYS:
            raise forms.ValidationError(_("A campaign lasts two years at most. Set up a further one for the rest."))
        return until


class EndForm(PastDayForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=TEXT)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        on = data.get("on")
        if on and not self.subject.from_on <= on <= self.subject.until_on:
            self.add_error("on", _("The day lies outside the campaign."))
        return data


class ReturnForm(ContextForm):
    """What the figures say is shown and frozen; that nothing was found must be said (零报告)."""

    is_zero = forms.BooleanField(
        label=gettext_lazy("Zero report: nothing was found"), required=False,
        help_text=gettext_lazy("Only when no dispute was found in these days; otherwise enter the leads first."),
    )  # fmt: skip
    note = forms.CharField(label=gettext_lazy("Remark"), required=False, max_length=1000, widget=TEXT)

    def clean(self) -> dict[str, Any]:
        data, owed = super().clean(), self.subject
        data["sums"] = figures.sums(owed.unit, owed.from_on, owed.until_on, owed.campaign)
        found = data["sums"].found
        if data["is_zero"] and found:
            self.add_error(
                "is_zero", _("%(count)s leads were found in these days: this is no zero report.") % {"count": found}
            )
        elif not data["is_zero"] and not found:
            self.add_error("is_zero", _("Nothing was found in these days. Tick the zero report, or enter the leads."))
        return data


class SendBackForm(ContextForm):
    reason = forms.CharField(label=gettext_lazy("What is to be corrected"), max_length=300, widget=TEXT)
