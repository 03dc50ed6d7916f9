"""States and transitions of a mediation case (dossier §1.4, T1–T20). Who may, and why, stands in actions and guards."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from casemgr.cases.procedure import Stage, State

STATES: tuple[State, ...] = (
    State("REGISTERED", pgettext_lazy("mediation", "Registered"), Stage.INTAKE),
    State("ACCEPTED", pgettext_lazy("mediation", "Taken on"), Stage.OPEN),
    State("MEDIATING", _("In mediation"), Stage.OPEN),
    State("PAUSED", pgettext_lazy("mediation", "Paused"), Stage.WAITING),
    State("AGREED_W", _("Agreed in writing"), Stage.DECIDED),
    State("AGREED_O", _("Agreed orally"), Stage.DECIDED),
    State("FAILED", _("No agreement reached"), Stage.DECIDED),
    State("TERMINATED", pgettext_lazy("mediation", "Terminated"), Stage.DECIDED),
    State("WITHDRAWN", pgettext_lazy("mediation", "Withdrawn"), Stage.DECIDED),
    State("RETURNED", _("Returned to the sender"), Stage.DECIDED),
    State("NOT_ACCEPTED", _("Not taken on"), Stage.DECIDED),
    State("REFERRED_OUT", _("Handed to another committee or organ"), Stage.DECIDED),
    State("TRACKING", _("Performance followed"), Stage.PERFORMING),
    State("CLOSED", pgettext_lazy("mediation", "Closed"), Stage.CLOSED),
    State("ARCHIVED", _("Archived"), Stage.ARCHIVED),
    State("VOID", _("Entered by mistake, void"), Stage.CLOSED),
)
OPEN = ("REGISTERED", "ACCEPTED", "MEDIATING", "PAUSED")
"""Before any outcome."""
AGREED = ("AGREED_W", "AGREED_O")
WITHOUT_AGREEMENT = ("FAILED", "TERMINATED", "WITHDRAWN", "RETURNED", "NOT_ACCEPTED", "REFERRED_OUT")
WITH_PAPERS = tuple(state.code for state in STATES if state.code not in ("ARCHIVED", "VOID"))


def _to(source: str | list[str], target: str):
    """A transition whose effect is the state itself; events and facts are the action's."""
    return transition(field="state", source=source, target=target)


class MediationStates:
    """Mixin of the proxy; T-numbers are those of the dossier's table of transitions (§1.4)."""

    @_to("REGISTERED", "ACCEPTED")
    def accept(self) -> None:
        """T3: the committee takes the dispute on."""

    @_to("REGISTERED", "NOT_ACCEPTED")
    def refuse(self) -> None:
        """T4: with the reason and the right door."""

    @_to(["REGISTERED", "ACCEPTED"], "REFERRED_OUT")
    def refer_out(self) -> None:
        """T5: to another committee or organ; also the hand-up from village to town to banner."""

    @_to("ACCEPTED", "MEDIATING")
    def begin(self) -> None:
        """T6: mediators chosen, rights and duties told."""

    @_to("MEDIATING", "PAUSED")
    def pause(self) -> None:
        """T7: for a while, on a ground."""

    @_to("PAUSED", "MEDIATING")
    def resume(self) -> None:
        """T8: the ground is gone."""

    @_to("MEDIATING", "AGREED_W")
    def agree_in_writing(self) -> None:
        """T9: the last act under the written agreement (`agreements.following.take_effect`)."""

    @_to("MEDIATING", "AGREED_O")
    def agree_orally(self) -> None:
        """T10: no document was wanted (`agreements.following.take_effect`)."""

    @_to(["ACCEPTED", "MEDIATING", "PAUSED"], "FAILED")
    def fail(self) -> None:
        """T11; the period may also end before the first session."""

    @_to(list(OPEN), "TERMINATED")
    def terminate(self) -> None:
        """T12: a party refuses, or the law bars it."""

    @_to(list(OPEN), "WITHDRAWN")
    def withdraw(self) -> None:
        """T13: every applicant takes the application back."""

    @_to(["FAILED", "TERMINATED", "WITHDRAWN", "NOT_ACCEPTED"], "RETURNED")
    def return_to_sender(self) -> None:
        """T14: without agreement, to the organ that referred it."""

    @_to(list(AGREED), "TRACKING")
    def track(self) -> None:
        """T15: something is still owed by the agreement."""

    @_to([*AGREED, "TRACKING", *WITHOUT_AGREEMENT], "CLOSED")
    def close(self) -> None:
        """T16 with, T17 without an agreement."""

    @_to("CLOSED", "ARCHIVED")
    def archive(self) -> None:
        """T18: the file is closed for good."""

    @_to([*AGREED, "TRACKING", "CLOSED"], "MEDIATING")
    def begin_new_round(self) -> None:
        """T19: only after the court's refusal, a change by consent, or a correction by the township."""

    @_to([*OPEN, *AGREED, "TRACKING", *WITHOUT_AGREEMENT], "VOID")
    def void(self) -> None:
        """T20: no session was held."""

    @_to([state.code for state in STATES if state.code != "VOID"], "VOID")
    def take_back(self) -> None:
        """The import that entered it is undone, and nobody has touched it since."""
