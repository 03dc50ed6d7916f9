"""Number, seal, issue; and put on file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.perform import perform
from casemgr.documents import issuing, undo
from casemgr.documents.actions.base import DocumentAction
from casemgr.documents.definition import definition_of
from casemgr.documents.kinds import DocumentKind
from casemgr.documents.models import Document
from casemgr.documents.reading import drawn
from casemgr.documents.rendering import render_both
from casemgr.documents.sealing.requests import ask_for_seal
from casemgr.documents.states import DocumentState, ServiceState
from casemgr.numbering.series import allocate
from casemgr.organisation.roles import HANDS, HEADS
from casemgr.pages.forms import ContextForm


class IssueDocument(DocumentAction):
    """Number, print once, keep the bytes. The case's own action runs first, so that its guards decide."""

    name = "document.issue"
    label = gettext_lazy("Number, seal and issue")
    consequence = gettext_lazy(
        "The paper gets the next number of its series and today's date, is printed once and never changes again. "
        "The case moves on with it, and from its service periods run."
    )
    without_step: ClassVar = gettext_lazy(
        "The paper gets the next number of its series and today's date, is printed once and never changes again. "
        "The state of the case stays as it is."
    )
    binding, primary = True, 70
    transition = "issue"

    def consequence_for(self, subject: Document) -> Any:
        return self.consequence if issuing.moves_the_case(subject) else self.without_step

    def roles_for(self, kind: DocumentKind) -> tuple[str, ...]:
        return kind.issuer_roles

    def guard_refusals(self, subject: Document, data: Mapping | None, today: date) -> list[Refusal]:
        return [
            *issuing.incomplete(subject),
            *issuing.outdated(subject, today),
            *issuing.unprintable(subject),
            *issuing.refused_by_case(subject, today),
        ]

    def execute(self, subject: Document, data: Mapping[str, Any], context: ActionContext) -> Document:
        kind = subject.kind_info
        if issuing.moves_the_case(subject):
            sent = issuing.issue_data(subject, context.today)
            subject.case = perform(kind.issue_action, subject.case, sent, context.actor, context.today)
        subject.issue()
        subject.issued_on = context.today
        issuer = kind.issuer_of(subject.case, subject.data)
        subject.issuer_name = issuer.name(subject.case, context.today)
        subject.seal_name = issuer.seal(subject.case, context.today) if kind.signed_by_issuer else ""
        subject.unserved_count = len(kind.recipients(subject.case))
        subject.version += 1
        if kind.series:
            subject.number = allocate(kind.series, context.today)
            subject.number_text = subject.number.text
        printed = definition_of(subject)
        made = render_both(printed)
        subject.attach(made.pdf, made.pages, made.word)
        subject.keep_text(drawn(printed).as_bytes())
        subject.save()
        if not issuer.is_sealed_elsewhere:
            ask_for_seal(subject)
        return subject


class FileDocument(DocumentAction):
    """Put the served paper on file."""

    name = "document.file"
    label = gettext_lazy("Put on file")
    roles = (*HANDS, "archive")
    primary = 30
    transition = "put_on_file"

    def guard_refusals(self, subject: Document, data: Mapping | None, today: date) -> list[Refusal]:
        served = {s.participation_id for s in subject.services.all() if s.state == ServiceState.EFFECTIVE}
        left = [part.name for part in subject.kind_info.recipients(subject.case) if part.pk not in served]
        if not left:
            return []
        message = _("Serve the paper first. Not yet served: %(names)s.") % {"names": "、".join(left)}
        return [Refusal("not-served", message)]


class WithdrawForm(ContextForm):
    reason = forms.CharField(
        label=gettext_lazy("Why the paper is withdrawn"), max_length=300, widget=forms.Textarea({"rows": 3})
    )


class WithdrawDocument(DocumentAction):
    """Take back a paper that has reached nobody; one that moved the case goes with the step it caused."""

    name = "document.withdraw"
    label = gettext_lazy("Withdraw the paper")
    consequence = gettext_lazy("The paper is void from now on; its text, file and number stay on record.")
    binding = True
    roles = HEADS
    transition = ""
    form = WithdrawForm

    def state_refusal(self, subject: Document, today: date) -> Refusal | None:
        if refusal := super().state_refusal(subject, today):
            return refusal
        return None if subject.state == DocumentState.ISSUED else self.wrong_state(subject)

    def guard_refusals(self, subject: Document, data: Mapping | None, today: date) -> list[Refusal]:
        if undo.is_served(subject):
            return [undo.already_served(subject)]
        if refusal := undo.corrected_by(subject):
            return [refusal]
        if issuing.moves_the_case(subject):
            message = _("The case moved with this paper: annul that step on the case page, and the paper goes with it.")
            return [Refusal("moved-the-case", message)]
        return []

    def execute(self, subject: Document, data: Mapping[str, Any], context: ActionContext) -> Document:
        undo.withdraw(subject, data["reason"])
        return subject


ISSUE = (IssueDocument, FileDocument, WithdrawDocument)
