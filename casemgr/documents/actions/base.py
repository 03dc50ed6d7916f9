"""What every action on a paper shares."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from casemgr.actions.action import Action, ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.transitions import is_possible
from casemgr.cases import held_entries
from casemgr.cases.actions import archived_refusal
from casemgr.cases.people.standing import has_case_role
from casemgr.cases.queries import is_visible_to
from casemgr.documents.kinds import DocumentKind
from casemgr.documents.models import Document
from casemgr.organisation.roles import SYSTEM


class DocumentAction(Action):
    """Base: locks the case, then the paper; visible when the case is; roles count at the case's unit."""

    model: ClassVar = Document
    transition: ClassVar[str] = ""
    system: ClassVar[bool] = False

    def lock(self, subject: Document) -> Document:
        case = held_entries.locked(subject.case_id)
        document = Document.objects.select_for_update(of=("self",)).get(pk=subject.pk)
        case.become_typed()
        document.case = case
        return document

    def is_visible(self, subject: Document, actor, today: date) -> bool:
        return is_visible_to(subject.case, actor, today)

    def is_permitted(self, subject: Document, actor, today: date) -> bool:
        if SYSTEM in actor.role_codes(today):
            return self.system
        case = subject.case
        return has_case_role(actor, self.roles_for(subject.kind_info), case, today)

    def roles_for(self, kind: DocumentKind) -> tuple[str, ...]:
        return self.roles

    def state_refusal(self, subject: Document, today: date) -> Refusal | None:
        if refusal := archived_refusal(subject.case):
            return refusal
        if is_possible(subject, self.transition):
            return None
        return self.wrong_state(subject)

    def wrong_state(self, subject: Document) -> Refusal:
        message = _("“%(action)s” is not possible while the paper is “%(state)s”.")
        return Refusal("wrong-state", message % {"action": self.label, "state": subject.get_state_display()})

    def execute(self, subject: Document, data: Mapping[str, Any], context: ActionContext) -> Document:
        if self.transition:
            getattr(subject, self.transition)()
        self.change(subject, data, context)
        subject.version += 1
        subject.save()
        return subject

    def change(self, document: Document, data: Mapping[str, Any], context: ActionContext) -> None:
        """What the step writes besides the state."""

    @classmethod
    def reason_of(cls, data: Mapping) -> str:
        return str(data.get("reason") or data.get("opinion") or "")
