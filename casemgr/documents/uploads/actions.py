"""What is done with materials: added to a case, described, withdrawn; and attached to an issued paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Action, ActionContext
from casemgr.actions.errors import Refusal
from casemgr.cases import held_entries
from casemgr.cases.about_case import AboutCase
from casemgr.cases.actions import archived_refusal
from casemgr.cases.models import Case
from casemgr.cases.people.standing import has_case_role
from casemgr.documents.actions.base import DocumentAction
from casemgr.documents.models import Document
from casemgr.documents.states import DocumentState
from casemgr.documents.uploads import forms
from casemgr.documents.uploads.keeping import keep, pieces_of
from casemgr.documents.uploads.models import Material
from casemgr.organisation.roles import HANDS, SYSTEM

TITLE_LENGTH = 120


class AddMaterial(AboutCase):
    """Files somebody brought to the case. Pictures sent together are one material, every other file is its own."""

    name = "material.add"
    label = gettext_lazy("Add material")
    topic: ClassVar = None  # beside the list of materials
    roles = HANDS
    form = forms.AddForm

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        return archived_refusal(subject)

    def execute(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Material:
        described = context.form.described()
        title, made = described.pop("title"), []
        pieces = pieces_of(data["sent"])
        for number, piece in enumerate(pieces, 1):
            shown = title if len(pieces) == 1 else f"{title[: TITLE_LENGTH - 6]}（{number}）"
            made.append(
                keep(piece, context.today, case_id=subject.pk, title=shown, added_by=context.actor, **described)
            )
        return made[0]


class MaterialAction(Action):
    """Base: locks the case, then the material; by those who handle the case."""

    model: ClassVar = Material
    roles = HANDS

    def lock(self, subject: Material) -> Material:
        case = held_entries.locked(subject.case_id)
        material = Material.objects.select_for_update(of=("self",)).get(pk=subject.pk)
        case.become_typed()
        material.case = case
        return material

    def is_visible(self, subject: Material, actor, today: date) -> bool:
        return Material.objects.visible_to(actor, today).filter(pk=subject.pk).exists()

    def is_permitted(self, subject: Material, actor, today: date) -> bool:
        return SYSTEM not in actor.role_codes(today) and has_case_role(actor, self.roles, subject.case, today)

    def state_refusal(self, subject: Material, today: date) -> Refusal | None:
        if refusal := archived_refusal(subject.case):
            return refusal
        if subject.is_withdrawn:
            return Refusal("withdrawn", _("This material was withdrawn; it stays in the file as it is."))
        return None

    def execute(self, subject: Material, data: Mapping[str, Any], context: ActionContext) -> Material:
        self.change(subject, data, context)
        subject.version += 1
        subject.save()
        return subject

    def change(self, material: Material, data: Mapping[str, Any], context: ActionContext) -> None:
        """What the step writes."""


class DescribeMaterial(MaterialAction):
    """Put right what is said about a material; its file never changes."""

    name = "material.describe"
    label = gettext_lazy("Change the description")
    form = forms.DescribeForm

    def state_refusal(self, subject: Material, today: date) -> Refusal | None:
        if subject.document_id is not None:
            return Refusal("of-a-paper", _("What is attached to a paper is withdrawn and attached anew."))
        return super().state_refusal(subject, today)

    def build_form(self, subject: Material, data, files, actor, today: date):
        initial = self.form_values(subject, None)
        return self.form(data, files, subject=subject, actor=actor, today=today, initial=initial)

    def change(self, material: Material, data: Mapping[str, Any], context: ActionContext) -> None:
        for name, value in context.form.described().items():
            setattr(material, name, value)


Obstacle = Callable[[Material], Refusal | None]
_obstacles: list[Obstacle] = []


def hinder_withdrawal(obstacle: Obstacle) -> None:
    """Have `obstacle` asked before a material is withdrawn: a closed volume may hold it."""
    if obstacle not in _obstacles:
        _obstacles.append(obstacle)


class WithdrawMaterial(MaterialAction):
    """It does not belong here, or was taken back: it is kept, marked, and left out of what is shown and bound."""

    name = "material.withdraw"
    label = gettext_lazy("Withdraw")
    form = forms.WithdrawForm

    def guard_refusals(self, subject: Material, data: Mapping | None, today: date) -> list[Refusal]:
        return [refusal for obstacle in _obstacles if (refusal := obstacle(subject))]

    def change(self, material: Material, data: Mapping[str, Any], context: ActionContext) -> None:
        material.withdrawn_on, material.withdrawn_reason = context.today, data["reason"]


class AttachCopy(DocumentAction):
    """The paper as it went out: stamped and scanned, or sealed by the electronic seal. The issued file stays."""

    name = "document.attach_copy"
    label = gettext_lazy("Attach the stamped or sealed copy")
    form = forms.AttachForm
    roles = HANDS

    def roles_for(self, kind) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*kind.issuer_roles, *self.roles)))

    def state_refusal(self, subject: Document, today: date) -> Refusal | None:
        if refusal := archived_refusal(subject.case):
            return refusal
        return None if subject.state in (DocumentState.ISSUED, DocumentState.FILED) else self.wrong_state(subject)

    def guard_refusals(self, subject: Document, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None:
            return []
        pieces = pieces_of(data["files"])
        if len(pieces) > 1:
            return [Refusal("several-files", _("Attach one file, or the photos of its pages."), field="files")]
        pages = pieces[0].pages
        if pages is not None and pages != subject.pages and not data["differs"]:
            text = _("The copy has %(copy)d pages, the issued paper %(issued)d. Check it; if it is right, tick below.")
            return [Refusal("pages-differ", text % {"copy": pages, "issued": subject.pages}, field="differs")]
        return []

    def execute(self, subject: Document, data: Mapping[str, Any], context: ActionContext) -> Material:
        kind = Material.Kind(data["kind"])
        return keep(
            pieces_of(data["files"])[0],
            context.today,
            case_id=subject.case_id,
            document=subject,
            kind=kind.value,
            title=f"{subject.title}（{kind.label}）"[:TITLE_LENGTH],
            received_on=data["received_on"],
            note=data["note"],
            added_by=context.actor,
        )


ACTIONS = (AddMaterial, DescribeMaterial, WithdrawMaterial, AttachCopy)
