"""Applicants who withdraw, or whose part ends while others go on (Reconsideration Law 2023, art. 41, 74)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from casemgr.actions.errors import Refusal
from casemgr.actions.topics import Topic
from casemgr.cases.day_forms import PartyDayForm
from casemgr.cases.models import Matter, Participation
from casemgr.cases.representation.acting import ThroughMixin, members_of, principal_of, refusal_of
from reconsideration.actions.base import ReconsiderationAction
from reconsideration.ending_guards import applicants_left, others_stay, the_part_may_end, withdrawn_parties
from reconsideration.guards import not_before
from reconsideration.old_law import not_terminated_under_the_old_law
from reconsideration.states import UNDER_TRIAL
from reconsideration.terms import Outcome, TerminationGround

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
        if not self.is_bound:
            self.fields["after_settlement"].initial = any(row.kind == "settled" for row in self.subject.events.all())


class Withdraw(ReconsiderationAction):
    """An applicant asks in writing to withdraw (art. 74(2)); before acceptance the last request ends the matter."""

    name = "reconsideration.withdraw"
    label = gettext_lazy("Record a withdrawal")
    topic = Topic.ENDING
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
    topic = Topic.ENDING
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
            "41①",
        )

    guards = (not_before("withdrawn"),)

    def record_facts(self, case, data, context) -> None:
        for part in case.participations.filter(party=data["party"], role=Participation.Role.APPLICANT):
            part.left_on = data["on"]
            part.save()


class EndPartForm(PartyDayForm):
    party_roles: ClassVar = (Participation.Role.APPLICANT,)

    ground = forms.ChoiceField(
        label=gettext_lazy("Ground"),
        choices=[
            (ground.value, ground.label)
            for ground in (
                TerminationGround.NO_RELATIVES,
                TerminationGround.NO_SUCCESSOR,
                TerminationGround.SIXTY_DAYS,
            )
        ],
    )
    content = forms.CharField(
        label=gettext_lazy("Facts, and the paper that proves them"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )


class EndPart(ReconsiderationAction):
    """One of several applicants has died or ended and nobody takes its place: the case goes on for the others.

    Art. 41(2), (3) and (5) speak of a single applicant; what one loses does not take the others' application away.
    """

    name = "reconsideration.end_part"
    label = gettext_lazy("Record that one applicant's part has ended")
    topic = Topic.ENDING
    roles = ("head",)
    form = EndPartForm
    states = OPEN
    event = "part_ended"
    guards = (not_terminated_under_the_old_law, the_part_may_end, not_before("accepted", "suspended"))
    annullable = False
    instead = gettext_lazy("Correct the participation: take back the day on which the party left.")

    def state_refusal(self, subject, today):
        return super().state_refusal(subject, today) or others_stay.refusal(subject, None, today)

    def event_data(self, case, data: Mapping[str, Any]) -> dict[str, Any]:
        return super().event_data(case, data) | {"ground": data["ground"], "content": data["content"]}

    def record_facts(self, case, data, context) -> None:
        for part in case.participations.filter(party=data["party"], role=Participation.Role.APPLICANT):
            part.left_on = data["on"]
            part.save()


DEPARTURES = (Withdraw, PermitWithdrawal, EndPart)
