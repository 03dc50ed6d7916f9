"""Entering a case: a new application, or one of the past (Reconsideration Law 2023, art. 20–22, 29, 30)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from reconsideration.actions.base import OFFICER, ReconsiderationAction
from reconsideration.models import ReconsiderationCase
from reconsideration.registration.form import RegisterForm
from reconsideration.registration.past import record_past
from reconsideration.registration.past_form import RecordPastCaseForm
from reconsideration.registration.recording import register_case


class Register(ReconsiderationAction):
    """Register an application: it gets its number and the five working days of review begin (art. 30(1))."""

    name = "reconsideration.register"
    label = gettext_lazy("Register a reconsideration application")
    roles = OFFICER
    creates = True
    form = RegisterForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> ReconsiderationCase:
        return register_case(context.form, data, context.actor, context.today)


class RecordPastCase(ReconsiderationAction):
    """Enter a case of the past as far as its facts reach; what is not known stays open and no clock runs."""

    name = "reconsideration.record_past_case"
    label = gettext_lazy("Enter a case of the past")
    roles = OFFICER
    creates = True
    listed = False
    form = RecordPastCaseForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> ReconsiderationCase:
        return record_past(context.form, data, context.actor, context.today)


REGISTRATION = (Register, RecordPastCase)
