"""The ledger of key disputes: who answers for each, by when, and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from mediation.campaigns.actions.base import CreateAction, UnitAction
from mediation.campaigns.forms.key_disputes import KeyDisputeForm, ProgressForm, ResolvedForm
from mediation.campaigns.permission import KEEPERS
from mediation.models import KeyDispute, KeyProgress
from mediation.organisations.actions.base import take

SAID = ("campaign", "lead", "case", "title", "why_key", "responsible", "post", "due_on")


class EnterKeyDispute(CreateAction):
    """Put a dispute on the ledger: each has somebody who answers for it and a day."""

    name = "key_dispute.enter"
    label = gettext_lazy("Enter a key dispute")
    roles = KEEPERS
    form = KeyDisputeForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> KeyDispute:
        dispute = KeyDispute(unit=data["unit"], entered_on=context.today)
        take(dispute, data, SAID)
        dispute.save()
        return dispute


class KeyDisputeAction(UnitAction):
    """Base: on a dispute that is not resolved."""

    model: ClassVar = KeyDispute
    roles = KEEPERS

    def state_refusal(self, subject: KeyDispute, today: date) -> Refusal | None:
        return None if subject.resolved_on is None else Refusal("resolved", _("This dispute is resolved."))


class ChangeKeyDispute(KeyDisputeAction):
    """Another day, another person who answers for it."""

    name = "key_dispute.change"
    label = gettext_lazy("Change the entry")
    form = KeyDisputeForm

    def change(self, dispute: KeyDispute, data: Mapping[str, Any], context: ActionContext) -> None:
        take(dispute, data, ("unit", *SAID))


class AddProgress(KeyDisputeAction):
    """Say what was done."""

    name = "key_dispute.add_progress"
    label = gettext_lazy("Add progress")
    form = ProgressForm
    primary = 30

    def change(self, dispute: KeyDispute, data: Mapping[str, Any], context: ActionContext) -> None:
        KeyProgress.objects.create(dispute=dispute, on=data["on"], text=data["text"], entered_by=context.actor)


class ResolveKeyDispute(KeyDisputeAction):
    """It is resolved."""

    name = "key_dispute.resolve"
    label = gettext_lazy("Mark as resolved")
    form = ResolvedForm

    def change(self, dispute: KeyDispute, data: Mapping[str, Any], context: ActionContext) -> None:
        dispute.resolved_on, dispute.result = data["on"], data["result"]


ACTIONS = (EnterKeyDispute, ChangeKeyDispute, AddProgress, ResolveKeyDispute)
