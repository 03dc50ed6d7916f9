"""Who takes part in a suit, as the registration asks: people on one side, agencies on the other."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.cases.registration.agencies import AgencyForm
from casemgr.cases.registration.people import PersonForm as BasePersonForm
from casemgr.cases.registration.people import Role
from casemgr.pages.forms import DateField
from litigation.terms import AgencyRole, Deed

THIRD_PARTY = "third_party"
AGENCY_ROLES = [*AgencyRole.choices, (THIRD_PARTY, pgettext_lazy("agency", "Third party"))]
PEOPLE_ROLES = [
    (Role.APPLICANT, pgettext_lazy("court", "Plaintiff")),
    (Role.THIRD_PARTY, pgettext_lazy("court", "Third party")),
    (Role.AGENT, pgettext_lazy("court", "Agent")),
    (Role.REPRESENTATIVE, pgettext_lazy("court", "Representative")),
    (Role.STATUTORY_AGENT, pgettext_lazy("court", "Statutory agent")),
]


class PersonForm(BasePersonForm):
    """One person or organisation; the agencies stand in a block of their own."""

    number_may_follow = True

    role = forms.ChoiceField(label=gettext_lazy("Part in the suit"), choices=PEOPLE_ROLES, initial=Role.APPLICANT)


class AgencyRow(AgencyForm):
    """One agency: what it is before the court, what it did, and when the court's papers reached it."""

    role = forms.ChoiceField(
        label=gettext_lazy("Part before the court"), choices=AGENCY_ROLES, initial=AgencyRole.DEFENDANT, required=False
    )
    deed = forms.ChoiceField(
        label=gettext_lazy("What it did"),
        choices=Deed.choices,
        initial=Deed.ACTED,
        required=False,
        help_text=gettext_lazy("Who decided the reconsideration is a defendant for that decision."),
    )
    received_on = DateField(
        label=gettext_lazy("Complaint received on"),
        required=False,
        help_text=gettext_lazy(
            "The day its mail room received the court's papers: its fifteen days run from it "
            "(Litigation Law, article 67(1))."
        ),
    )

    def has_changed(self) -> bool:
        """Part and deed alone name no agency."""
        return bool(set(self.changed_data) - {"role", "deed"})

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["role"] = data.get("role") or AgencyRole.DEFENDANT
        data["deed"] = data.get("deed") or Deed.ACTED
        on = data.get("received_on")
        if on and on > self.today:
            self.add_error("received_on", _("The day lies in the future. Enter the day on which it really happened."))
        return data

    @property
    def is_defendant(self) -> bool:
        return self.cleaned_data.get("role") != THIRD_PARTY


__all__ = ["AGENCY_ROLES", "THIRD_PARTY", "AgencyRow", "PersonForm", "Role"]
