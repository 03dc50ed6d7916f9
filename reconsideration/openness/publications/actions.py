"""From the proposal to the public, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext, EmptyForm
from casemgr.actions.records import ByRole, CreateAction, RecordAction
from reconsideration.models import Publication, Redaction
from reconsideration.openness.public.caching import forget
from reconsideration.openness.publications import guards
from reconsideration.openness.publications.forms import (
    AddForm,
    DeclineForm,
    JudgeForm,
    KeepBackForm,
    ProposeForm,
    ReasonForm,
)
from reconsideration.openness.publications.making import made_public
from reconsideration.openness.publications.sheet import Sheet
from reconsideration.openness.roles import APPROVER, OFFICER, holds
from reconsideration.openness.states import PublicationState


class Propose(ByRole, CreateAction):
    """Begin with what the program finds; nothing is published by this."""

    name = "publication.propose"
    label = gettext_lazy("Propose for publication")
    form = ProposeForm
    roles = OFFICER
    guards = (guards.not_twice, guards.in_effect, guards.act_is_open)

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> Publication:
        document = data["document"]
        publication = Publication.objects.create(
            case_id=document.case_id, document=document, proposed_by=context.actor, proposed_on=context.today
        )
        for one in Sheet(publication).proposals():
            Redaction.objects.create(
                publication=publication,
                kind=one.kind,
                source=Redaction.Source.CASE if one.is_known else Redaction.Source.PATTERN,
                places=[list(place) for place in one.places],
                replacement=one.replacement,
            )
        return publication


class Decline(ByRole, CreateAction):
    """Record that a paper is not published, and why."""

    name = "publication.decline"
    label = gettext_lazy("Record that it is not published")
    form = DeclineForm
    roles = OFFICER
    guards = (guards.not_twice,)

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> Publication:
        document = data["document"]
        publication = Publication(
            case_id=document.case_id,
            document=document,
            proposed_by=context.actor,
            proposed_on=context.today,
            ground=data["ground"],
            reason=data["reason"],
        )
        publication.keep_back()
        publication.save()
        return publication


class _Step(RecordAction):
    model: ClassVar = Publication
    roles = OFFICER

    def is_permitted(self, subject: Publication, actor: Any, today: date) -> bool:
        return holds(actor, self.roles, subject.case.unit_id, today)


class _SecondPerson(_Step):
    """By somebody who did not make the redaction."""

    roles = APPROVER

    def is_permitted(self, subject: Publication, actor: Any, today: date) -> bool:
        return super().is_permitted(subject, actor, today) and actor.pk != subject.proposed_by_id

    def forbidden_message(self, subject: Publication, actor: Any, today: date) -> str:
        if actor.pk == subject.proposed_by_id:
            return _("Another person than the one who proposed it compares the text and publishes.")
        return super().forbidden_message(subject, actor, today)


class Judge(_Step):
    """Confirm or refuse proposals; may be changed until the approval."""

    name = "publication.judge"
    label = gettext_lazy("Judge the proposals")
    form = JudgeForm
    states = (PublicationState.PROPOSED,)

    def change(self, subject: Publication, data: Mapping[str, Any], context: ActionContext) -> None:
        for one in data["redactions"]:
            one.verdict, one.reason = data["verdict"], data["reason"]
            one.judged_by, one.judged_on = context.actor, context.today
            one.save()


class Add(_Step):
    """Redact words that the program did not find, such as trade secrets."""

    name = "publication.add"
    label = gettext_lazy("Redact further words")
    form = AddForm
    states = (PublicationState.PROPOSED,)

    def change(self, subject: Publication, data: Mapping[str, Any], context: ActionContext) -> None:
        Redaction.objects.create(
            publication=subject,
            kind=data["kind"],
            source=Redaction.Source.OWN,
            places=[list(place) for place in context.form.places],
            replacement=data["replacement"],
            verdict=Redaction.Verdict.REDACT,
            judged_by=context.actor,
            judged_on=context.today,
        )


class Approve(_SecondPerson):
    """Original and redacted text were compared."""

    name = "publication.approve"
    label = gettext_lazy("Approve the redaction")
    form = EmptyForm
    primary, transition = 60, "approve"
    guards = (guards.all_judged, guards.nothing_left)

    def change(self, subject: Publication, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.approved_by, subject.approved_on = context.actor, context.today


class SendBack(_SecondPerson):
    """More is to be redacted, or less."""

    name = "publication.send_back"
    label = gettext_lazy("Send back to be judged again")
    form = ReasonForm
    transition = "send_back"

    def change(self, subject: Publication, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.approved_by = subject.approved_on = None


class Publish(_SecondPerson):
    """Text and PDF are made once and are public from now on."""

    name = "publication.publish"
    label = gettext_lazy("Publish")
    consequence = gettext_lazy("Everybody can read the redacted text now. It cannot be changed, only withdrawn.")
    binding, primary, transition = True, 50, "publish"
    form = EmptyForm
    guards = (guards.nothing_left,)

    def change(self, subject: Publication, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.published_by, subject.published_on = context.actor, context.today
        made_public(subject, context.today)
        forget()


class Withdraw(_Step):
    """Nobody outside reads it any more; it can be proposed anew."""

    name = "publication.withdraw"
    label = gettext_lazy("Withdraw from the public")
    form = ReasonForm
    transition = "withdraw"

    def change(self, subject: Publication, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.withdrawn_on, subject.withdrawn_reason = context.today, data["reason"]
        forget()


class KeepBack(_Step):
    """It is not published after all."""

    name = "publication.keep_back"
    label = gettext_lazy("Do not publish")
    form = KeepBackForm
    transition = "keep_back"

    def change(self, subject: Publication, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.ground, subject.reason = data["ground"], data["reason"]


ACTIONS = (Propose, Decline, Judge, Add, Approve, SendBack, Publish, Withdraw, KeepBack)

__all__ = ["ACTIONS"]
