"""Confirming, registering and annulling uses of a seal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Action, ActionContext
from casemgr.actions.errors import Refusal
from casemgr.documents.sealing.forms import KEEPERS, AnnulUseForm, ConfirmSealForm, RegisterUseForm
from casemgr.documents.sealing.models import SealUse
from casemgr.documents.sealing.requests import ask_for_seal
from casemgr.documents.states import SEALED, DocumentState
from casemgr.numbering.series import Series, allocate, declare, void
from casemgr.organisation.scope import scope

Status = SealUse.Status
SERIES = declare(Series("sealing.use", gettext_lazy("Uses of seals"), "用印〔{year}〕{number}号")).code


class SealAction(Action):
    """Base: on one entry, by those who keep the unit's seal."""

    model: ClassVar = SealUse
    roles = KEEPERS
    wanted: ClassVar[str] = Status.WAITING

    def is_visible(self, subject: SealUse, actor, today: date) -> bool:
        return SealUse.objects.visible_to(actor, today).filter(pk=subject.pk).exists()

    def is_permitted(self, subject: SealUse, actor, today: date) -> bool:
        return scope(actor, today).has_role(self.roles, unit=subject.unit_id)

    def state_refusal(self, subject: SealUse, today: date) -> Refusal | None:
        if subject.status == self.wanted:
            return None
        message = _("“%(action)s” is not possible while the entry is “%(state)s”.")
        return Refusal("wrong-state", message % {"action": self.label, "state": subject.get_status_display()})


def enter(use: SealUse, data: Mapping[str, Any], actor: Any) -> SealUse:
    """Number the entry in the year of the stamp; the counter is locked last."""
    use.status, use.sealed_by, use.sealed_on = Status.SEALED, actor, data["sealed_on"]
    use.copies, use.note = data["copies"], data["note"]
    use.number = allocate(SERIES, use.sealed_on, owner=use.unit.code)
    use.number_text = use.number.text
    use.save()
    return use


class ConfirmSeal(SealAction):
    """The seal keeper stamped the issued paper: how many copies, on which day."""

    name = "sealing.confirm"
    label = gettext_lazy("Confirm the seal")
    form = ConfirmSealForm
    primary = 50

    def guard_refusals(self, subject: SealUse, data: Mapping | None, today: date) -> list[Refusal]:
        paper = subject.document
        if paper is None or (paper.state in SEALED and paper.state != DocumentState.WITHDRAWN):
            return []
        return [Refusal("paper-void", _("The paper was withdrawn: it is not sealed."))]

    def execute(self, subject: SealUse, data: Mapping[str, Any], context: ActionContext) -> SealUse:
        subject.version += 1
        return enter(subject, data, context.actor)


class RegisterUse(Action):
    """A seal set under a complete paper outside any case, such as a certificate."""

    name = "sealing.register"
    label = gettext_lazy("Register another use of a seal")
    submit_label = gettext_lazy("Enter into the register")
    creates: ClassVar[bool] = True
    roles = KEEPERS
    form = RegisterUseForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> SealUse:
        kept = ("unit", "seal_name", "title", "paper_number", "purpose", "approved_by", "approved_on")
        use = SealUse(asked_on=data["approved_on"], **{name: data[name] for name in kept})
        return enter(use, data, context.actor)


class AnnulUse(SealAction):
    """An entry made by mistake: it stays with its number and the reason; a paper still in force waits anew."""

    name = "sealing.annul"
    label = gettext_lazy("Annul the entry")
    consequence = gettext_lazy(
        "The entry stays in the register, struck through, with its number and the reason. "
        "A paper that is still in force waits for its seal again."
    )
    binding = True
    roles = ("head", "committee")
    wanted = Status.SEALED
    form = AnnulUseForm

    def execute(self, subject: SealUse, data: Mapping[str, Any], context: ActionContext) -> SealUse:
        subject.status, subject.reason = Status.ANNULLED, data["reason"]
        subject.version += 1
        subject.save()
        void(subject.number, data["reason"])
        paper = subject.document
        if paper is not None and paper.state in (DocumentState.ISSUED, DocumentState.FILED):
            ask_for_seal(paper)
        return subject


ACTIONS = (ConfirmSeal, RegisterUse, AnnulUse)
