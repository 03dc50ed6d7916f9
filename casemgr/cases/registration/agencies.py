"""Agencies in a registration form: one of the registry, or one that is not there yet."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.pages.forms import ContextForm
from casemgr.parties.forms import NameField
from casemgr.parties.models import Party
from casemgr.parties.registry import PartyData


def agencies():
    """Agencies of the registry that can be chosen."""
    return Party.objects.filter(kind=Party.Kind.AGENCY, merged_into__isnull=True).order_by("pk")


class AgencyForm(ContextForm):
    """One agency: of the registry, or one that is not there yet. A subclass says what it is in the case."""

    known_party = forms.ModelChoiceField(
        Party.objects.none(),
        label=gettext_lazy("Agency"),
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


__all__ = ["AgencyForm", "agencies"]
