"""What every mediation action shares."""

from __future__ import annotations

from typing import ClassVar

from casemgr.cases.actions import CaseAction
from casemgr.cases.day_forms import DayForm, PartyDayForm
from mediation.models import MediationCase

MEDIATOR = ("mediator", "committee", "town")
"""Who works on a dispute: its mediator, the committee's secretary, the town judicial office."""
COMMITTEE = ("committee", "town")
"""Who decides for the committee: its secretary, and the town judicial office that guides it."""
SEAL = ("committee",)
"""Who keeps the committee's seal (People's Mediation Law, art. 29)."""
TOWN = ("town",)
"""Who reviews: the town judicial office."""


class MediationAction(CaseAction):
    """An action on a mediation case."""

    model: ClassVar = MediationCase
    roles = MEDIATOR


__all__ = ["COMMITTEE", "MEDIATOR", "SEAL", "TOWN", "DayForm", "MediationAction", "PartyDayForm"]
