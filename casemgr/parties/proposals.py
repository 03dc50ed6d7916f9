"""What merges and splits share: who approves, that it is another person, that a decision fits the state."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Action, ActionContext
from casemgr.actions.errors import GuardRefused, Refusal
from casemgr.actions.transitions import is_possible
from casemgr.organisation.roles import HEADS
from casemgr.pages.forms import ContextForm
from casemgr.parties.models import Party
from casemgr.parties.models.proposals import Proposal
from casemgr.parties.scope import may_handle

APPROVERS = (*HEADS, "admin")
TEXT = forms.Textarea({"rows": 3})


class DecisionForm(ContextForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=TEXT)


def lock_parties(ids: list[int]) -> None:
    """In the order of their numbers, so that two decisions cannot wait for each other."""
    list(Party.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))


class ProposalAction(Action):
    """Base of the decisions: the records are locked in the order of their numbers, then the proposal."""

    roles = APPROVERS
    transition: ClassVar[str] = ""
    form = DecisionForm

    def records_of(self, subject: Proposal) -> list[Party]:
        """The records concerned, the one that decides about scope first."""
        raise NotImplementedError

    def lock(self, subject: Proposal) -> Proposal:
        lock_parties([party.pk for party in self.records_of(subject)])
        return type(subject).objects.select_for_update(of=("self",)).get(pk=subject.pk)

    def is_visible(self, subject: Proposal, actor, today: date) -> bool:
        return may_handle(actor, self.records_of(subject)[0], today) or "admin" in actor.role_codes(today)

    def state_refusal(self, subject: Proposal, today: date) -> Refusal | None:
        if is_possible(subject, self.transition):
            return None
        message = _("“%(action)s” is not possible while the proposal is “%(state)s”.")
        return Refusal("wrong-state", message % {"action": self.label, "state": subject.get_state_display()})

    def execute(self, subject: Proposal, data: Mapping[str, Any], context: ActionContext) -> Proposal:
        getattr(subject, self.transition)()
        subject.decided_by, subject.decided_on = context.actor, context.today
        subject.decision = data["reason"]
        self.change(subject, context)
        subject.version += 1
        subject.save()
        return subject

    def change(self, proposal: Proposal, context: ActionContext) -> None:
        """What happens to the records."""


def refuse_own(proposal: Proposal, actor) -> None:
    """:raises GuardRefused: nobody approves what they proposed."""
    if proposal.proposed_by_id == actor.pk:
        message = _("Somebody else must approve what you proposed.")
        raise GuardRefused(refusals=[Refusal("second-person", message)])
