"""Notes and leaders' instructions on a case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.outbox import NoticeKind, tell
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.actions import CaseAction, archived_refusal
from casemgr.cases.models import Case, Instruction
from casemgr.organisation.roles import HANDLERS, HEADS
from casemgr.pages.forms import ContextForm, DateField

TEXT = forms.Textarea({"rows": 3})
LEADERS = (*HEADS, "guidance", "authority", "leader")
"""Who leads an office that handles cases, or stands above it: each procedure has its own."""
NOTICES = (
    NoticeKind(
        "instruction_given",
        gettext_lazy("Instruction"),
        lambda data: (
            _("%(case)s: %(name)s has left an instruction to answer.") % {"case": data["case"], "name": data["name"]}
        ),
        is_urgent=True,
    ),
    NoticeKind(
        "instruction_answered",
        gettext_lazy("Instruction answered"),
        lambda data: _("%(case)s: your instruction is answered.") % {"case": data["case"]},
    ),
)


class NoteForm(ContextForm):
    content = forms.CharField(label=gettext_lazy("Note"), max_length=2000, widget=TEXT)


class Note(CaseAction):
    """A note for everybody who may see the case; it is corrected by another note."""

    name = "cases.note"
    label = gettext_lazy("Write a note")
    topic = Topic.PEOPLE
    roles = (*HANDLERS, "guidance", "leader", "authority", "archive", "panel")
    form = NoteForm
    event = "note"

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        return archived_refusal(subject)

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        return {"content": data["content"]}


class InstructForm(ContextForm):
    text = forms.CharField(label=gettext_lazy("Instruction"), max_length=2000, widget=TEXT)
    due_on = DateField(label=gettext_lazy("To be answered by (not statutory)"), required=False)

    def clean_due_on(self) -> date | None:
        due_on = self.cleaned_data["due_on"]
        if due_on and due_on < self.today:
            raise forms.ValidationError(_("This day is over. Enter today or a later day, or none."))
        return due_on


class Instruct(CaseAction):
    """A leader instructs the handlers; they must answer."""

    name = "cases.instruct"
    label = gettext_lazy("Leave an instruction")
    topic = Topic.PEOPLE
    roles = LEADERS
    form = InstructForm
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("Leave another instruction.")

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        return archived_refusal(subject)

    def guard_refusals(self, subject: Case, data: Mapping | None, today: date) -> list[Refusal]:
        if data is not None and not subject.lead_handler_id:
            return [Refusal("no-handler", _("The case has no handler who could answer: assign one first."))]
        return []

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        Instruction.objects.create(
            case_id=case.pk, author=context.actor, text=data["text"], given_on=context.today, due_on=data["due_on"]
        )
        events.record(case, "instruction", context.today, content=data["text"], name=context.actor.full_name)
        people = [case.lead_handler_id, *case.further_handlers.values_list("pk", flat=True)]
        tell("instruction_given", people, subject=case, case=case.number, name=context.actor.full_name)


class AnswerForm(ContextForm):
    instruction = forms.ModelChoiceField(Instruction.objects.none(), label=gettext_lazy("Instruction"))
    answer = forms.CharField(label=gettext_lazy("Answer"), max_length=2000, widget=TEXT)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["instruction"]
        field.queryset = self.subject.instructions.filter(answered_on__isnull=True).select_related("author")
        field.label_from_instance = lambda one: f"{one.author.full_name}：{one.text[:60]}"
        if not self.is_bound:
            field.initial = next((one.pk for one in field.queryset), None)


class Answer(CaseAction):
    """A handler answers an instruction."""

    name = "cases.answer_instruction"
    label = gettext_lazy("Answer an instruction")
    topic = Topic.PEOPLE
    roles = HANDLERS
    form = AnswerForm
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("Add what is missing as a note.")

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        if refusal := archived_refusal(subject):
            return refusal
        was_given = any(fact.kind == "instruction" for fact in events.facts_of(subject))  # loaded with the case's page
        if was_given and subject.instructions.filter(answered_on__isnull=True).exists():
            return None
        return Refusal("no-instruction", _("No instruction waits for an answer."))

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        instruction: Instruction = data["instruction"]
        instruction.answer, instruction.answered_by = data["answer"], context.actor
        instruction.answered_on = context.today
        instruction.save()
        events.record(case, "instruction_answered", context.today, content=data["answer"])
        tell("instruction_answered", [instruction.author_id], subject=case, case=case.number)


ACTIONS = (Note, Instruct, Answer)
