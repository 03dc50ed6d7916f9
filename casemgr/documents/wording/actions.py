"""A wording is drafted, tried on a sample case, approved by another head, and holds from a day on. Phrases are kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Action, ActionContext
from casemgr.actions.errors import Refusal
from casemgr.cases.procedure import procedures
from casemgr.documents.kinds import kinds_of
from casemgr.documents.wording.forms import DropForm, PhraseForm, ProposeForm, TryForm, WordingForm
from casemgr.documents.wording.models import Phrase, Wording, WordingState
from casemgr.documents.wording.people import APPROVERS, EDITORS, reaches_office


class ProposeWording(Action):
    """Begin a new wording of a passage, or the return to the program's own."""

    name = "wording.propose"
    label = gettext_lazy("Draft a new wording")
    creates: ClassVar[bool] = True
    roles = EDITORS
    form = ProposeForm

    def is_permitted(self, subject: None, actor, today: date) -> bool:
        return reaches_office(actor, self.roles, today)

    def guard_refusals(self, subject: None, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None:
            return []
        if Wording.objects.filter(passage=data["passage_code"], state=WordingState.DRAFT).exists():
            return [
                Refusal("draft-exists", _("A new wording of this passage is being drafted already: go on with it."))
            ]
        return _day_taken(data["passage_code"], data["effective_on"])

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> Wording:
        return Wording.objects.create(
            passage=data["passage_code"],
            text=data["text"],
            reason=data["reason"],
            effective_on=data["effective_on"],
            author=context.actor,
        )


def _day_taken(passage: str, day: date) -> list[Refusal]:
    if not Wording.objects.filter(passage=passage, state=WordingState.APPROVED, effective_on=day).exists():
        return []
    message = _("From that day on another wording is approved already: choose another day, or drop that one.")
    return [Refusal("day-taken", message, field="effective_on")]


class WordingAction(Action):
    """Base: on one wording."""

    model: ClassVar = Wording
    roles = EDITORS
    states: ClassVar[tuple[str, ...]] = (WordingState.DRAFT,)

    def is_permitted(self, subject: Wording, actor, today: date) -> bool:
        return reaches_office(actor, self.roles, today)

    def state_refusal(self, subject: Wording, today: date) -> Refusal | None:
        if subject.state in self.states:
            return None
        message = _("“%(action)s” is not possible while the wording is “%(state)s”.")
        return Refusal("wrong-state", message % {"action": self.label, "state": subject.get_state_display()})

    def execute(self, subject: Wording, data: Mapping[str, Any], context: ActionContext) -> Wording:
        self.change(subject, data, context)
        subject.version += 1
        subject.save()
        return subject

    def change(self, wording: Wording, data: Mapping[str, Any], context: ActionContext) -> None:
        raise NotImplementedError


class EditWording(WordingAction):
    """Change the draft. Whoever changes it is its author from then on; it is to be tried once more."""

    name = "wording.edit"
    label = gettext_lazy("Change the draft")
    form = WordingForm

    def form_values(self, subject: Wording, at) -> Mapping[str, Any]:
        return super().form_values(subject, at) | {"is_default": subject.is_default}

    def guard_refusals(self, subject: Wording, data: Mapping | None, today: date) -> list[Refusal]:
        return _day_taken(subject.passage, data["effective_on"]) if data is not None else []

    def change(self, wording: Wording, data: Mapping[str, Any], context: ActionContext) -> None:
        for name in ("text", "reason", "effective_on"):
            setattr(wording, name, data[name])
        wording.author = context.actor
        wording.tried_on = wording.tried_by = wording.tried_case = None


class TryWording(WordingAction):
    """Somebody has seen a paper of a sample case in the new wording."""

    name = "wording.try"
    label = gettext_lazy("Keep this trial")
    form = TryForm

    def change(self, wording: Wording, data: Mapping[str, Any], context: ActionContext) -> None:
        wording.tried_on, wording.tried_by, wording.tried_case = context.today, context.actor, data["case"]


class ApproveWording(WordingAction):
    """Approved by a head who did not write it, after a trial, for a day that has not come."""

    name = "wording.approve"
    label = gettext_lazy("Approve the wording")
    consequence = gettext_lazy(
        "From its day on papers are drafted in this wording. Papers drafted before keep the wording they have."
    )
    binding, primary = True, 50
    roles = APPROVERS

    def is_permitted(self, subject: Wording, actor, today: date) -> bool:
        return super().is_permitted(subject, actor, today) and subject.author_id != actor.pk

    def forbidden_message(self, subject: Wording | None, actor, today: date) -> str:
        if subject is not None and subject.author_id == actor.pk:
            return _("You wrote this wording: another head approves it.")
        return super().forbidden_message(subject, actor, today)

    def guard_refusals(self, subject: Wording, data: Mapping | None, today: date) -> list[Refusal]:
        found = []
        if subject.tried_on is None:
            found.append(Refusal("not-tried", _("Try the wording on a sample case first.")))
        if subject.effective_on <= today:
            message = _("The day from which it was to hold has come: set a later one in the draft.")
            found.append(Refusal("day-passed", message))
        return [*found, *_day_taken(subject.passage, subject.effective_on)]

    def change(self, wording: Wording, data: Mapping[str, Any], context: ActionContext) -> None:
        wording.approve()
        wording.approver, wording.approved_on = context.actor, context.today


class DropWording(WordingAction):
    """Give up a draft, or an approved wording whose day has not come."""

    name = "wording.drop"
    label = gettext_lazy("Drop this wording")
    form = DropForm
    states = (WordingState.DRAFT, WordingState.APPROVED)

    def guard_refusals(self, subject: Wording, data: Mapping | None, today: date) -> list[Refusal]:
        if subject.state == WordingState.DRAFT or subject.effective_on > today:
            return []
        message = _("It is in force: papers say it. Draft another wording, or the return to that of the program.")
        return [Refusal("in-force", message)]

    def change(self, wording: Wording, data: Mapping[str, Any], context: ActionContext) -> None:
        wording.drop()


class AddPhrase(Action):
    """Offer a phrase while people write."""

    name = "wording.add_phrase"
    label = gettext_lazy("Add a phrase")
    creates: ClassVar[bool] = True
    roles = EDITORS
    form = PhraseForm

    def is_permitted(self, subject: None, actor, today: date) -> bool:
        return reaches_office(actor, self.roles, today)

    def guard_refusals(self, subject: None, data: Mapping | None, today: date) -> list[Refusal]:
        return _offered_already(data) if data is not None else []

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> Phrase:
        values = {name: data[name] for name in ("kind", "part", "text")}
        return Phrase.objects.create(procedure=_procedure_of(data["kind"]), **values)


def _offered_already(data: Mapping, but: Phrase | None = None) -> list[Refusal]:
    same = Phrase.objects.filter(kind=data["kind"], part=data["part"], text=data["text"], is_offered=True)
    if but is not None:
        same = same.exclude(pk=but.pk)
    return [Refusal("phrase-exists", _("This phrase is offered already."), field="text")] if same.exists() else []


def _procedure_of(kind: str) -> str:
    """The procedure that has the kind; of phrases for every paper, the first that has papers."""
    with_papers = [procedure.code for procedure in procedures() if procedure.document_kinds]
    return next((code for code in with_papers if not kind or kind in kinds_of(code)), "")


class PhraseAction(Action):
    """Base: on one phrase."""

    model: ClassVar = Phrase
    roles = EDITORS

    def is_permitted(self, subject: Phrase, actor, today: date) -> bool:
        return reaches_office(actor, self.roles, today)


class ChangePhrase(PhraseAction):
    """Reword a phrase; its earlier wording stays in the history."""

    name = "wording.change_phrase"
    label = gettext_lazy("Change the phrase")
    form = PhraseForm

    def guard_refusals(self, subject: Phrase, data: Mapping | None, today: date) -> list[Refusal]:
        return _offered_already(data, subject) if data is not None else []

    def execute(self, subject: Phrase, data: Mapping[str, Any], context: ActionContext) -> Phrase:
        for name in ("kind", "part", "text"):
            setattr(subject, name, data[name])
        subject.version += 1
        subject.save()
        return subject


class RetirePhrase(PhraseAction):
    """Offer the phrase no longer."""

    name = "wording.retire_phrase"
    label = gettext_lazy("Offer it no longer")

    def execute(self, subject: Phrase, data: Mapping[str, Any], context: ActionContext) -> Phrase:
        subject.is_offered = False
        subject.version += 1
        subject.save()
        return subject


ACTIONS = (
    ProposeWording,
    EditWording,
    TryWording,
    ApproveWording,
    DropWording,
    AddPhrase,
    ChangePhrase,
    RetirePhrase,
)
