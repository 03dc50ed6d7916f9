"""A letter is drafted by the liaison, approved by a leader, sent by a person, and its answer recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.records import ByRole, CreateAction, RecordAction, take
from casemgr.documents.rendering import unprintable
from casemgr.numbering.series import Series, allocate, declare
from casemgr.organisation.scope import scope
from casemgr.pages.forms import ContextForm
from litigation.backlog import forms as backlog_forms
from litigation.backlog.actions import YearStep
from litigation.backlog.letters import forms
from litigation.backlog.letters.text import definition_of, facts_for
from litigation.models import BacklogYear, EscalationStep, UnitLetter
from litigation.models.pressing import PressingState
from litigation.roles import BOTH, LIAISON

SERIES = declare(
    Series("litigation.unit_letters", gettext_lazy("Letters that press units"), "达司督〔{year}〕{number}号")
)
FOLDER = "unit_letters"
WORDS = ("demands", "meeting", "answer_by")
S = PressingState


class DraftLetter(ByRole, CreateAction):
    """Draft a letter with what the register says of the unit today."""

    name = "unit_letter.draft"
    label = gettext_lazy("Draft a letter to a unit")
    roles = LIAISON
    form = forms.DraftForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> UnitLetter:
        letter = UnitLetter(drafted_by=context.actor, drafted_on=context.today)
        take(letter, data, ("year", "unit", "matter", "kind", "facts", *WORDS))
        letter.save()
        return letter


class _LetterStep(ByRole, RecordAction):
    model: ClassVar = UnitLetter
    roles = LIAISON


class EditLetter(_LetterStep):
    """Other words; the facts are read off the register anew."""

    name = "unit_letter.edit"
    label = gettext_lazy("Change the letter")
    form = forms.EditForm
    states = (S.DRAFT,)

    def form_values(self, subject: UnitLetter, at: Any) -> Mapping[str, Any]:
        return {name: getattr(subject, name) for name in WORDS}

    def change(self, letter: UnitLetter, data: Mapping[str, Any], context: ActionContext) -> None:
        take(letter, data, WORDS)
        letter.drafted_by, letter.drafted_on = context.actor, context.today
        letter.facts = facts_for(letter.unit, letter.year, letter.matter, context.actor, context.today)


class ApproveLetter(_LetterStep):
    """A leader of the bureau agrees that it is sent: never the person who drafted it."""

    name = "unit_letter.approve"
    label = pgettext_lazy("pressing", "Approve")
    consequence = gettext_lazy("The letter may be sent as it reads now.")
    roles = ("leader",)
    form = ContextForm
    primary, transition = 60, "approve"

    def guard_refusals(self, subject: UnitLetter, data: Mapping | None, today: date) -> list[Refusal]:
        if not subject.facts.get("rows"):
            return [Refusal("nothing-open", _("Nothing is open any more: withdraw the letter."))]
        return unprintable(definition_of(subject, today))

    def is_permitted(self, subject: UnitLetter, actor: Any, today: date) -> bool:
        return super().is_permitted(subject, actor, today) and subject.drafted_by_id != actor.pk

    def change(self, letter: UnitLetter, data: Mapping[str, Any], context: ActionContext) -> None:
        letter.approved_by, letter.approved_on, letter.returned_because = context.actor, context.today, ""


class GiveBackLetter(_LetterStep):
    """Back to the draft, to be put right."""

    name = "unit_letter.give_back"
    label = gettext_lazy("Back to the draft")
    roles = (*LIAISON, "leader")
    form = backlog_forms.ReasonForm
    transition = "give_back"

    def change(self, letter: UnitLetter, data: Mapping[str, Any], context: ActionContext) -> None:
        letter.approved_by, letter.approved_on, letter.returned_because = None, None, data["reason"]


class SendLetter(_LetterStep):
    """It takes its number and its day, and is kept as PDF and Word as it went out."""

    name = "unit_letter.send"
    label = pgettext_lazy("pressing", "Send")
    consequence = gettext_lazy("The letter takes its number and never changes again. The unit sees it from now on.")
    binding = True
    form = forms.SendForm
    primary, transition = 60, "send"

    def guard_refusals(self, subject: UnitLetter, data: Mapping | None, today: date) -> list[Refusal]:
        return unprintable(definition_of(subject, today))

    def change(self, letter: UnitLetter, data: Mapping[str, Any], context: ActionContext) -> None:
        letter.sent_on, letter.sent_how = context.today, data["sent_how"]
        letter.number = allocate(SERIES.code, context.today)
        letter.keep(definition_of(letter, context.today), FOLDER, context.today)


class RecordAnswer(_LetterStep):
    """The unit answered, or the interview was held: by the unit's own liaison, or by the court liaison."""

    name = "unit_letter.record_answer"
    label = gettext_lazy("Record the answer or interview")
    roles = BOTH
    form = forms.AnswerForm
    primary, transition = 50, "record_answer"

    def is_permitted(self, subject: UnitLetter, actor: Any, today: date) -> bool:
        reach = scope(actor, today)
        return reach.has_role(LIAISON) or reach.has_role("department", unit=subject.unit_id)

    def change(self, letter: UnitLetter, data: Mapping[str, Any], context: ActionContext) -> None:
        letter.answered_on, letter.answer = data["on"], data["answer"]


class WithdrawLetter(_LetterStep):
    """Not sent after all, and why: the ladder then proposes anew."""

    name = "unit_letter.withdraw"
    label = gettext_lazy("Do not send it")
    form = backlog_forms.ReasonForm
    transition = "withdraw"

    def change(self, letter: UnitLetter, data: Mapping[str, Any], context: ActionContext) -> None:
        letter.withdrawn_reason = data["reason"]


class SetLadder(YearStep):
    """After how many days or absences which letter is due: the year's own rule."""

    name = "backlog.set_ladder"
    label = gettext_lazy("Set the ladder of letters")
    form = forms.LadderForm

    def form_values(self, subject: BacklogYear, at: Any) -> Mapping[str, Any]:
        return {f"{step.kind}_{step.trigger}": step.threshold for step in subject.ladder.all()}

    def change(self, year: BacklogYear, data: Mapping[str, Any], context: ActionContext) -> None:
        wanted = {(kind, trigger): threshold for kind, trigger, threshold in context.form.steps()}
        for step in year.ladder.all():
            threshold = wanted.pop((step.kind, step.trigger), None)
            if threshold is None:
                step.delete()
            elif step.threshold != threshold:
                step.threshold = threshold
                step.save()
        for (kind, trigger), threshold in wanted.items():
            EscalationStep.objects.create(year=year, kind=kind, trigger=trigger, threshold=threshold)


ACTIONS = (DraftLetter, EditLetter, ApproveLetter, GiveBackLetter, SendLetter, RecordAnswer, WithdrawLetter, SetLadder)
