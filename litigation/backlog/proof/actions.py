"""Proof is added while an item is open, and withdrawn with a reason until the item is cleared; it is never deleted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.records import RecordAction
from litigation.backlog.base import ItemStep, may_work_on
from litigation.backlog.proof.forms import AddProofForm, WithdrawForm
from litigation.backlog.proof.keeping import keep_proof
from litigation.backlog.states import OPEN
from litigation.models import BacklogItem, BacklogProof
from litigation.roles import BOTH


class AddProof(ItemStep):
    """Bring files that prove performance, before or after clearance is claimed."""

    name = "backlog.add_proof"
    label = pgettext_lazy("backlog", "Add proof")
    form = AddProofForm
    states = OPEN

    def change(self, item: BacklogItem, data: Mapping[str, Any], context: ActionContext) -> None:
        keep_proof(item, data, context)


class WithdrawProof(RecordAction):
    """The wrong file: it is kept, marked, and proves nothing any more."""

    name = "proof.withdraw"
    label = gettext_lazy("Withdraw the proof")
    model: ClassVar = BacklogProof
    roles = BOTH
    form = WithdrawForm

    def is_permitted(self, subject: BacklogProof, actor: Any, today: date) -> bool:
        return may_work_on(subject.item, actor, BOTH, today)

    def state_refusal(self, subject: BacklogProof, today: date) -> Refusal | None:
        if subject.is_withdrawn:
            return Refusal("withdrawn", _("This proof was withdrawn already."))
        if subject.item.state not in OPEN:
            return Refusal("decided", _("The item is decided on this proof. Reopen it first."))
        return None

    def change(self, subject: BacklogProof, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.withdrawn_on, subject.withdrawn_reason = context.today, data["reason"]


ACTIONS = (AddProof, WithdrawProof)
