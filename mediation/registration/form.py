"""The registration form: five entries make a dispute, the rest is folded. From a page or as plain data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.bulk.description import Part
from casemgr.cases.registration.form import RegistrationForm
from casemgr.cases.registration.resolving import resolve
from casemgr.organisation.models import Unit
from casemgr.organisation.scope import ALL, scope
from casemgr.pages.forms import ClockField, DateField, MoneyField, SeveralChoicesField
from casemgr.pages.row_forms import Rows, flatten
from casemgr.parties.registry import find_or_create
from mediation.models import Lead, LeadState, MediationCase
from mediation.registration.choices import (
    DEFAULT_SUB_SOURCE,
    area_of,
    place_of,
    source_of,
    split_type,
    sub_sources_by_source,
    types_with_sub_types,
)
from mediation.registration.people import SIDES, PersonForm, Role
from mediation.registration.recording import body_of
from mediation.registration.same_dispute import Similar
from mediation.states import OPEN
from mediation.terms import SUB_SOURCES, CourtTrack, DisputeSubType, RiskFlag, Source, SubSource

PEOPLE = "people"
REGISTERING_ROLES = ("mediator", "committee", "town")
HANDLING_KINDS = (Unit.Kind.COMMITTEE, Unit.Kind.STUDIO, Unit.Kind.TOWN, Unit.Kind.STREET)
COURT = (SubSource.COURT_DELEGATED, SubSource.COURT_ENTRUSTED)
TAGS_AT_MOST, TAG_LENGTH = 10, 20
_SEPARATORS = re.compile(r"[,，、;；\s]+")


class RegisterForm(RegistrationForm):
    """One dispute. `people` are rows of their own, each with its side.

    `dispute_type` also takes a sub-type's code, `source` follows from `sub_source`: a page asks for either once.
    """

    blocks = {PEOPLE: {"name": "", "role": Role.RESPONDENT}}

    # the five
    other_side_unknown = forms.BooleanField(label=gettext_lazy("The other side is not known yet"), required=False)
    dispute_type = forms.ChoiceField(label=gettext_lazy("Dispute type"))
    place = forms.CharField(label=gettext_lazy("Place of the dispute"), max_length=120)
    summary = forms.CharField(
        label=gettext_lazy("What the dispute is about"),
        max_length=4000,
        widget=forms.Textarea({"rows": 4, "class": "compact"}),
    )
    accept_now = forms.BooleanField(
        label=gettext_lazy("Take it on at once"),
        required=False,
        help_text=gettext_lazy(
            "For a dispute on the spot: every party agrees to mediation, and nothing forbids it (articles 2 and 17)."
        ),
    )
    # where it came from
    sub_source = forms.ChoiceField(label=gettext_lazy("Source"), required=False)
    source = forms.ChoiceField(
        label=gettext_lazy("Kind of source"), choices=[("", "—"), *Source.choices], required=False
    )
    found_how = forms.CharField(
        label=gettext_lazy("How it was found"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Of own motion: who found it, and when; the number of the patrol or campaign."),
    )
    organ = forms.CharField(label=gettext_lazy("Organ that refers, with contact"), max_length=80, required=False)
    organ_number = forms.CharField(label=gettext_lazy("Number of its letter or case"), max_length=80, required=False)
    papers_received_on = DateField(
        label=gettext_lazy("Papers signed for, or confirmed on the platform, on"), required=False
    )
    papers = forms.CharField(
        label=gettext_lazy("Papers handed over"), max_length=500, required=False,
        help_text=gettext_lazy("Say whether it is the original or a copy."),
    )  # fmt: skip
    court_track = forms.ChoiceField(
        label=gettext_lazy("Court procedure"),
        choices=[("", "—"), *CourtTrack.choices],
        required=False,
    )
    on_platform = forms.BooleanField(label=gettext_lazy("On the court's mediation platform"), required=False)
    requested_on = DateField(label=gettext_lazy("Mediation asked for on"), required=False)
    requested_time = ClockField(
        label=gettext_lazy("At"),
        required=False,
        help_text=gettext_lazy("The request interrupts the limitation period (Provisions on limitation, article 12)."),
    )
    # what it is about
    sub_type = forms.ChoiceField(
        label=gettext_lazy("Sub-type"), choices=[("", "—"), *DisputeSubType.choices], required=False
    )
    claims = forms.CharField(
        label=gettext_lazy("What each side asks for"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3, "class": "compact"}),
    )
    amount_yuan = MoneyField(label=gettext_lazy("Amount in yuan"), required=False)
    amount_is_approximate = forms.BooleanField(label=gettext_lazy("The amount is approximate"), required=False)
    number_of_people = forms.IntegerField(
        label=gettext_lazy("People concerned"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=gettext_lazy("People, not entries: a representative of 40 households counts 40. Empty: as entered."),
    )
    risk_flags = SeveralChoicesField(label=gettext_lazy("Risks"), choices=RiskFlag.choices, required=False)
    tags = forms.CharField(
        label=gettext_lazy("Further marks"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("For instance 涉企, 重点人群; separated by commas."),
    )
    # the file
    town = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Town or street"), required=False)
    registered_on = DateField(label=gettext_lazy("Registered on"), required=False)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Unit"), required=False)
    lead = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    """The lead the dispute goes back to."""
    # the same dispute
    previous_case = forms.IntegerField(
        label=gettext_lazy("It goes on from an earlier case that ended"), required=False, min_value=1
    )
    same_checked = forms.BooleanField(
        label=gettext_lazy("I have looked at these cases: this is another dispute"), required=False
    )

    FOLDED = {
        "source": (
            *("sub_source", "found_how", "organ", "organ_number", "papers_received_on", "papers"),
            *("court_track", "on_platform", "requested_on", "requested_time"),
        ),
        "matter": (
            *("claims", "amount_yuan", "amount_is_approximate", "number_of_people"),
            *("risk_flags", "tags"),
        ),
        "file": ("town", "registered_on", "unit"),
    }
    PROPOSED = {"sub_source", "registered_on", "unit", "town", "requested_on", "requested_time"}

    def __init__(self, data: Mapping[str, Any] | None = None, files=None, *, people_shown: int = 2, **kwargs) -> None:
        data = flatten(data, PEOPLE) if data is not None else None
        super().__init__(data, files, **kwargs)
        self.similar: list[Similar] = []
        self.people = Rows(PersonForm, data, PEOPLE, shown=max(people_shown, 2), actor=self.actor, today=self.today)
        self.fields["dispute_type"].choices = types_with_sub_types()
        self.fields["sub_source"].choices = sub_sources_by_source()
        self._offer_units()
        if not self.is_bound:
            self._propose()

    def _offer_units(self) -> None:
        held = [a.unit for a in self.actor.assignments(self.today) if a.role in REGISTERING_ROLES]
        reached = scope(self.actor, self.today).units_of_role(REGISTERING_ROLES)
        units = Unit.objects.filter(ended_on__isnull=True, kind__in=HANDLING_KINDS)
        self.fields["unit"].queryset = units if reached is ALL else units.filter(pk__in=reached)
        self.default_unit = body_of(held[0]) if held else None
        towns = Unit.objects.filter(ended_on__isnull=True, kind__in=(Unit.Kind.TOWN, Unit.Kind.STREET))
        self.fields["town"].queryset = towns.order_by("path")

    def _propose(self) -> None:
        """What a mediator would enter most days; everything can be changed."""
        self.fields["place"].initial = place_of(self.default_unit)
        self.fields["town"].initial = area_of(self.default_unit)
        self.fields["unit"].initial = self.default_unit
        self.fields["sub_source"].initial = SubSource.ORAL
        self.fields["registered_on"].initial = self.today
        self.fields["requested_on"].initial = self.today
        if len(self.people.forms) > 1:
            self.people.forms[1].fields["role"].initial = Role.RESPONDENT

    # reading

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._read_type(data)
        self._read_source(data)
        self._read_days(data)
        self._check_rows(data)
        self._check_people(data)
        self._check_previous(data)
        self._check_lead(data)
        data["tags"] = self._read_tags(data.get("tags") or "")
        data["town"] = data.get("town") or area_of(data.get("unit") or self.default_unit)
        if not (data.get("unit") or self.default_unit) and "unit" not in self.errors:
            self.add_error("unit", _("Choose the committee or studio that handles the dispute."))
        return data

    def _read_type(self, data: dict[str, Any]) -> None:
        if not (chosen := data.get("dispute_type")):
            return
        data["dispute_type"], told = split_type(chosen)
        data["sub_type"] = data.get("sub_type") or told
        if data["sub_type"] and not data["sub_type"].startswith(data["dispute_type"]):
            self.add_error("sub_type", _("This sub-type belongs to another type. Choose one of the two again."))

    def _read_source(self, data: dict[str, Any]) -> None:
        detail = data.get("sub_source") or ""
        source = data["source"] = data.get("source") or source_of(detail) or Source.APPLICATION
        if detail and detail not in SUB_SOURCES[source]:
            self.add_error("sub_source", _("This does not belong to the source chosen above."))
        data["sub_source"] = detail = detail or DEFAULT_SUB_SOURCE.get(source, "")
        if source == Source.REFERRED:
            self._read_referral(data, detail)
        else:
            data["court_track"], data["on_platform"] = "", False

    def _read_referral(self, data: dict[str, Any], detail: str) -> None:
        """Provisions on invited mediation, art. 27: which clock runs hangs on the kind, its start on the receipt."""
        if not detail:
            self.add_error("sub_source", _("Choose which organ referred the dispute: its clock hangs on it."))
        if not data.get("organ"):
            self.add_error("organ", _("Enter the organ that refers, with the person to be asked."))
        if detail == SubSource.COURT_DELEGATED:
            data["court_track"] = CourtTrack.DELEGATED
        elif detail == SubSource.COURT_ENTRUSTED:
            if data.get("court_track") not in (CourtTrack.ENTRUSTED_ORDINARY, CourtTrack.ENTRUSTED_SUMMARY):
                self.add_error(
                    "court_track", _("After filing 15 or 7 days run: choose the ordinary or the summary procedure.")
                )
        else:
            data["court_track"], data["on_platform"] = "", False
        if detail in COURT and not data.get("papers_received_on") and "papers_received_on" not in self.errors:
            self.add_error(
                "papers_received_on", _("Enter the day the court's papers were signed for: the period runs from it.")
            )

    def _read_days(self, data: dict[str, Any]) -> None:
        registered = data["registered_on"] = data.get("registered_on") or self.today
        if data.get("source") == Source.APPLICATION and not data.get("requested_on"):
            data["requested_on"] = registered
        for name in ("registered_on", "requested_on", "papers_received_on"):
            day = data.get(name)
            if day and day > self.today:
                self.add_error(name, _("The day lies in the future. Enter the day on which it really happened."))
            elif day and day > registered:
                self.add_error(name, _("This day lies after the day of registration. Check both dates."))

    def _check_rows(self, data: dict[str, Any]) -> None:
        self.people.is_valid()
        for name, errors in self.people.errors():
            self._errors[name] = errors
        roles = [self._role_of(form) for form in self.people.filled]
        first, second = (form.prefix for form in (*self.people.forms[:2], *self.people.forms[-1:])[:2])
        if Role.APPLICANT not in roles:
            self._add_at(first, "name", _("Enter the applicant, or whose dispute it is."))
        has_other = Role.RESPONDENT in roles
        if data.get("other_side_unknown") and has_other:
            self.add_error("other_side_unknown", _("The other side is entered: leave this box empty."))
        elif not has_other and not data.get("other_side_unknown"):
            self._add_at(second, "name", _("Enter the other side, or tick that it is not known yet."))

    def _role_of(self, form: PersonForm) -> str:
        return form.data.get(form.add_prefix("role")) or Role.APPLICANT

    def _add_at(self, prefix: str, name: str, message: str) -> None:
        """An error at an entry of a row, which the page shows there."""
        form = next(form for form in self.people.forms if form.prefix == prefix)
        form.errors.setdefault(name, form.error_class()).append(message)
        self._errors[f"{prefix}-{name}"] = form.errors[name]

    def _check_people(self, data: dict[str, Any]) -> None:
        entered = sum(self._role_of(form) in SIDES for form in self.people.filled)
        entered += bool(data.get("other_side_unknown"))
        told = data.get("number_of_people")
        if told and told < entered:
            self.add_error(
                "number_of_people",
                _("%(entered)d are entered already: the number cannot be smaller.") % {"entered": entered},
            )
        data["number_of_people"] = told or max(entered, 2)

    def _check_previous(self, data: dict[str, Any]) -> None:
        pk = data.get("previous_case")
        if not pk:
            data["previous_case"] = None
            return
        seen = MediationCase.objects.visible_to(self.actor, self.today).filter(pk=pk).exclude(state="VOID").first()
        if seen is None:
            self.add_error("previous_case", _("There is no such case within your scope."))
        elif seen.state in OPEN:
            self.add_error(
                "previous_case",
                _("%(number)s is still being mediated: go on there instead of registering again.")
                % {"number": seen.number},
            )
        data["previous_case"] = seen

    def _check_lead(self, data: dict[str, Any]) -> None:
        pk, data["lead"] = data.get("lead"), None
        if not pk:
            return
        lead = Lead.objects.visible_to(self.actor, self.today).filter(pk=pk).select_related("case").first()
        if lead is None:
            self.add_error(None, _("There is no such lead within your scope."))
        elif lead.state != LeadState.FOUND:
            self.add_error(
                None,
                _("Lead %(number)s was dealt with already: %(state)s.")
                % {"number": lead, "state": lead.get_state_display()},
            )
        data["lead"] = lead

    def _read_tags(self, text: str) -> list[str]:
        tags = list(dict.fromkeys(filter(None, _SEPARATORS.split(text))))
        if len(tags) > TAGS_AT_MOST or any(len(tag) > TAG_LENGTH for tag in tags):
            self.add_error("tags", _("At most ten marks of twenty characters."))
        return tags

    # writing

    def parts(self, actor: Any, today: date) -> list[Part]:
        """The parties of the rows, found or created. :raises InvalidInput: a contradiction, or one entered twice."""
        rows = [(row, row.cleaned_data["role"]) for row in self.people.filled]
        return resolve(self, rows, lambda data: find_or_create(data, actor, today))

    def consents(self) -> list[tuple[str, date] | None]:
        """What each of the filled rows says of its consent, in their order."""
        return [row.given_consent(row.cleaned_data) for row in self.people.filled]

    # showing

    @property
    def has_source(self) -> bool:
        """Whether the folded part about the source holds an entry or an error."""
        is_other = self.is_bound and self["sub_source"].value() not in (None, "", SubSource.ORAL)
        return is_other or self._has("source")

    @property
    def has_matter(self) -> bool:
        return self._has("matter")

    @property
    def has_file(self) -> bool:
        return self._has("file")

    def _has(self, block: str) -> bool:
        names = self.FOLDED[block]
        if any(self.errors.get(name) for name in names):
            return True
        return self.is_bound and any(self[name].value() for name in names if name not in self.PROPOSED)


__all__ = ["PEOPLE", "PersonForm", "RegisterForm", "Role"]
