"""Drafting, releasing and handing over facts and clues, and what came back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext, EmptyForm
from casemgr.actions.outbox import NoticeKind, tell
from casemgr.actions.records import CreateAction, RecordAction, take
from casemgr.documents.clues import sources
from casemgr.documents.clues.forms import AnswerForm, DraftForm, HandOverForm, ReasonForm, ReceiptForm, TextForm
from casemgr.documents.clues.models import Answer, Concerned, Transfer
from casemgr.documents.clues.states import TransferState
from casemgr.numbering.series import Series, allocate, declare
from casemgr.organisation.models import RoleAssignment, Unit
from casemgr.organisation.scope import scope

SERIES = declare(
    Series("clues.transfer", gettext_lazy("Handovers to supervision organs"), "达司移〔{year}〕{number}号")
)
TEXT = ("organ", "people", "basis", "facts", "papers")
NOTICES = (
    NoticeKind(
        "clues_to_release",
        gettext_lazy("Handover to a supervision organ"),
        lambda data: _("A handover to a supervision organ waits for your release. See “Handovers of clues”."),
    ),
)


class DraftTransfer(CreateAction):
    """Write down facts and clues for a supervision organ; a leader of the office releases them."""

    name = "clues.draft"
    label = gettext_lazy("Draft a handover to a supervision organ")
    form = DraftForm

    def is_permitted(self, subject: None, actor: Any, today: date) -> bool:
        return sources.takes_part(actor, today)

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> Transfer:
        source, pk, about = context.form.thing
        transfer = Transfer(
            source=source.code,
            source_id=pk,
            about=about.text[:300],
            case_id=about.case_id,
            unit_id=about.unit_id,
            drafted_by=context.actor,
            drafted_on=context.today,
        )
        take(transfer, data, TEXT)
        transfer.save()
        for unit_id in about.concerned:
            Concerned.objects.create(transfer=transfer, unit_id=unit_id)
        tell("clues_to_release", _readers(transfer, source, about, context), once=f"clues:{transfer.pk}")
        return transfer


def _readers(transfer: Transfer, source: sources.Source, about: sources.About, context: ActionContext) -> list[int]:
    """Who can release it: holders of the roles at the office or above it, without those of a department concerned."""
    above = [unit.pk for unit in Unit.objects.all() if transfer.unit.path.startswith(unit.path)]
    held = RoleAssignment.objects.in_force(context.today)
    concerned = set(held.filter(unit_id__in=about.concerned).values_list("user_id", flat=True))
    found = held.filter(unit_id__in=above, role__in=source.readers).values_list("user_id", flat=True)
    return [pk for pk in found if pk != context.actor.pk and pk not in concerned]


def is_reader(transfer: Transfer, actor: Any, today: date) -> bool:
    return scope(actor, today).has_role(sources.get(transfer.source).readers, unit=transfer.unit_id)


class _Step(RecordAction):
    """By whoever sees it: its author and the readers."""

    model: ClassVar = Transfer

    def is_permitted(self, subject: Transfer, actor: Any, today: date) -> bool:
        return subject.drafted_by_id == actor.pk or is_reader(subject, actor, today)


class CorrectTransfer(_Step):
    """Change the text of a draft."""

    name = "clues.correct"
    label = gettext_lazy("Change the text")
    form = TextForm
    columns = TEXT
    states = (TransferState.DRAFT,)


class ReleaseTransfer(_Step):
    """A leader answers for it: from now on it bears a number and its text stands."""

    name = "clues.release"
    label = gettext_lazy("Release and number")
    consequence = gettext_lazy("It gets the next number, and its text cannot be changed any more.")
    binding, primary, transition = True, 60, "release"
    form = EmptyForm

    def is_permitted(self, subject: Transfer, actor: Any, today: date) -> bool:
        return is_reader(subject, actor, today)

    def change(self, subject: Transfer, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.released_by, subject.released_on = context.actor, context.today
        subject.number = allocate(SERIES.code, context.today)


class HandOver(_Step):
    """The organ was given letter and papers."""

    name = "clues.hand_over"
    label = gettext_lazy("Record the handover")
    form = HandOverForm
    primary, transition = 50, "hand_over"

    def change(self, subject: Transfer, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.handed_on, subject.way, subject.taken_by = data["on"], data["way"], data["taken_by"]


class RecordReceipt(_Step):
    """The organ confirmed in writing that it has them."""

    name = "clues.receipt"
    label = gettext_lazy("Record the organ's receipt")
    form = ReceiptForm
    primary, transition = 40, "receive"

    def change(self, subject: Transfer, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.received_on, subject.receipt = data["on"], data["receipt"]


class RecordAnswer(_Step):
    """The organ told what came of it."""

    name = "clues.answer"
    label = gettext_lazy("Record the result")
    form = AnswerForm
    primary, transition = 30, "answer"

    def change(self, subject: Transfer, data: Mapping[str, Any], context: ActionContext) -> None:
        Answer.objects.create(transfer=subject, on=data["on"], kind=data["kind"], text=data["text"])


class StrikeTransfer(_Step):
    """It is not handed over: entered by mistake, or the facts did not hold. A number that was given stays used."""

    name = "clues.strike"
    label = gettext_lazy("Strike")
    form = ReasonForm
    transition = "strike"

    def change(self, subject: Transfer, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.struck_on, subject.strike_reason = context.today, data["reason"]


ACTIONS = (
    DraftTransfer,
    CorrectTransfer,
    ReleaseTransfer,
    HandOver,
    RecordReceipt,
    RecordAnswer,
    StrikeTransfer,
)
