"""Suits of the past, as ledgers and other sources tell them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.parties.registry import find_or_create
from litigation.actions.base import LitigationAction
from litigation.models import LitigationCase
from litigation.registration.form import following_unit
from litigation.registration.past import new_file, record_later, record_past, told_by
from litigation.registration.past_form import PastSuitForm
from litigation.roles import LIAISON
from litigation.states import EVERYWHERE


class RecordPastCase(LitigationAction):
    """Enter a suit of the past as far as its source reaches; what is not known stays open and no clock runs."""

    name = "litigation.record_past_case"
    label = gettext_lazy("Enter a suit of the past")
    roles = LIAISON
    creates = True
    listed = False
    form = PastSuitForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        unit = following_unit(context.actor, context.today)
        file = new_file(context.form, lambda party: find_or_create(party, context.actor, context.today), unit)
        return record_past(file, context.today)


class RecordPastInstance(LitigationAction):
    """Enter a later instance of a file as far as its source reaches."""

    name = "litigation.record_past_instance"
    label = gettext_lazy("Enter a later instance of the past")
    roles = LIAISON
    listed = False
    form = PastSuitForm
    states = EVERYWHERE
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("Correct the instance's number or court instead.")

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        return record_later(subject, told_by(context.form), context.today)


PAST = (RecordPastCase, RecordPastInstance)
