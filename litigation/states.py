"""States and transitions of a litigation file (dossier §4.2). Who may, and why, stands in actions and guards."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import RETURN_VALUE, transition

from casemgr.cases.procedure import Stage, State

STATES: tuple[State, ...] = (
    State("RECEIVED", _("Complaint received"), Stage.INTAKE),
    State("ASSIGNED", pgettext_lazy("litigation", "Assigned"), Stage.OPEN),
    State("ANSWERED", pgettext_lazy("litigation", "Answered, evidence handed in"), Stage.WAITING),
    State("HEARING_SET", _("Session planned"), Stage.OPEN),
    State("TRIED", _("Heard, waiting for the court"), Stage.WAITING),
    State("JUDGED", pgettext_lazy("litigation", "Decided, not effective yet"), Stage.DECIDED),
    State("APPEALED", pgettext_lazy("litigation", "Appealed"), Stage.OPEN),
    State("REMANDED", pgettext_lazy("litigation", "Remanded"), Stage.OPEN),
    State("RETRIAL", pgettext_lazy("litigation", "In retrial"), Stage.OPEN),
    State("SUSPENDED", pgettext_lazy("litigation", "Suspended by the court"), Stage.WAITING),
    State("EFFECTIVE", pgettext_lazy("litigation", "Effective"), Stage.DECIDED),
    State("TO_PERFORM", _("To be performed"), Stage.PERFORMING),
    State("ENFORCED", _("Enforced by the court"), Stage.PERFORMING),
    State("NOTHING_TO_PERFORM", _("Nothing to perform"), Stage.CLOSED),
    State("CLEARED", pgettext_lazy("litigation", "Performed"), Stage.CLOSED),
    State("WITHDRAWN", pgettext_lazy("litigation", "Withdrawal allowed"), Stage.CLOSED),
    State("SUGGESTED", _("Suggestion received"), Stage.INTAKE),
    State("ASSIGNED_S", pgettext_lazy("suggestion", "Assigned, to be answered"), Stage.OPEN),
    State("ANSWERED_S", pgettext_lazy("suggestion", "Answered, performance followed"), Stage.PERFORMING),
    State("FOLLOWED", pgettext_lazy("suggestion", "Closed"), Stage.CLOSED),
    State("SUPERVISED", _("Looked at by the procuratorate"), Stage.OPEN),
    State("SUPERVISION_ENDED", _("Supervision ended"), Stage.CLOSED),
    State("ARCHIVED", _("Archived"), Stage.ARCHIVED),
    State("VOID", _("Entered by mistake, void"), Stage.CLOSED),
)
BEFORE_TRIAL = ("RECEIVED", "ASSIGNED", "ANSWERED", "HEARING_SET", "APPEALED", "REMANDED", "RETRIAL")
"""An instance is running and no session was held in it, or a further one is planned."""
RUNNING = (*BEFORE_TRIAL, "TRIED")
"""An instance is before the court."""
ENDED = ("NOTHING_TO_PERFORM", "CLEARED", "WITHDRAWN")
PERFORMING = ("TO_PERFORM", "ENFORCED")
SUGGESTION_RUNNING = ("SUGGESTED", "ASSIGNED_S", "ANSWERED_S")
"""A suggestion of a court or procuratorate is followed; these states no suit ever has."""
NO_SUIT = (*SUGGESTION_RUNNING, "FOLLOWED", "SUPERVISED", "SUPERVISION_ENDED")
EVERYWHERE = tuple(state.code for state in STATES if state.code not in ("ARCHIVED", "VOID", *NO_SUIT))
"""Wherever a suit may stand, as long as it is not archived."""


def _to(source: str | list[str], target: str):
    """A transition whose effect is the state itself; events and facts are the action's."""
    return transition(field="state", source=source, target=target)


