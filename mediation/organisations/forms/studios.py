"""Applying for a studio, examining, deciding, and its life afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.organisation.models import Unit
from casemgr.pages.forms import ContextForm, DateField
from mediation.models import Committee, Mediator, Studio, StudioMember, StudioPolicy, StudioReview
from mediation.organisations.forms.fields import committees_within, not_later
from mediation.organisations.names import full_and_short, unknown_places
from mediation.organisations.permission import COMMITTEE

AREAS = (Unit.Kind.TOWN, Unit.Kind.STREET, Unit.Kind.ZONE)


def active_mediators(actor, today: date):
    if actor is None:
        return Mediator.objects.none()
    return Mediator.objects.visible_to(actor, today).active_on(today).order_by("name", "pk")


class StudioForm(ContextForm):
    """The application; everything but name, committee and place may follow until it is submitted."""

    committee = forms.ModelChoiceField(Committee.objects.none(), label=gettext_lazy("Committee"))
    town = forms.ModelChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Town, street or zone in which it works"),
        required=False,
        help_text=gettext_lazy("Left empty: where its committee is."),
    )
    name_type = forms.ChoiceField(label=gettext_lazy("Kind of name"), choices=Studio.NameType.choices)
    name_giver = forms.ModelChoiceField(Mediator.objects.none(), label=gettext_lazy("Name-giver"))
    name_word = forms.CharField(
        label=gettext_lazy("Special name"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("For a special name only; otherwise the mediator's own name stands in the title."),
    )
    consented_on = DateField(label=gettext_lazy("Name-giver consented on"), required=False)
    place = forms.CharField(label=gettext_lazy("Place"), required=False, max_length=120)
    has_own_room = forms.BooleanField(label=gettext_lazy("Has a room of its own"), required=False)
    specialities = forms.CharField(label=gettext_lazy("Specialities"), required=False, max_length=120)
    recommended_by = forms.CharField(label=gettext_lazy("Recommended by"), required=False, max_length=80)
    years_of_mediation = forms.IntegerField(
        label=gettext_lazy("Years of mediation"), required=False, min_value=0, max_value=80
    )
    cases_in_three_years = forms.IntegerField(
        label=gettext_lazy("Cases in the last three years"), required=False, min_value=0
    )
    success_rate = forms.DecimalField(
        label=gettext_lazy("Success rate (%)"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
    )
    commendation = forms.CharField(
        label=gettext_lazy("Commendation"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Who commended, when, and the number of the document."),
    )
    condition_evidence = forms.CharField(
        label=gettext_lazy("Proof of the conditions"),
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["committee"].queryset = committees_within(self.actor, COMMITTEE, self.today)
        self.fields["town"].queryset = Unit.objects.filter(kind__in=AREAS, ended_on__isnull=True)
        self.fields["name_giver"].queryset = active_mediators(self.actor, self.today)

    def clean_consented_on(self) -> date | None:
        day = self.cleaned_data["consented_on"]
        return not_later(day, self.today) if day else None

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        giver, committee = data.get("name_giver"), data.get("committee")
        if data.get("name_type") == Studio.NameType.PERSON:
            data["name_word"] = giver.name if giver else ""
        elif not data.get("name_word"):
            self.add_error("name_word", _("Write the special name."))
        if committee and not data.get("town"):
            if committee.area is None or committee.area.kind not in AREAS:
                self.add_error("town", _("The committee works in the whole banner: choose where the studio is."))
            data["town"] = committee.area
        if committee and data.get("name_word"):
            set_names(self, data, committee, data["name_word"], self.today)
        return data


def set_names(form: forms.Form, data: dict[str, Any], committee: Committee, word: str, today: date) -> None:
    """Fill in both names by the formula; too long a name is an error of the form."""
    data["full_name"], data["short_name"] = full_and_short(StudioPolicy.objects.on(today), committee, word)
    for name in ("full_name", "short_name"):
        if len(data[name]) > (most := Studio._meta.get_field(name).max_length):
            form.add_error("name_word", _("The name would be too long: at most %(most)d characters.") % {"most": most})


class OpinionForm(ContextForm):
    opinion = forms.CharField(label=gettext_lazy("Opinion"), max_length=300, widget=forms.Textarea({"rows": 3}))


class ApproveForm(OpinionForm):
    decision_no = forms.CharField(label=gettext_lazy("Number of the decision"), max_length=80)
    approved_on = DateField(label=gettext_lazy("Approved on"))
    field_order = ("decision_no", "approved_on", "opinion")

    def clean_approved_on(self) -> date:
        day = not_later(self.cleaned_data["approved_on"], self.today)
        if self.subject.town_reviewed_on and day < self.subject.town_reviewed_on:
            raise forms.ValidationError(_("The town's office reviewed it later."))
        return day


class ReasonForm(ContextForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))


class StartForm(ContextForm):
    started_on = DateField(label=gettext_lazy("Began to work on"))
    plaque_no = forms.CharField(label=gettext_lazy("Number of the plaque"), required=False, max_length=40)
    plaque_issued_on = DateField(label=gettext_lazy("Plaque handed over on"), required=False)

    def clean_started_on(self) -> date:
        day = not_later(self.cleaned_data["started_on"], self.today)
        if self.subject.approved_on and day < self.subject.approved_on:
            raise forms.ValidationError(_("It began to work before it was approved."))
        return day


class FromDayForm(ContextForm):
    """Suspending or resuming, from a day on."""

    on = DateField(label=gettext_lazy("From"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))

    def clean_on(self) -> date:
        day = not_later(self.cleaned_data["on"], self.today)
        last = self.subject.periods.order_by("-from_on", "-pk").first()
        if last is not None and day < (last.until_on or last.from_on):
            raise forms.ValidationError(_("This lies before the last change."))
        return day


class CancelForm(ContextForm):
    ground = forms.ChoiceField(label=gettext_lazy("Ground"), choices=Studio.CancelGround.choices)
    on = DateField(label=gettext_lazy("First day without the studio"))
    plaque_returned_on = DateField(label=gettext_lazy("Plaque returned on"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Remark"), required=False, max_length=300, widget=forms.Textarea({"rows": 2})
    )

    def clean_on(self) -> date:
        day = not_later(self.cleaned_data["on"], self.today)
        last = self.subject.periods.order_by("-from_on", "-pk").first()
        earliest = (last.until_on or last.from_on) if last is not None else self.subject.approved_on
        if earliest is not None and day < earliest:
            raise forms.ValidationError(_("This lies before the last change."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.subject.plaque_issued_on and not self.subject.plaque_returned_on and not data.get("plaque_returned_on"):
            self.add_error("plaque_returned_on", _("The plaque comes back before the studio is cancelled."))
        return data


class RenameForm(ContextForm):
    """Another name-giver, or a special name, by the formula of the day."""

    name_type = forms.ChoiceField(label=gettext_lazy("Kind of name"), choices=Studio.NameType.choices)
    name_giver = forms.ModelChoiceField(Mediator.objects.none(), label=gettext_lazy("Name-giver"))
    name_word = forms.CharField(label=gettext_lazy("Special name"), required=False, max_length=30)
    on = DateField(label=gettext_lazy("From"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name_giver"].queryset = active_mediators(self.actor, self.today)

    def clean_on(self) -> date:
        return not_later(self.cleaned_data["on"], self.today)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        giver = data.get("name_giver")
        if data.get("name_type") == Studio.NameType.PERSON:
            data["name_word"] = giver.name if giver else ""
        elif not data.get("name_word"):
            self.add_error("name_word", _("Write the special name."))
        if data.get("name_word"):
            set_names(self, data, self.subject.committee, data["name_word"], self.today)
        return data


class PlaqueForm(ContextForm):
    plaque_no = forms.CharField(label=gettext_lazy("Number of the plaque"), max_length=40)
    plaque_issued_on = DateField(label=gettext_lazy("Plaque handed over on"))
    plaque_returned_on = DateField(label=gettext_lazy("Plaque returned on"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        issued, returned = data.get("plaque_issued_on"), data.get("plaque_returned_on")
        if issued and returned and returned < issued:
            self.add_error("plaque_returned_on", _("The end lies before the beginning."))
        return data


class MemberForm(ContextForm):
    mediator = forms.ModelChoiceField(Mediator.objects.none(), label=gettext_lazy("Mediator"))
    role = forms.ChoiceField(label=gettext_lazy("Role in the studio"), choices=StudioMember.Role.choices)
    from_on = DateField(label=gettext_lazy("From"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mediator"].queryset = active_mediators(self.actor, self.today)


class EndMemberForm(ContextForm):
    member = forms.ModelChoiceField(StudioMember.objects.none(), label=gettext_lazy("Mediator of the studio"))
    until_on = DateField(label=gettext_lazy("Until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = StudioMember.objects.filter(studio=self.subject, until_on__isnull=True)
        self.fields["member"].queryset = rows.select_related("mediator")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        member, day = data.get("member"), data.get("until_on")
        if member and day and day < member.from_on:
            self.add_error("until_on", _("The end lies before the beginning."))
        return data


class ReviewYearForm(ContextForm):
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2000, max_value=2100)
    cases = forms.IntegerField(label=gettext_lazy("Cases of the year"), min_value=0)
    success_rate = forms.DecimalField(
        label=gettext_lazy("Success rate (%)"), min_value=0, max_value=100, max_digits=5, decimal_places=2
    )
    result = forms.ChoiceField(label=gettext_lazy("Result"), choices=StudioReview.Result.choices)
    reviewed_on = DateField(label=gettext_lazy("Reviewed on"))
    subsidy_level = forms.CharField(label=gettext_lazy("Subsidy level"), required=False, max_length=20)
    note = forms.CharField(
        label=gettext_lazy("Remark"), required=False, max_length=300, widget=forms.Textarea({"rows": 2})
    )

    def clean_reviewed_on(self) -> date:
        return not_later(self.cleaned_data["reviewed_on"], self.today)

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if self.subject.started_on is None or not self.subject.started_on.year <= year <= self.today.year:
            raise forms.ValidationError(_("The studio did not work in that year."))
        return year


class PolicyForm(ContextForm):
    """The rules for studios from a day on."""

    effective_on = DateField(label=gettext_lazy("In force from"))
    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=200,
        help_text=gettext_lazy("The text they come from, with its number."),
    )
    min_years = forms.IntegerField(
        label=gettext_lazy("Fewest years of mediation"), required=False, min_value=0, max_value=80
    )
    min_cases_in_three_years = forms.IntegerField(
        label=gettext_lazy("Fewest cases in three years"), required=False, min_value=0
    )
    min_success_rate = forms.DecimalField(
        label=gettext_lazy("Lowest success rate (%)"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
    )
    needs_commendation = forms.BooleanField(
        label=gettext_lazy("Asks for a commendation at county level or above"), required=False
    )
    full_name_formula = forms.CharField(
        label=gettext_lazy("Formula of the full name"),
        max_length=80,
        help_text=gettext_lazy("With {committee} and {name} where these are to stand."),
    )
    short_name_formula = forms.CharField(label=gettext_lazy("Formula of the short name"), max_length=80)
    approver = forms.ChoiceField(label=gettext_lazy("Approved by"), choices=StudioPolicy.Approver.choices)
    filing_working_days = forms.IntegerField(
        label=gettext_lazy("Working days for filing"), required=False, min_value=1, max_value=250
    )
    grace_months = forms.IntegerField(
        label=gettext_lazy("Months to rename after the name-giver's death"), min_value=0, max_value=24
    )
    floor_cases_a_year = forms.IntegerField(label=gettext_lazy("Fewest cases a year"), required=False, min_value=0)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name in ("full_name_formula", "short_name_formula"):
            formula = data.get(name, "")
            if formula and ("{name}" not in formula or unknown_places(formula)):
                self.add_error(name, _("The formula needs {name}, and knows only {committee} besides."))
        return data
