"""Who takes part, as a registration form asks: a person or organisation with its part in the case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.models import Participation
from casemgr.pages.judged_again import FieldAnswers
from casemgr.parties.forms import PartyForm
from casemgr.parties.identity import NONE
from casemgr.parties.models import Party

Role = Participation.Role
NOT_SHOWN = gettext_lazy("Not shown at registration")
PEOPLE_ROLES = (Role.APPLICANT, Role.THIRD_PARTY, Role.AGENT, Role.REPRESENTATIVE, Role.STATUTORY_AGENT)


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

    def fill_again(self, data: Mapping[str, Any], answers: FieldAnswers | None = None) -> None:
        super().fill_again(_with_defaults(data, self.prefix), answers)

    number_may_follow = False
    """True where the party's document need not be shown at registration; the record then says so."""

    def clean(self) -> dict:
        if self.number_may_follow:
            self._note_missing_number(self.cleaned_data)
        data = super().clean()
        chosen = data.get("known_party")
        if chosen and not Party.objects.filter(pk=chosen).exists():
            self.add_error(None, _("The chosen party is not in the registry. Search again."))
        if data.get("consents_to_electronic_service") and not data.get("electronic_address"):
            self.add_error(
                "electronic_address", _("Enter the system or address that the person named for electronic service.")
            )
        return data

    def _note_missing_number(self, data: dict[str, Any]) -> None:
        is_shown = data.get("identity_kind") or data.get("identity_number") or data.get("known_party")
        if data.get("name") and not is_shown and data.get("kind") != Party.Kind.AGENCY:
            data["identity_kind"] = NONE
            data["identity_note"] = data.get("identity_note") or str(NOT_SHOWN)
