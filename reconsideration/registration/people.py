"""The agencies an application attacks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from casemgr.cases.registration.agencies import AgencyForm
from casemgr.cases.registration.people import PersonForm, Role

AGENTS_PER_PARTY = 2  # Reconsideration Law 2023, art. 17(1)


class RespondentForm(AgencyForm):
    """One respondent."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["known_party"].label = gettext_lazy("Respondent")


__all__ = ["AGENTS_PER_PARTY", "PersonForm", "RespondentForm", "Role"]
