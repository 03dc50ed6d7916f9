"""Ends without a decision on the matter: withdrawal, termination, dismissal, mediation (art. 33, 41, 73, 74)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from casemgr.actions.errors import Refusal
from casemgr.cases.models import Matter, Participation
from casemgr.cases.representation.acting import ThroughMixin, members_of, principal_of, refusal_of
from casemgr.pages.forms import DateField
from reconsideration.actions.base import PartyDayForm, ReconsiderationAction
from reconsideration.actions.papers import PaperAction, PaperDayForm, ServedAction
from reconsideration.decision_guards import two_try_the_case
from reconsideration.ending_guards import (
    applicants_left,
    dismissal_ground_in_force,
    everybody_signed,
    everybody_withdrew,
    settled,
    suspended_for_sixty_days,
    withdrawn_parties,
)
from reconsideration.guards import not_before
from reconsideration.states import UNDER_TRIAL
from reconsideration.stop_guards import law_of_2023
from reconsideration.terms import DismissalGround, Outcome, TerminationGround

OPEN = (*UNDER_TRIAL, "SUSPENDED")


class WithdrawForm(ThroughMixin, PartyDayForm):
    party_roles: ClassVar = (Participation.Role.APPLICANT,)

    content = forms.CharField(
        label=gettext_lazy("Reason given in the written request"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )
    after_settlement = forms.BooleanField(
        label=gettext_lazy("After a settlement with the respondent (art. 74)"), required=False
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.add_through()
        self.order_fields(["party", "through"])


class Withdraw(ReconsiderationAction):
    """An applicant asks in writing to withdraw (art. 74(2)); before acceptance the last request ends the matter."""

    name = "reconsideration.withdraw"
    label = gettext_lazy("Record a withdrawal")
    form = WithdrawForm
    states = ("RECEIVED", "CORRECTING", *OPEN)
    event = "withdrawn"
    guards = (not_before("received"),)

    def guard_refusals(self, subject, data: Mapping[str, Any] | None, today: date) -> list[Refusal]:
        found = super().guard_refusals(subject, data, today)
        if data is None:
            return found
        part = principal_of(subject, data["party"].pk)
        refusal = refusal_of(subject, part, data.get("through"), Matter.WITHDRAW, data["on"])
        return [*found, refusal] if refusal else found

    def event_data(self, case, data: Mapping[str, Any]) -> dict[str, Any]:
        kept = super().event_data(case, data) | {"content": data["content"]}
        if through := data.get("through"):
            kept["through"] = through.name
            if through.role == Participation.Role.REPRESENTATIVE:
                kept["represented"] = [part.pk for part in members_of(through.group)]
        return kept | ({"after_settlement": True} if data["after_settlement"] else {})

    def record_event(self, case, data, context):
        event = super().record_event(case, data, context)
        if case.state in ("RECEIVED", "CORRECTING") and applicants_left(case) <= withdrawn_parties(case):
            case.withdraw_before_acceptance()
            case.outcome = Outcome.ABANDONED
        return event


class PermitForm(PartyDayForm):
    party_roles: ClassVar = (Participation.Role.APPLICANT,)


class PermitWithdrawal(ReconsiderationAction):
    """One of several applicants leaves; with the last of them the case is terminated instead (art. 41(1))."""

    name = "reconsideration.permit_withdrawal"
    label = gettext_lazy("Permit one applicant's withdrawal")
    roles = ("head",)
    form = PermitForm
    states = OPEN
    event = "withdrawal_permitted"
    annullable = False
    instead = gettext_lazy("Correct the participation: take back the day on which the party left.")

    def state_refusal(self, subject, today):
        if refusal := super().state_refusal(subject, today):
            return refusal
        left, withdrew = applicants_left(subject), withdrawn_parties(subject)
        if left & withdrew and left - withdrew:
            return None
        return Refusal(
            "nobody-leaves",
            gettext_lazy("No withdrawal of one among several applicants is recorded; when all withdraw, terminate."),
            "41(1)",
        )

    guards = (not_before("withdrawn"),)

    def record_facts(self, case, data, context) -> None:
        for part in case.participations.filter(party=data["party"], role=Participation.Role.APPLICANT):
            part.left_on = data["on"]
            part.save()


class TerminateForm(PaperDayForm):
    ground = forms.ChoiceField(choices=TerminationGround.choices)
    cause = forms.CharField(max_length=2000)


class Terminate(PaperAction):
    """The termination decision is issued (art. 41)."""

    name = "reconsideration.terminate"
    label = gettext_lazy("Terminate")
    form = TerminateForm
    transition, event = "terminate", "terminated"
    guards = (
        law_of_2023,
        everybody_withdrew,
        suspended_for_sixty_days,
        not_before("accepted", "withdrawn", "suspended"),
    )

    def record_facts(self, case, data, context) -> None:
        case.outcome = Outcome.TERMINATED

    def event_data(self, case, data: Mapping[str, Any]) -> dict[str, Any]:
        kept = super().event_data(case, data) | {"ground": data["ground"], "content": data["cause"]}
        is_settled = data["ground"] == TerminationGround.WITHDRAWN and settled(case)
        return kept | ({"after_settlement": True} if is_settled else {})


class TerminationServed(ServedAction):
    """Each receipt starts that party's time to sue (Administrative Litigation Law, art. 45)."""

    name = "reconsideration.termination_served"
    label = gettext_lazy("Termination served")
    event = "termination_served"
    guards = (not_before("terminated"),)


