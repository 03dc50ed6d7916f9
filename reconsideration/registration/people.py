"""Who takes part: applicants and those beside them, and the agencies they apply against."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.models import Participation
from casemgr.pages.forms import ContextForm
from casemgr.parties.forms import NameField, PartyForm
from casemgr.parties.models import Party
from casemgr.parties.registry import PartyData

Role = Participation.Role
PEOPLE_ROLES = (Role.APPLICANT, Role.THIRD_PARTY, Role.AGENT, Role.REPRESENTATIVE, Role.STATUTORY_AGENT)
AGENTS_PER_PARTY = 2  # Reconsideration Law 2023, art. 17(1)


def agencies():
    """Agencies of the registry that can be chosen."""
    return Party.objects.filter(kind=Party.Kind.AGENCY, merged_into__isnull=True).order_by("pk")


def _with_defaults(data: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    return {f"{prefix}-role": Role.APPLICANT, f"{prefix}-kind": Party.Kind.PERSON, **data}


class PersonForm(PartyForm):
    """One person or organisation with its part in the case."""

    role = forms.ChoiceField(
        label=gettext_lazy("Part in the case"),
        choices=[(r.value, r.label) for r in PEOPLE_ROLES],
        initial=Role.APPLICANT,
    )
    consents_to_electronic_service = forms.BooleanField(
        label=gettext_lazy("Agrees to electronic service"), required=False
    )
    electronic_address = forms.CharField(
        label=gettext_lazy("System or address for electronic service"), required=False, max_length=120
    )

    def __init__(self, data: Mapping[str, Any] | None = None, files=None, *, prefix: str, **kwargs) -> None:
        super().__init__(None if data is None else _with_defaults(data, prefix), files, prefix=prefix, **kwargs)

    def fill_again(self, data: Mapping[str, Any]) -> None:
        super().fill_again(_with_defaults(data, self.prefix))

    def clean(self) -> dict:
        data = super().clean()
        chosen = data.get("known_party")
        if chosen and not Party.objects.filter(pk=chosen).exists():
            self.add_error(None, _("The chosen party is not in the registry. Search again."))
        if data.get("consents_to_electronic_service") and not data.get("electronic_address"):
            self.add_error(
                "electronic_address", _("Enter the system or address that the person named for electronic service.")
            )
        return data


class RespondentForm(ContextForm):
    """One respondent: an agency of the registry, or one that is not there yet."""

    known_party = forms.ModelChoiceField(
        Party.objects.none(),
        label=gettext_lazy("Respondent"),
        required=False,
        empty_label=gettext_lazy("Please choose"),
    )
    name = NameField(label=gettext_lazy("Agency that is not in the list"), required=False)
    agency_kind = forms.ChoiceField(
        label=gettext_lazy("Its kind"),
        choices=[("", "—"), *Party.AgencyKind.choices],
        required=False,
        help_text=gettext_lazy("The kind tells which authority is competent."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["known_party"].queryset = agencies()

    def clean(self) -> dict:
        data = super().clean()
        if "known_party" in self.errors:
            return data
        if data.get("known_party") and data.get("name"):
            self.add_error("name", _("Choose an agency of the list or enter another one, not both."))
        elif not data.get("known_party") and not data.get("name"):
            self.add_error("known_party", _("Choose the agency, or enter its name."))
        elif data.get("name") and not data.get("agency_kind"):
            self.add_error("agency_kind", _("Choose what kind of agency it is."))
        return data

    def party_data(self) -> PartyData:
        data = self.cleaned_data
        chosen = data.get("known_party")
        return PartyData(
            kind=Party.Kind.AGENCY,
            name=chosen.name if chosen else data["name"],
            agency_kind=data.get("agency_kind") or "",
            known_party=chosen.pk if chosen else None,
        )
