"""What a studio must show before it is set up, compared with the rules of the day (dossier §3.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mediation.models import Studio, StudioPolicy


@dataclass(frozen=True)
class Requirement:
    """One condition: what is asked, what the application says, and whether that is enough."""

    label: str | Promise
    asked: str
    shown: str
    is_met: bool


def requirements(studio: Studio, day: date) -> list[Requirement]:
    """Each condition that the rules of the day ask for."""
    policy = StudioPolicy.objects.on(day)
    numbers = (
        (_("Years of mediation"), policy.min_years, studio.years_of_mediation),
        (_("Cases in the last three years"), policy.min_cases_in_three_years, studio.cases_in_three_years),
        (_("Success rate (%)"), policy.min_success_rate, studio.success_rate),
    )
    found = [
        Requirement(label, f"≥ {asked}", "—" if shown is None else str(shown), shown is not None and shown >= asked)
        for label, asked, shown in numbers
        if asked is not None
    ]
    if policy.needs_commendation:
        shown = studio.commendation
        found.append(Requirement(_("Commendation at county level or above"), "✓", shown or "—", bool(shown)))
    return found
