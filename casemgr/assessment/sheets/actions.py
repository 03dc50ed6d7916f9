"""A sheet is made and sent by the bureau, objected to by its unit, answered, and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.errors import Refusal
from casemgr.actions.outbox import NoticeKind, tell
from casemgr.actions.records import ByRole, CreateAction, RecordAction
from casemgr.assessment.models import SheetObjection, UnitSheet
from casemgr.assessment.models.sheet import SheetState
from casemgr.assessment.plan.files import keep_files
from casemgr.assessment.plan.reminders import people_at
from casemgr.assessment.roles import ANSWERING, OFFICE, answers_for
from casemgr.assessment.sheets import forms
from casemgr.assessment.sheets.printed import keep_paper, sheet_text
from casemgr.assessment.sheets.reading import write_lines
from casemgr.documents.rendering import unprintable
from casemgr.pages.dates import long_date
from casemgr.pages.forms import ContextForm

S = SheetState
SENT, ANSWERED, FROZEN = "sheet_sent", "sheet_answered", "sheet_frozen"
NOTICES = (
    NoticeKind(
        SENT,
        gettext_lazy("Yearly sheet received"),
        lambda data: (
            _("The sheet of %(sheet)s is there. Objections are taken until %(until)s.")
            % {**data, "until": long_date(date.fromisoformat(data["until"]))}
        ),
        concerns_work=True,
    ),
    NoticeKind(
        ANSWERED,
        gettext_lazy("Objection to a sheet answered"),
        lambda data: _("The objection to the sheet of %(sheet)s, “%(line)s”, is answered.") % data,
        concerns_work=True,
    ),
    NoticeKind(
        FROZEN,
        gettext_lazy("Yearly sheet frozen"),
        lambda data: _("The sheet of %(sheet)s is frozen and does not change any more.") % data,
        concerns_work=True,
    ),
)


class MakeSheet(ByRole, CreateAction):
    """A draft: its numbers are read each time, until it is sent."""

    name = "sheet.make"
    label = gettext_lazy("Make a unit's sheet")
    roles = OFFICE
    form = forms.NewSheetForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> UnitSheet:
        return UnitSheet.objects.create(year=data["year"], unit=data["unit"], made_by=context.actor)


class _SheetStep(ByRole, RecordAction):
    model: ClassVar = UnitSheet
    roles = OFFICE

    def form_values(self, subject: UnitSheet, at: Any) -> Mapping[str, Any]:
        return {}


def _give(sheet: UnitSheet, state: str, notice: str, today: date, **words: str) -> None:
    """Read the numbers of today, keep the paper with them, and tell the unit."""
    sheet.as_of = today
    write_lines(sheet, today, today)
    keep_paper(sheet, state, today)
    people = people_at([sheet.unit_id], ANSWERING, today)[sheet.unit_id]
    tell(notice, people, subject=sheet, sheet=str(sheet), **words)


class SendSheet(_SheetStep):
    """The unit sees it from now on: its numbers with their rows, as they are today."""

    name = "sheet.send"
    label = pgettext_lazy("sheet", "Send to the unit")
    consequence = gettext_lazy(
        "The unit sees the numbers as they are today, with the rows behind each, and may object."
    )
    binding = True
    form = forms.SendForm
    primary, transition = 60, "send"

    def guard_refusals(self, subject: UnitSheet, data: Mapping | None, today: date) -> list[Refusal]:
        return [*super().guard_refusals(subject, data, today), *unprintable(sheet_text(subject, today))]

    def change(self, sheet: UnitSheet, data: Mapping[str, Any], context: ActionContext) -> None:
        sheet.sent_on, sheet.object_until = context.today, data["object_until"]
        _give(sheet, S.SENT, SENT, context.today, until=sheet.object_until.isoformat())


class ObjectToLine(_SheetStep):
    """To one number, with a reason and papers; while objections are taken."""

    name = "sheet.object"
    label = pgettext_lazy("sheet", "Object to a number")
    roles = ANSWERING
    form = forms.ObjectForm
    states = (S.SENT,)
    primary = 50
    guards = (
        Guard(
            "objections-over",
            "",
            gettext_lazy("The day until which objections were taken is over. Ask the bureau to correct the register."),
            lambda sheet, data, today: sheet.object_until is None or today <= sheet.object_until,
        ),
    )

    def is_permitted(self, subject: UnitSheet, actor: Any, today: date) -> bool:
        return answers_for(actor, subject.unit_id, today)

    def change(self, sheet: UnitSheet, data: Mapping[str, Any], context: ActionContext) -> None:
        objection = SheetObjection.objects.create(
            line=data["line"], text=data["text"], on=context.today, raised_by=context.actor
        )
        keep_files(data["files"], context, objection=objection)


class AnswerObjection(_SheetStep):
    """Accepted or not, with reasons. What is accepted is put right in the register; freezing reads it anew."""

    name = "sheet.answer"
    label = pgettext_lazy("sheet", "Answer an objection")
    form = forms.AnswerForm
    states = (S.SENT,)

    def priority(self, subject: UnitSheet) -> int:
        return 70 if _is_waiting(subject) else 0

    def guard_refusals(self, subject: UnitSheet, data: Mapping | None, today: date) -> list[Refusal]:
        return [] if _is_waiting(subject) else [Refusal("nothing-to-answer", _("No objection waits for an answer."))]

    def change(self, sheet: UnitSheet, data: Mapping[str, Any], context: ActionContext) -> None:
        objection = data["objection"]
        objection.is_accepted, objection.answer = data["verdict"] == "accepted", data["answer"]
        objection.answered_on, objection.answered_by = context.today, context.actor
        objection.save()
        tell(ANSWERED, [objection.raised_by_id], subject=sheet, sheet=str(sheet), line=objection.line.name)


def _is_waiting(sheet: UnitSheet) -> bool:
    return SheetObjection.objects.filter(line__sheet=sheet, answered_on__isnull=True).exists()


class FreezeSheet(_SheetStep):
    """The numbers are read a last time; from then on the sheet never changes."""

    name = "sheet.freeze"
    label = pgettext_lazy("sheet", "Freeze the sheet")
    consequence = gettext_lazy(
        "The numbers are read from the register a last time and then never change. Later corrections stand beside them."
    )
    binding = True
    form = ContextForm
    primary, transition = 40, "freeze"
    guards = (
        Guard(
            "objections-open",
            "",
            gettext_lazy("An objection is not answered yet. Answer it before you freeze the sheet."),
            lambda sheet, data, today: not _is_waiting(sheet),
        ),
        Guard(
            "objections-running",
            "",
            gettext_lazy("Objections are still taken. Freeze the sheet when their last day is over."),
            lambda sheet, data, today: sheet.object_until is None or today > sheet.object_until,
        ),
    )

    def guard_refusals(self, subject: UnitSheet, data: Mapping | None, today: date) -> list[Refusal]:
        return [*super().guard_refusals(subject, data, today), *unprintable(sheet_text(subject, today))]

    def change(self, sheet: UnitSheet, data: Mapping[str, Any], context: ActionContext) -> None:
        sheet.frozen_on = context.today
        _give(sheet, S.FROZEN, FROZEN, context.today)


ACTIONS = (MakeSheet, SendSheet, ObjectToLine, AnswerObjection, FreezeSheet)
