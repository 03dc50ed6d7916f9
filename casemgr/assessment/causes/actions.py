"""The office names kinds of flaw, and says which a case has whose own record names none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.records import ByRole, CreateAction, EnterAction, RecordAction, take
from casemgr.assessment.causes import forms
from casemgr.assessment.models import CauseRecord, Flaw
from casemgr.assessment.roles import OFFICE

SAID = ("article", "flaws", "note")


class AddFlaw(ByRole, EnterAction):
    name = "flaw.add"
    label = gettext_lazy("Add a kind of flaw")
    roles = OFFICE
    form = forms.AddFlawForm
    makes, columns = Flaw, ("code", "name", "order")


class EditFlaw(ByRole, RecordAction):
    """Another name or place; what is no longer chosen stays where it was entered."""

    name = "flaw.edit"
    label = gettext_lazy("Change the kind of flaw")
    roles = OFFICE
    model: ClassVar = Flaw
    form = forms.EditFlawForm
    columns = ("name", "order", "is_used")

    def is_visible(self, subject: Flaw, actor: Any, today: date) -> bool:
        return True


class EnterCause(ByRole, CreateAction):
    name = "cause.enter"
    label = gettext_lazy("Say which flaws it has")
    roles = OFFICE
    form = forms.CauseForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> CauseRecord:
        made = CauseRecord(entered_by=context.actor, entered_on=context.today)
        take(made, data, ("case", *SAID))
        made.save()
        return made


class EditCause(ByRole, RecordAction):
    name = "cause.edit"
    label = gettext_lazy("Change the flaws")
    roles = OFFICE
    model: ClassVar = CauseRecord
    form = forms.CauseForm
    columns = SAID

    def change(self, record: CauseRecord, data: Mapping[str, Any], context: ActionContext) -> None:
        super().change(record, data, context)
        record.entered_by, record.entered_on = context.actor, context.today


ACTIONS = (AddFlaw, EditFlaw, EnterCause, EditCause)
