"""Filings, docking agreements, frozen coverage."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.models.referrals import Dock
from casemgr.documents.uploads.examining import WAITING
from casemgr.documents.uploads.fields import ExaminedFileField, verdict_of
from casemgr.organisation.models import Unit
from casemgr.organisation.office import office_on
from casemgr.pages.forms import ContextForm, DateField
from mediation.models import Committee, CoverageSnapshot, Mediator, RosterEntry
from mediation.organisations.forms.fields import committees_within, not_later
from mediation.organisations.permission import SECTION

FILE_CODES = ("pdf", "docx")
LARGEST_MB = 20


class FilingForm(ContextForm):
    """What was done about it; empty days stay open."""

    filed_on = DateField(label=gettext_lazy("Filed on"), required=False)
    court_informed_on = DateField(label=gettext_lazy("Court informed on"), required=False)
    court = forms.CharField(label=gettext_lazy("Court"), required=False, max_length=80)
    published_on = DateField(label=gettext_lazy("Published on"), required=False)
    published_at = forms.URLField(
        label=gettext_lazy("Address of the publication"), required=False, assume_scheme="https"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.today is not None:
            self.fields["court"].initial = office_on(self.today).basic_court

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name in ("filed_on", "court_informed_on", "published_on"):
            day = data.get(name)
            if day and day > self.today:
                self.add_error(name, _("This day has not come yet."))
            elif day and day < self.subject.happened_on:
                self.add_error(name, _("This lies before what is to be filed."))
        if data.get("court_informed_on") and not data.get("court"):
            data["court"] = office_on(self.today).basic_court
        return data


class DockForm(ContextForm):
    dock = forms.ChoiceField(label=gettext_lazy("Dock"), choices=Dock.choices)
    partner = forms.CharField(label=gettext_lazy("Partner organ"), max_length=80)
    partner_unit = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("Its unit in the banner"), required=False
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    document_number = forms.CharField(label=gettext_lazy("Document number"), required=False, max_length=60)
    signed_on = DateField(label=gettext_lazy("Signed on"))
    from_on = DateField(label=gettext_lazy("In force from"))
    until_on = DateField(label=gettext_lazy("In force until"), required=False)
    partner_contact = forms.CharField(label=gettext_lazy("Contact of the partner"), required=False, max_length=80)
    own_contact = forms.CharField(label=gettext_lazy("Contact of the bureau"), required=False, max_length=80)
    text = forms.CharField(label=gettext_lazy("Text"), required=False, widget=forms.Textarea({"rows": 6}))
    file = ExaminedFileField(
        label=gettext_lazy("Signed agreement"), codes=FILE_CODES, most_mb=LARGEST_MB, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = (Unit.Kind.DEPARTMENT, Unit.Kind.OFFICE, Unit.Kind.BRANCH, Unit.Kind.PARTY_ORGAN, Unit.Kind.INSTITUTION)
        self.fields["partner_unit"].queryset = Unit.objects.filter(kind__in=kinds, ended_on__isnull=True)

    def clean_file(self) -> Any:
        file = self.cleaned_data.get("file")
        if file and verdict_of(file).scan == WAITING:
            raise forms.ValidationError(_("The malware scan does not answer now. Send the file later."))
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        begin, until = data.get("from_on"), data.get("until_on")
        if begin and until and until < begin:
            self.add_error("until_on", _("The end lies before the beginning."))
        return data


class RosterForm(ContextForm):
    """A committee, or one of its mediators."""

    committee = forms.ModelChoiceField(Committee.objects.none(), label=gettext_lazy("Committee"))
    mediator = forms.ModelChoiceField(
        Mediator.objects.none(),
        label=gettext_lazy("Mediator"),
        required=False,
        help_text=gettext_lazy("Left empty: the committee as a whole."),
    )
    from_on = DateField(label=gettext_lazy("From"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["committee"].queryset = committees_within(self.actor, SECTION, self.today)
        self.fields["mediator"].queryset = Mediator.objects.active_on(self.today).order_by("name", "pk")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        committee, mediator = data.get("committee"), data.get("mediator")
        if committee and mediator:
            engaged = mediator.engagements.in_force(self.today).filter(committee=committee)
            if not engaged.exists():
                self.add_error("mediator", _("Not engaged by this committee."))
        return data


class EndRosterForm(ContextForm):
    entry = forms.ModelChoiceField(RosterEntry.objects.none(), label=gettext_lazy("Entry"))
    until_on = DateField(label=gettext_lazy("Until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = RosterEntry.objects.filter(agreement=self.subject, until_on__isnull=True)
        self.fields["entry"].queryset = rows.select_related("committee__unit", "mediator")
        self.fields["entry"].label_from_instance = lambda row: (
            f"{row.committee} {row.mediator}" if row.mediator else str(row.committee)
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        entry, day = data.get("entry"), data.get("until_on")
        if entry and day and day < entry.from_on:
            self.add_error("until_on", _("The end lies before the beginning."))
        return data


class EndDockForm(ContextForm):
    ended_on = DateField(label=gettext_lazy("First day without the agreement"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))

    def clean_ended_on(self) -> date:
        day = self.cleaned_data["ended_on"]
        if day < self.subject.from_on:
            raise forms.ValidationError(_("The end lies before the beginning."))
        return day


class FreezeForm(ContextForm):
    on = DateField(label=gettext_lazy("Day"))
    occasion = forms.ChoiceField(label=gettext_lazy("Occasion"), choices=CoverageSnapshot.Occasion.choices)

    def clean_on(self) -> date:
        return not_later(self.cleaned_data["on"], self.today)
