"""The registration form: people with their side, and the few facts without which there is no dispute."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.errors import InvalidInput
from casemgr.cases.bulk.description import Part
from casemgr.cases.registration.people import PersonForm as BasePersonForm
from casemgr.cases.registration.people import Role
from casemgr.organisation.models import Unit
from casemgr.organisation.scope import ALL, scope
from casemgr.pages.forms import ContextForm, DateField, MoneyField
from casemgr.pages.row_forms import Rows, flatten
from casemgr.parties.registry import find_or_create
from mediation.terms import SUB_SOURCES, DisputeSubType, DisputeType, Source, SubSource

PEOPLE = "people"
REGISTERING_ROLES = ("mediator", "committee", "town")
HANDLING_KINDS = (Unit.Kind.COMMITTEE, Unit.Kind.STUDIO, Unit.Kind.TOWN, Unit.Kind.STREET)


class PersonForm(BasePersonForm):
    """One person or organisation with its side in the dispute."""

    role = forms.ChoiceField(
        label=gettext_lazy("Side"),
        choices=[(role.value, role.label) for role in Role],
        initial=Role.APPLICANT,
    )


class RegisterForm(ContextForm):
    """One dispute. `people` are rows of their own."""

    source = forms.ChoiceField(label=gettext_lazy("Source"), choices=Source.choices, widget=forms.RadioSelect)
    sub_source = forms.ChoiceField(
        label=gettext_lazy("In detail"), choices=[("", "—"), *SubSource.choices], required=False
    )
    dispute_type = forms.ChoiceField(label=gettext_lazy("Dispute type"), choices=[("", "—"), *DisputeType.choices])
    sub_type = forms.ChoiceField(
        label=gettext_lazy("Sub-type"), choices=[("", "—"), *DisputeSubType.choices], required=False
    )
    registered_on = DateField(label=gettext_lazy("Registered on"), required=False)
    place = forms.CharField(label=gettext_lazy("Place of the dispute"), max_length=120)
    summary = forms.CharField(
        label=gettext_lazy("What the dispute is about"), max_length=4000, widget=forms.Textarea({"rows": 4})
    )
    amount_yuan = MoneyField(label=gettext_lazy("Amount in yuan"), required=False)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Unit"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, files=None, *, people_shown: int = 2, **kwargs) -> None:
        data = flatten(data, PEOPLE) if data is not None else None
        super().__init__(data, files, **kwargs)
        self.people = Rows(PersonForm, data, PEOPLE, shown=people_shown, actor=self.actor, today=self.today)
        held = [a.unit for a in self.actor.assignments(self.today) if a.role in REGISTERING_ROLES]
        reached = scope(self.actor, self.today).units_of_role(REGISTERING_ROLES)
        units = Unit.objects.filter(ended_on__isnull=True, kind__in=HANDLING_KINDS)
        self.fields["unit"].queryset = units if reached is ALL else units.filter(pk__in=reached)
        self.default_unit = held[0] if held else None

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["registered_on"] = data.get("registered_on") or self.today
        if data["registered_on"] > self.today:
            self.add_error("registered_on", _("The day lies in the future. Enter the day on which it really happened."))
        if data.get("sub_source") and data["sub_source"] not in SUB_SOURCES.get(data.get("source", ""), ()):
            self.add_error("sub_source", _("This does not belong to the source chosen above."))
        self.people.is_valid()
        for name, errors in self.people.errors():
            self._errors[name] = errors
        return data

    def parts(self, actor: Any, today: date) -> list[Part]:
        """The parties of the rows, found or created. :raises InvalidInput: a contradiction with the registry."""
        parts = []
        for row in self.people.filled:
            try:
                party = find_or_create(row.party_data(), actor, today)
            except ValidationError as error:
                self._errors[row.prefix] = self.error_class(error.messages)
                raise InvalidInput(self) from error
            parts.append(Part(party, row.cleaned_data["role"]))
        return parts
