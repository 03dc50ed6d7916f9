"""One person or organisation with its side in the dispute, as short as a phone asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.registration.people import PersonForm as BasePersonForm
from casemgr.cases.registration.people import Role
from casemgr.pages.forms import DateField
from casemgr.pages.masking import personal_numbers
from mediation.models import Consent

SIDES = (Role.APPLICANT, Role.RESPONDENT, Role.THIRD_PARTY)
"""Who takes part for itself; the others speak for one of them."""


class PersonForm(BasePersonForm):
    """A known party, or a name; the number may follow later (dossier §6.1: without one no judicial confirmation)."""

    role = forms.ChoiceField(
        label=gettext_lazy("Side"),
        choices=[(role.value, role.label) for role in Role],
        initial=Role.APPLICANT,
    )
    consent = forms.ChoiceField(
        label=gettext_lazy("Willing to have it mediated"),
        choices=[("", gettext_lazy("Not asked yet")), *Consent.Answer.choices],
        required=False,
    )
    consent_on = DateField(label=gettext_lazy("Asked or answered on"), required=False)
    number_may_follow = True

    def has_changed(self) -> bool:
        """The side alone names nobody."""
        return bool(set(self.changed_data) - {"role", "kind"})

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        self._read_number_as_name(data)
        data = super().clean()
        on = data.get("consent_on")
        if on and on > self.today:
            self.add_error("consent_on", _("The day lies in the future. Enter the day on which it really happened."))
        return data

    def _read_number_as_name(self, data: dict[str, Any]) -> None:
        """Who looks a party up by its number types it where the name stands."""
        if not personal_numbers(data.get("name") or ""):
            return
        if data.get("known_party"):
            data["name"] = ""
        else:
            self.add_error(
                "name",
                _("No party is chosen for this number. Choose the one found, or enter the name and the number below."),
            )

    @property
    def has_particulars(self) -> bool:
        """Whether an entry of the folded part is filled or wrong."""
        shown = {"known_party", "role", "kind", "name", "is_another"}
        return any(
            self[name].errors or (self.is_bound and self[name].value()) for name in self.fields if name not in shown
        )

    def given_consent(self, data: Mapping[str, Any]) -> tuple[str, Any] | None:
        """The answer with its day, if somebody was asked."""
        return (data["consent"], data.get("consent_on") or self.today) if data.get("consent") else None


__all__ = ["SIDES", "PersonForm", "Role"]
