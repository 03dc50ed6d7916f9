"""States and transitions of a reconsideration case (dossier §4.1). Who may, and why, stands in actions and guards."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE, transition

from casemgr.cases.procedure import Stage, State

STATES: tuple[State, ...] = (
    State("RECEIVED", _("Application received"), Stage.INTAKE),
    State("CORRECTING", _("Waiting for correction"), Stage.WAITING),
    State("NOT_ACCEPTED", _("Not accepted"), Stage.CLOSED),
    State("ABANDONED", _("Treated as given up"), Stage.CLOSED),
    State("NOT_HANDLED", _("Told it will not be handled again"), Stage.CLOSED),
    State("ACCEPTED", _("Accepted"), Stage.OPEN),
    State("AWAIT_REPLY", _("Waiting for the reply"), Stage.WAITING),
    State("IN_REVIEW", _("Under review"), Stage.OPEN),
    State("SUSPENDED", _("Suspended"), Stage.WAITING),
    State("DECIDED", _("Decided, not yet served"), Stage.DECIDED),
    State("DISMISSED", _("Application dismissed"), Stage.CLOSED),
    State("MEDIATED", _("Closed by mediation"), Stage.CLOSED),
    State("TERMINATED", _("Terminated"), Stage.CLOSED),
    State("TAKEN_UP", _("Taken up by the superior"), Stage.CLOSED),
    State("SERVED", _("Decision in effect"), Stage.DECIDED),
    State("PERFORMING", _("Performance supervised"), Stage.PERFORMING),
    State("PERFORMED", _("Performed"), Stage.CLOSED),
    State("ARCHIVED", _("Archived"), Stage.ARCHIVED),
    State("VOID", _("Entered by mistake, void"), Stage.CLOSED),
)
WITH_PAPERS = tuple(state.code for state in STATES if state.code not in ("ARCHIVED", "VOID"))
"""In which the forms and notices of service are offered: from the receipt on until the file is closed."""
UNDER_TRIAL = ("ACCEPTED", "AWAIT_REPLY", "IN_REVIEW")
FINAL = ("NOT_ACCEPTED", "ABANDONED", "NOT_HANDLED", "SERVED", "PERFORMED", "DISMISSED", "MEDIATED", "TERMINATED",
         "TAKEN_UP")  # fmt: skip


def _to(source: str | list[str], target: str):
    """A transition whose effect is the state itself; events and facts are the action's."""
    return transition(field="state", source=source, target=target)


class ReconsiderationStates:
    """Mixin of the proxy."""

    @_to("RECEIVED", "CORRECTING")
    def ask_correction(self) -> None: ...

    @_to("CORRECTING", "RECEIVED")
    def receive_correction(self) -> None: ...

    @_to("CORRECTING", "ABANDONED")
    def abandon(self) -> None: ...

    @_to("RECEIVED", "NOT_ACCEPTED")
    def refuse(self) -> None: ...

    @_to("RECEIVED", "NOT_HANDLED")
    def tell_not_handled(self) -> None: ...

    @_to("RECEIVED", "ACCEPTED")
    def accept(self) -> None: ...

    @_to(["RECEIVED", "CORRECTING"], "ACCEPTED")
    def accept_by_silence(self) -> None:
        """A correction notice that came too late does not keep the review period from ending (art. 30(3), 31(1))."""

    @_to(["ACCEPTED", "AWAIT_REPLY"], "AWAIT_REPLY")
    def send_copy(self) -> None: ...

    @_to("AWAIT_REPLY", "IN_REVIEW")
    def begin_review(self) -> None: ...

    @_to("IN_REVIEW", "DECIDED")
    def decide(self) -> None: ...

    @_to("IN_REVIEW", "AWAIT_REPLY")
    def await_reply_again(self) -> None:
        """After conversion the respondent has the balance of the ordinary reply period (dossier, R-CONV)."""

    @_to(list(UNDER_TRIAL), "SUSPENDED")
    def suspend(self) -> None: ...

    @transition(field="state", source="SUSPENDED", target=RETURN_VALUE(*UNDER_TRIAL))
    def resume(self) -> str:
        """Back to where the trial stands by what happened, also while it was suspended (art. 39(2))."""
        return self.trial_state()

    @_to([*UNDER_TRIAL, "SUSPENDED"], "TERMINATED")
    def terminate(self) -> None: ...

    @_to([*UNDER_TRIAL, "SUSPENDED"], "DISMISSED")
    def dismiss(self) -> None: ...

    @_to([*UNDER_TRIAL, "SUSPENDED"], "MEDIATED")
    def mediate(self) -> None: ...

    @_to([*UNDER_TRIAL, "SUSPENDED"], "TAKEN_UP")
    def hand_up(self) -> None:
        """The superior tries it from now on (art. 38; Regulation 2026, art. 40)."""

    @_to("NOT_ACCEPTED", "ACCEPTED")
    def accept_by_order(self) -> None:
        """The superior ordered that a refusal be put right (art. 35)."""

    @_to(["ACCEPTED", "AWAIT_REPLY"], "IN_REVIEW")
    def review_directly(self) -> None:
        """Decided on the content of a decision in force about the same act (Regulation 2026, art. 65)."""

    @_to(["RECEIVED", "CORRECTING"], "ABANDONED")
    def withdraw_before_acceptance(self) -> None: ...

    @_to("DECIDED", "SERVED")
    def take_effect(self) -> None: ...

    @_to(["SERVED", "MEDIATED", "DISMISSED"], "PERFORMING")
    def open_performance(self) -> None: ...

    @_to("PERFORMING", "PERFORMED")
    def accept_proof(self) -> None: ...

    @_to(list(FINAL), "ARCHIVED")
    def archive(self) -> None: ...

    @_to("RECEIVED", "VOID")
    def void(self) -> None: ...

    @_to([state.code for state in STATES if state.code != "VOID"], "VOID")
    def take_back(self) -> None:
        """The import that entered it is undone, and nobody has touched it since."""
