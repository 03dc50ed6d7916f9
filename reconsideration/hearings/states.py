"""From the plan to the record."""

from __future__ import annotations

from django_fsm import transition

from reconsideration.hearings.terms import OPEN_STATES, HearingState

S = HearingState


class HearingStates:
    """Mixin of the hearing; who may, and why, stands in the actions."""

    @transition(field="state", source=S.PLANNED, target=S.NOTIFIED)
    def all_notified(self) -> None:
        """The notice reached every party, or the party waived it."""

    @transition(field="state", source=list(OPEN_STATES), target=S.PLANNED)
    def plan_anew(self) -> None:
        """Another time, place or panel: everybody is told again."""

    @transition(field="state", source=list(OPEN_STATES), target=S.HELD)
    def hold(self) -> None:
        """It took place, and its record is signed."""

    @transition(field="state", source=list(OPEN_STATES), target=S.FORGONE)
    def forgo(self) -> None:
        """The applicants stayed away without reason: the right to a hearing is given up (art. 51(2))."""

    @transition(field="state", source=list(OPEN_STATES), target=S.ADJOURNED)
    def adjourn(self) -> None:
        """It goes on another day, as a hearing that continues this one."""

    @transition(field="state", source=list(OPEN_STATES), target=S.CANCELLED)
    def cancel(self) -> None:
        """It does not take place."""
