"""From draft to signature, by way of examination."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.perform import perform
from casemgr.cases.actions import CaseAction, archived_refusal
from casemgr.cases.models import Case
from casemgr.cases.people.standing import has_case_role
from casemgr.documents import forms, issuing, text
from casemgr.documents.actions.base import DocumentAction
from casemgr.documents.approvals.rounds import Level, Outcome, record
from casemgr.documents.corrections import CorrectionForm, correcting, whole_text
from casemgr.documents.definition import drafted_for
from casemgr.documents.kinds import DocumentKind, kinds_of
from casemgr.documents.models import Document
from casemgr.documents.states import DocumentState
from casemgr.organisation.roles import SYSTEM
from casemgr.pages.requests import row_id


class DraftDocument(CaseAction):
    """Draft a paper in a case; the subject is the case, the result the paper."""

    name = "document.draft"
    label = gettext_lazy("Draft a paper")
    roles = ("officer", "head")
    listed = False

    def is_permitted(self, subject: Case | None, actor, today: date) -> bool:
        if subject is None or SYSTEM in actor.role_codes(today):
            return False
        roles = {role for kind in kinds_of(subject.procedure).values() for role in kind.drafter_roles}
        return has_case_role(actor, roles, subject, today)

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        return archived_refusal(subject)

    def run(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Document:
        """A draft changes nothing in the case: it is no step of it, and is discarded, not annulled."""
        return self.execute(subject, data, context)

    def build_form(self, subject: Case, data, files, actor, today):
        kind = kinds_of(subject.procedure).get(str((data or {}).get("kind")))
        if kind is not None and (original := _corrected(subject, (data or {}).get("corrects"))):
            kind = correcting(kind, original)
        return forms.draft_form(kind)(data, files, subject=subject, actor=actor, today=today)

    def guard_refusals(self, subject: Case, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None:
            return []
        kind = kinds_of(subject.procedure)[data["kind"]]
        if data["corrects"] is None and subject.state not in kind.states:
            message = _("“%(paper)s” is not drafted while the case is “%(state)s”.")
            return [
                Refusal("wrong-state", message % {"paper": kind.name, "state": subject.state_info.label}, field="kind")
            ]
        if data["corrects"] is not None:
            drafts = subject.documents.unfinished().filter(corrects=data["corrects"])
        else:
            drafts = subject.documents.unfinished().filter(kind=kind.code, corrects=None)
        if (kind.is_single or data["corrects"]) and (other := drafts.first()):
            message = _("A draft of “%(paper)s” already exists (no. %(id)d). Go on with it, or discard it first.")
            return [Refusal("draft-exists", message % {"paper": kind.name, "id": other.pk}, field="kind")]
        return []

    def execute(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Document:
        kind = kinds_of(subject.procedure)[data["kind"]]
        if data["corrects"] is not None:
            kind = correcting(kind, data["corrects"])
        kept = forms.plain_data(kind, data)
        composed = kind.composed(subject.typed(), kept, context.today)
        return Document.objects.create(
            case=subject,
            kind=kind.code,
            title=kind.title,
            addressee=composed.addressee,
            data=kept,
            sections=text.drafted(composed),
            author=context.actor,
            drafted_on=context.today,
            worded_on=context.today,
            corrects=data["corrects"],
        )


def _corrected(case: Case, key: Any) -> Document | None:
    """The issued paper of the case that a draft is to correct."""
    if isinstance(key, Document):
        key = key.pk
    known = row_id(key)
    return case.documents.exclude(sha256="").filter(pk=known).first() if known is not None else None


class EditDocument(DocumentAction):
    """Change the text or data of a draft; what nobody touched, parts and addressee, follows the data."""

    name = "document.edit"
    label = gettext_lazy("Edit")
    transition = "edit"
    listed = False

    def roles_for(self, kind: DocumentKind) -> tuple[str, ...]:
        return kind.drafter_roles

    def build_form(self, subject: Document, data, files, actor, today):
        if data is not None and "complete" not in data:
            data = forms.current_values(subject) | dict(data)
        form = forms.edit_form(subject.kind_info)
        initial = {name: value for name, value in subject.data.items() if name in form.base_fields}
        initial |= {"title": subject.title, "addressee": subject.addressee}
        return form(data, files, subject=subject, actor=actor, today=today, initial=initial)

    def form_values(self, subject: Document, at: datetime | None) -> Mapping[str, Any]:
        return forms.current_values(subject)

    def change(self, document: Document, data: Mapping[str, Any], context: ActionContext) -> None:
        kind = document.kind_info
        document.title = data["title"]
        worded_on = document.worded_on or drafted_for(document)
        proposed = kind.composed(document.case, document.data, context.today, worded_on).addressee
        document.data = forms.plain_data(kind, data)
        document.worded_on = context.today if data["rewrite"] else worded_on
        composed = kind.composed(document.case, document.data, context.today, document.worded_on)
        document.drafted_on = context.today
        is_untouched = data["addressee"] == proposed
        document.addressee = composed.addressee if data["rewrite"] or is_untouched else data["addressee"]
        typed = context.form.sections()
        if data["rewrite"]:
            document.sections = text.drafted(composed)
        else:
            document.sections = typed if data["as_typed"] else text.redrafted(typed, composed)


class SubmitDocument(DocumentAction):
    """Hand the draft on: a round of approval begins. A kind without examiner or signer passes those steps at once."""

    name = "document.submit"
    label = gettext_lazy("Submit for examination")
    primary = 60
    form = forms.SubmitForm
    transition = "submit"

    def label_for(self, subject: Document) -> str:
        """Named by where the paper goes next."""
        kind = subject.kind_info
        if kind.reviewer_roles:
            return str(self.label)
        return _("Submit for signature") if kind.signer_roles else _("Finish the draft")

    def roles_for(self, kind: DocumentKind) -> tuple[str, ...]:
        return kind.drafter_roles

    def guard_refusals(self, subject: Document, data: Mapping | None, today: date) -> list[Refusal]:
        return [*issuing.incomplete(subject), *issuing.outdated(subject, today)]

    def change(self, document: Document, data: Mapping[str, Any], context: ActionContext) -> None:
        kind = document.kind_info
        document.return_opinion = ""
        document.submitter = context.actor
        record(document, Outcome.SUBMITTED, context.actor, context.today, opinion=data["opinion"])
        if not kind.reviewer_roles:
            document.review()
            if not kind.signer_roles:
                document.sign()


class OpinionAction(DocumentAction):
    """Base of examining and signing: not by who drafted the paper or handed it in, unless its kind says so."""

    form = forms.OpinionForm

    def is_permitted(self, subject: Document, actor, today: date) -> bool:
        if not super().is_permitted(subject, actor, today):
            return False
        return subject.kind_info.may_pass_own_draft or not subject.is_own_draft_of(actor)

    def forbidden_message(self, subject: Document | None, actor, today: date) -> str:
        if subject is not None and subject.is_own_draft_of(actor) and super().is_permitted(subject, actor, today):
            return _(
                "You drafted this paper or handed it in: somebody else examines and signs it, another head or "
                "whoever stands in."
            )
        return super().forbidden_message(subject, actor, today)


class ReviewDocument(OpinionAction):
    """Examined and found in order."""

    name = "document.review"
    label = gettext_lazy("Pass the examination")
    primary = 60
    transition = "review"

    def roles_for(self, kind: DocumentKind) -> tuple[str, ...]:
        return kind.reviewer_roles

    def guard_refusals(self, subject: Document, data: Mapping | None, today: date) -> list[Refusal]:
        return issuing.incomplete(subject)

    def change(self, document: Document, data: Mapping[str, Any], context: ActionContext) -> None:
        document.reviewer, document.reviewed_on = context.actor, context.today
        document.review_opinion = data["opinion"]
        record(document, Outcome.PASSED, context.actor, context.today, opinion=data["opinion"])
        if not document.kind_info.signer_roles:
            document.sign()


class ReturnDocument(DocumentAction):
    """Back to the drafter with what must be changed, said or marked in the text; examination and signature fall."""

    name = "document.return_for_changes"
    label = gettext_lazy("Return for changes")
    form = forms.ReturnForm
    transition = "return_for_changes"

    def roles_for(self, kind: DocumentKind) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*kind.reviewer_roles, *kind.signer_roles))) or kind.issuer_roles

    def change(self, document: Document, data: Mapping[str, Any], context: ActionContext) -> None:
        document.return_opinion = data["opinion"]
        is_examiner = has_case_role(context.actor, document.kind_info.reviewer_roles, document.case, context.today)
        record(
            document,
            Outcome.RETURNED,
            context.actor,
            context.today,
            opinion=data["opinion"],
            level=Level.EXAMINE if is_examiner else Level.SIGN,
            proposal=context.form.proposal(),
        )
        document.reviewer = document.reviewed_on = document.signer = document.signed_on = None
        document.review_opinion = document.signing_opinion = ""


class SignDocument(OpinionAction):
    """Signed by the head of the authority (its seal) or of the office."""

    name = "document.sign"
    label = gettext_lazy("Sign")
    consequence = gettext_lazy(
        "Your signature is your consent to this text. The paper can then be numbered, sealed and issued; "
        "until that is done it can still be returned."
    )
    binding, primary = True, 60
    transition = "sign"

    def roles_for(self, kind: DocumentKind) -> tuple[str, ...]:
        return kind.signer_roles

    def guard_refusals(self, subject: Document, data: Mapping | None, today: date) -> list[Refusal]:
        return [*issuing.incomplete(subject), *issuing.outdated(subject, today), *issuing.unprintable(subject)]

    def change(self, document: Document, data: Mapping[str, Any], context: ActionContext) -> None:
        document.signer, document.signed_on = context.actor, context.today
        document.signing_opinion = data["opinion"]
        record(document, Outcome.SIGNED, context.actor, context.today, opinion=data["opinion"])


class VoidDraft(DocumentAction):
    """Discard a draft. What was issued stays: it is corrected by another paper."""

    name = "document.void_draft"
    label = gettext_lazy("Discard the draft")
    form = forms.DiscardForm
    transition = "void_draft"

    def roles_for(self, kind: DocumentKind) -> tuple[str, ...]:
        return kind.drafter_roles


class CorrectDocument(DocumentAction):
    """Begin the paper that puts a slip in this issued one right; the result is the new draft."""

    name = "document.correct"
    label = gettext_lazy("Correct by a new paper")
    consequence = gettext_lazy(
        "The issued paper stays as it is. A new one says what in it was a slip of the pen and what it reads; it goes "
        "through approval, gets a number of its own and is served on the same recipients. The case does not move."
    )
    form = CorrectionForm

    def roles_for(self, kind: DocumentKind) -> tuple[str, ...]:
        return kind.drafter_roles

    def state_refusal(self, subject: Document, today: date) -> Refusal | None:
        if refusal := super().state_refusal(subject, today):
            return refusal
        return None if subject.state in (DocumentState.ISSUED, DocumentState.FILED) else self.wrong_state(subject)

    def guard_refusals(self, subject: Document, data: Mapping | None, today: date) -> list[Refusal]:
        if subject.kind_info.is_form:
            return [Refusal("form", _("A form filled in by hand is not corrected: print a new one."))]
        if subject.corrects_id is not None:
            message = _("This paper is a correction itself: correct the first paper once more.")
            return [Refusal("correction", message)]
        if other := subject.corrections.unfinished().first():
            message = _("A correction of this paper is being drafted already (no. %(id)d).")
            return [Refusal("draft-exists", message % {"id": other.pk})]
        return []

    def build_form(self, subject: Document, data, files, actor, today):
        form = super().build_form(subject, data, files, actor, today)
        form.initial["corrected"] = whole_text(subject)
        return form

    def execute(self, subject: Document, data: Mapping[str, Any], context: ActionContext) -> Document:
        sent = {"kind": subject.kind, "corrects": subject.pk, **data}
        return perform("document.draft", subject.case, sent, context.actor, context.today)


DRAFTING = (
    DraftDocument,
    EditDocument,
    SubmitDocument,
    ReviewDocument,
    ReturnDocument,
    SignDocument,
    VoidDraft,
    CorrectDocument,
)