class DismissForm(PaperDayForm):
    ground = forms.ChoiceField(choices=DismissalGround.choices)
    competent_organ = forms.CharField(required=False, max_length=80)


class Dismiss(PaperAction):
    """The dismissal is issued: a condition of acceptance fails after all (art. 33; Regulation 2026, art. 37(1))."""

    name = "reconsideration.dismiss"
    label = gettext_lazy("Dismiss the application")
    form = DismissForm
    transition, event = "dismiss", "dismissed"
    guards = (law_of_2023, two_try_the_case, dismissal_ground_in_force, not_before("accepted"))

    def record_facts(self, case, data, context) -> None:
        case.outcome = Outcome.APPLICATION_DISMISSED
        self.set_facts(case, competent_organ=data["competent_organ"])

    def event_data(self, case, data: Mapping[str, Any]) -> dict[str, Any]:
        return super().event_data(case, data) | {"ground": data["ground"]}


class DismissalServed(ServedAction):
    """Each receipt starts that party's time to sue (art. 34; Administrative Litigation Law, art. 45)."""

    name = "reconsideration.dismissal_served"
    label = gettext_lazy("Dismissal served")
    event = "dismissal_served"
    guards = (not_before("dismissed"),)


class MediateForm(PaperDayForm):
    signatures = forms.CharField(max_length=2000)
    performance_duty = forms.CharField(required=False, max_length=1000)
    performance_due_on = DateField(required=False)


class Mediate(PaperAction):
    """The signed mediation paper gets the authority's seal and takes effect with it (art. 73(1))."""

    name = "reconsideration.mediate"
    label = gettext_lazy("Close by mediation")
    form = MediateForm
    transition, event = "mediate", "mediated"
    guards = (law_of_2023, two_try_the_case, everybody_signed, not_before("accepted", "suspended"))

    def record_facts(self, case, data, context) -> None:
        case.outcome = Outcome.MEDIATED
        self.set_facts(case, performance_duty=data["performance_duty"], performance_due_on=data["performance_due_on"])

    def event_data(self, case, data: Mapping[str, Any]) -> dict[str, Any]:
        return super().event_data(case, data) | {"content": data["signatures"]}


ENDINGS = (
    Withdraw,
    PermitWithdrawal,
    Terminate,
    TerminationServed,
    Dismiss,
    DismissalServed,
    Mediate,
)