class LitigationStates:
    """Mixin of the proxy."""

    @_to("RECEIVED", "ASSIGNED")
    def assign(self) -> None:
        """The responsible organ has the complaint."""

    @_to(["RECEIVED", "ASSIGNED", "REMANDED", "APPEALED", "RETRIAL"], "ANSWERED")
    def answer(self) -> None:
        """Every agency that must has answered in this instance."""

    @_to(list(RUNNING), "HEARING_SET")
    def set_session(self) -> None:
        """The court has named a day."""

    @transition(field="state", source="HEARING_SET", target=RETURN_VALUE(*BEFORE_TRIAL, "TRIED"))
    def drop_session(self, back: str) -> str:
        """The only session planned was called off: back to where the file stood."""
        return back

    @_to(list(RUNNING), "TRIED")
    def try_case(self) -> None:
        """A session was held, or the court decides on the papers."""

    @_to(list(RUNNING), "JUDGED")
    def judge(self) -> None:
        """The court's paper ends the instance."""

    @_to(["JUDGED", "NOTHING_TO_PERFORM", "TO_PERFORM", "EFFECTIVE", "CLEARED"], "APPEALED")
    def appeal(self) -> None:
        """Somebody appealed in time, perhaps found out only later."""

    @_to(["JUDGED", "APPEALED", "EFFECTIVE", "TRIED", "ANSWERED", "HEARING_SET"], "REMANDED")
    def remand(self) -> None:
        """The court above sent it back: a new first instance with its own number."""

    @_to(["JUDGED", *RUNNING], "EFFECTIVE")
    def take_effect(self) -> None:
        """No party can appeal any more."""

    @_to(["EFFECTIVE", "NOTHING_TO_PERFORM", "TO_PERFORM", "ENFORCED", "CLEARED"], "JUDGED")
    def lose_effect(self) -> None:
        """A day of service found later shows that it is not effective yet."""

    @_to(["EFFECTIVE", "NOTHING_TO_PERFORM", "WITHDRAWN", "CLEARED"], "TO_PERFORM")
    def open_performance(self) -> None:
        """Somebody has something to do."""

    @_to("EFFECTIVE", "NOTHING_TO_PERFORM")
    def have_nothing_to_perform(self) -> None:
        """The effective paper asks nothing of anybody."""

    @_to(["TO_PERFORM", "ENFORCED"], "NOTHING_TO_PERFORM")
    def end_enforcement(self) -> None:
        """The act is not enforced: refused for good, withdrawn, or revoked."""

    @_to("TO_PERFORM", "ENFORCED")
    def enforce(self) -> None:
        """The court has opened an execution case."""

    @_to("ENFORCED", "TO_PERFORM")
    def leave_execution(self) -> None:
        """No execution is open any more, and something is still owed."""

    @_to(["TO_PERFORM", "ENFORCED"], "CLEARED")
    def clear(self) -> None:
        """Every obligation is performed, with proof."""

    @_to(["TO_PERFORM", "ENFORCED", "CLEARED"], "EFFECTIVE")
    def owe_nothing(self) -> None:
        """The last obligation was entered by mistake."""

    @_to("CLEARED", "TO_PERFORM")
    def reopen_performance(self) -> None:
        """What counted as performed was not."""

    @_to(["EFFECTIVE", "NOTHING_TO_PERFORM", "TO_PERFORM", "ENFORCED", "CLEARED", "WITHDRAWN"], "RETRIAL")
    def retry(self) -> None:
        """A court ordered a retrial."""

    @_to(list(RUNNING), "WITHDRAWN")
    def withdraw(self) -> None:
        """The court allowed the withdrawal, or treats the suit as withdrawn."""

    @_to(list(RUNNING), "SUSPENDED")
    def suspend(self) -> None:
        """The court suspended the suit; the facts keep the state before."""

    @transition(field="state", source="SUSPENDED", target=RETURN_VALUE(*RUNNING))
    def resume(self) -> str:
        """Back to the state before the suspension."""
        return self.facts.state_before_suspension

    @transition(field="state", source=list(EVERYWHERE), target=RETURN_VALUE(*EVERYWHERE))
    def go_on_as_told(self, state: str) -> str:
        """A ledger of the past tells of a further instance: the file stands where that says."""
        return state

    @_to("SUGGESTED", "ASSIGNED_S")
    def assign_suggestion(self) -> None:
        """One recipient leads."""

    @_to(["SUGGESTED", "ASSIGNED_S"], "ANSWERED_S")
    def answer_suggestion(self) -> None:
        """Every recipient has answered; whether it performed is another question."""

    @_to(list(SUGGESTION_RUNNING), "FOLLOWED")
    def close_suggestion(self) -> None:
        """Performed by all, explained, taken back or sued over."""

    @_to("SUPERVISED", "SUPERVISION_ENDED")
    def end_supervision(self) -> None:
        """The procuratorate has decided."""

    @_to([*ENDED, "FOLLOWED", "SUPERVISION_ENDED"], "ARCHIVED")
    def archive(self) -> None:
        """No clock and no backlog item is open."""

    @_to([*RUNNING, "TO_PERFORM", *SUGGESTION_RUNNING, "SUPERVISED"], "VOID")
    def void(self) -> None:
        """Entered by mistake; the number stays used."""

    @_to([state.code for state in STATES if state.code != "VOID"], "VOID")
    def take_back(self) -> None:
        """The import that entered it is undone, and nobody has touched it since."""
