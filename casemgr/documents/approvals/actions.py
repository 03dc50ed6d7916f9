"""What the drafter may do with the changes that were marked when the paper came back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.documents.actions.base import DocumentAction
from casemgr.documents.approvals.rounds import proposed, rounds_of
from casemgr.documents.kinds import DocumentKind
from casemgr.documents.models import Document
from casemgr.documents.states import DocumentState


class TakeProposal(DocumentAction):
    """Take over every change the examiner marked; what is not wanted is typed back, or the draft edited instead."""

    name = "document.take_proposal"
    label = gettext_lazy("Take over the marked changes")
    primary = 65
    transition = "edit"

    def roles_for(self, kind: DocumentKind) -> tuple[str, ...]:
        return kind.drafter_roles

    def state_refusal(self, subject: Document, today: date) -> Refusal | None:
        if subject.state != DocumentState.RETURNED or rounds_of(subject)[-1:] == []:
            return self.wrong_state(subject)
        if rounds_of(subject)[-1].proposal is None:
            return Refusal("no-proposal", _("No changes were marked in the text when it was returned."))
        return super().state_refusal(subject, today)

    def guard_refusals(self, subject: Document, data: Mapping | None, today: date) -> list[Refusal]:
        if proposed(subject) is not None:
            return []
        message = _("The text has been changed since it was returned: take the marks over by hand.")
        return [Refusal("text-changed", message)]

    def change(self, document: Document, data: Mapping[str, Any], context: ActionContext) -> None:
        marked = {section["code"]: section["paragraphs"] for section in proposed(document)["sections"]}
        document.sections = [
            section | {"paragraphs": marked.get(section["code"], section["paragraphs"])}
            for section in document.sections
        ]


ACTIONS = (TakeProposal,)
