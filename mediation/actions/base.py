"""What every mediation action shares."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from casemgr.actions.action import Guard
from casemgr.actions.errors import Refusal
from casemgr.cases.actions import CaseAction
from casemgr.cases.models import Case
from mediation.models import MediationCase

MEDIATOR = ("mediator", "committee", "town")
"""Who works on a dispute: its mediator, the committee's secretary, the town judicial office."""
COMMITTEE = ("committee", "town")
"""Who decides for the committee: its secretary, and the town judicial office that guides it."""
SEAL = ("committee", "mediator")
"""Among whom the keeper of the committee's seal is (People's Mediation Law, art. 29): `sealing.may_seal` says who."""
TOWN = ("town",)
"""Who reviews: the town judicial office."""


class MediationAction(CaseAction):
    """An action on a mediation case."""

    model: ClassVar = MediationCase
    roles = MEDIATOR
    offered_if: ClassVar[tuple[Guard, ...]] = ()
    """Conditions without which the step makes no sense at all: it is then not shown, instead of shown as blocked."""

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        if refusal := super().state_refusal(subject, today):
            return refusal
        return next((found for guard in self.offered_if if (found := guard.refusal(subject, None, today))), None)
