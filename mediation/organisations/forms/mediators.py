"""Entering mediators, their engagements, training, grades and measures against them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.organisation.models import User
from casemgr.organisation.roles import roles_for
from casemgr.pages.forms import ContextForm, DateField
from mediation.models import Committee, Engagement, Mediator, Sanction
from mediation.models.organisations.people import ENDING, MEMBERS
from mediation.organisations.findings import ELECTING
from mediation.organisations.forms.fields import committees_within, not_later
from mediation.organisations.permission import COMMITTEE, TOWN, holds

ADULT = 18
"""People's Mediation Law, art. 14(1)."""


class PersonForm(ContextForm):
    """What is kept of the person: what table M-2 counts, no identity number."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=50)
    sex = forms.ChoiceField(label=gettext_lazy("Sex"), choices=Mediator.Sex.choices)
    ethnicity = forms.CharField(label=gettext_lazy("Nationality"), max_length=20, initial="汉族")
    birth_year = forms.IntegerField(label=gettext_lazy("Year of birth"), required=False, min_value=1920, max_value=2100)
    education = forms.ChoiceField(
        label=gettext_lazy("Education"), required=False, choices=[("", "—"), *Mediator.Education.choices]
    )
    is_party_member = forms.NullBooleanField(
        label=gettext_lazy("Party member"),
        required=False,
        help_text=gettext_lazy("Only counted in the table of mediators, shown nowhere else."),
    )
    specialities = forms.CharField(label=gettext_lazy("Specialities"), required=False, max_length=120)
    salaried_from = DateField(
        label=gettext_lazy("On public salary since"),
        required=False,
        help_text=gettext_lazy("Who is paid from public funds gets no subsidy for a case."),
    )
    salaried_until = DateField(label=gettext_lazy("On public salary until"), required=False)
    is_listed = forms.BooleanField(label=gettext_lazy("Named in the published roster"), required=False, initial=True)

    def clean_birth_year(self) -> int | None:
        year = self.cleaned_data.get("birth_year")
        if year is not None and self.today.year - year < ADULT:
            raise forms.ValidationError(_("A mediator is an adult (People's Mediation Law, art. 14)."))
        return year

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        since, until = data.get("salaried_from"), data.get("salaried_until")
        if until and not since:
            self.add_error("salaried_from", _("Say since when."))
        elif until and since and until < since:
            self.add_error("salaried_until", _("The end lies before the beginning."))
        if self._lifts_the_salary(since, until):
            text = _(
                "Whoever is on a public salary gets no subsidy: what is known of it is changed by the town's office."
            )
            self.add_error("salaried_from", text)
        return data

    def _lifts_the_salary(self, since: date | None, until: date | None) -> bool:
        """A committee enters the salary of its mediators, and does not take it back: it would pay itself."""
        known = self.subject
        if known is None or known.salaried_from is None or holds(self.actor, TOWN, self.today):
            return False
        return (since, until) != (known.salaried_from, known.salaried_until)


class EngagementFields(ContextForm):
    committee = forms.ModelChoiceField(Committee.objects.none(), label=gettext_lazy("Committee"))
    position = forms.ChoiceField(label=gettext_lazy("Position"), choices=Engagement.Position.choices)
    how = forms.ChoiceField(label=gettext_lazy("How engaged"), choices=Engagement.How.choices)
    is_full_time = forms.BooleanField(label=gettext_lazy("Full time"), required=False)
    from_on = DateField(label=gettext_lazy("From"))
    until_on = DateField(
        label=gettext_lazy("Term until"),
        required=False,
        help_text=gettext_lazy("Left empty for a member: until the end of the committee's term."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["committee"].queryset = committees_within(self.actor, COMMITTEE, self.today)

    def clean_from_on(self) -> date:
        return not_later(self.cleaned_data["from_on"], self.today)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        committee, position, how = data.get("committee"), data.get("position"), data.get("how")
        if position == Engagement.Position.MEDIATOR and how == Engagement.How.ELECTED:
            self.add_error("how", _("Elected is a member of the committee; a mediator beside it is hired."))
        if committee and position in MEMBERS and how == Engagement.How.HIRED and committee.kind in ELECTING:
            self.add_error("how", _("Members of this committee are elected (People's Mediation Law, art. 9(1))."))
        begin, until = data.get("from_on"), data.get("until_on")
        if committee and begin and begin < committee.founded_on:
            self.add_error("from_on", _("The committee did not exist yet."))
        if begin and until and until < begin:
            self.add_error("until_on", _("The end lies before the beginning."))
        if committee and position in MEMBERS and not until:
            data["until_on"] = committee.term_until
        return data


class RegisterMediatorForm(PersonForm, EngagementFields):
    field_order = (
        *("committee", "name", "sex", "ethnicity", "birth_year", "education", "is_party_member", "specialities"),
        *("position", "how", "is_full_time", "from_on", "until_on", "salaried_from", "salaried_until", "is_listed"),
    )


class EngageForm(EngagementFields):
    """A further committee."""


class EndEngagementForm(ContextForm):
    engagement = forms.ModelChoiceField(Engagement.objects.none(), label=gettext_lazy("Engagement"))
    ended_on = DateField(label=gettext_lazy("First day no longer engaged"))
    ground = forms.ChoiceField(
        label=gettext_lazy("Ground"),
        choices=[
            choice
            for choice in Engagement.EndGround.choices
            if choice[0] not in (Engagement.EndGround.MISCONDUCT, Engagement.EndGround.COMMITTEE_ENDED)
        ],
        help_text=gettext_lazy("Misconduct is entered as a measure, with its ground of article 15."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        within = committees_within(self.actor, COMMITTEE, self.today)
        running = Engagement.objects.filter(mediator=self.subject, ended_on__isnull=True, committee__in=within)
        self.fields["engagement"].queryset = running.select_related("committee__unit", "mediator")
        self.fields["engagement"].label_from_instance = lambda row: f"{row.committee} {row.get_position_display()}"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        row, day = data.get("engagement"), data.get("ended_on")
        if day and day > self.today:
            self.add_error("ended_on", _("This day has not come yet."))
        elif row and day and day < row.from_on:
            self.add_error("ended_on", _("The end lies before the beginning."))
        return data


class LinkAccountForm(ContextForm):
    user = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Account"),
        required=False,
        help_text=gettext_lazy("Accounts with a role in mediation. Left empty: no account."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = User.objects.filter(is_active=True, role_assignments__role__in=roles_for("mediation"))
        free = held.filter(mediator__isnull=True) | held.filter(mediator=self.subject)
        self.fields["user"].queryset = free.distinct().order_by("full_name", "pk")
        self.fields["user"].label_from_instance = lambda user: f"{user.full_name} ({user.username})"


class TrainingForm(ContextForm):
    held_on = DateField(label=gettext_lazy("Held on"))
    hours = forms.DecimalField(label=gettext_lazy("Hours"), min_value=0, max_digits=5, decimal_places=1)
    training_subject = forms.CharField(label=gettext_lazy("Subject"), max_length=120)
    organiser = forms.CharField(label=gettext_lazy("Organised by"), required=False, max_length=80)

    def clean_held_on(self) -> date:
        return not_later(self.cleaned_data["held_on"], self.today)


class GradeForm(ContextForm):
    """Of a mediator or a studio."""

    scheme = forms.CharField(
        label=gettext_lazy("Scheme"),
        max_length=60,
        help_text=gettext_lazy("The rules by which it is awarded, such as the region's grades of mediators."),
    )
    level = forms.CharField(label=gettext_lazy("Level"), max_length=40)
    awarder = forms.CharField(label=gettext_lazy("Awarded by"), max_length=80)
    from_on = DateField(label=gettext_lazy("From"))
    until_on = DateField(label=gettext_lazy("Until"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        begin, until = data.get("from_on"), data.get("until_on")
        if begin and until and until < begin:
            self.add_error("until_on", _("The end lies before the beginning."))
        return data


class SanctionForm(ContextForm):
    committee = forms.ModelChoiceField(Committee.objects.none(), label=gettext_lazy("Committee"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Measure"),
        choices=Sanction.Kind.choices,
        help_text=gettext_lazy(
            "The committee criticises and orders to correct; in grave cases who elected or hired removes or dismisses."
        ),
    )
    ground = forms.ChoiceField(label=gettext_lazy("Ground (art. 15)"), choices=Sanction.Ground.choices)
    decided_on = DateField(label=gettext_lazy("Decided on"))
    decided_by = forms.CharField(label=gettext_lazy("Decided by"), max_length=80)
    note = forms.CharField(
        label=gettext_lazy("Remark"), required=False, max_length=300, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        engaged = Engagement.objects.filter(mediator=self.subject, ended_on__isnull=True)
        within = committees_within(self.actor, COMMITTEE, self.today)
        self.fields["committee"].queryset = within.filter(pk__in=engaged.values("committee_id"))

    def clean_decided_on(self) -> date:
        return not_later(self.cleaned_data["decided_on"], self.today)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        committee, kind = data.get("committee"), data.get("kind")
        if committee and kind in ENDING:
            row = Engagement.objects.filter(mediator=self.subject, committee=committee, ended_on__isnull=True).first()
            elected = row is not None and row.how == Engagement.How.ELECTED
            if elected != (kind == Sanction.Kind.REMOVAL):
                self.add_error("kind", _("Who was elected is removed by the electors, who was hired is dismissed."))
        return data
