"""Entering a dispute (dossier §1.4, T2), and with it taking it on when all stand there and agree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.perform import perform
from mediation.actions.base import MediationAction
from mediation.models import MediationCase
from mediation.registration.entering import register_dispute
from mediation.registration.form import RegisterForm
from mediation.registration.past import record_past
from mediation.registration.past_form import RECORDING_ROLES, RecordPastDisputeForm


class Register(MediationAction):
    """Register a dispute: it gets its committee's next number."""

    name = "mediation.register"
    label = gettext_lazy("Register a dispute")
    creates = True
    form = RegisterForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> MediationCase:
        case = register_dispute(context.form, data, context.actor, context.today)
        if data["lead"] is not None:
            perform("lead.convert", data["lead"], {"case": case.pk}, context.actor, context.today)
        if data["accept_now"]:
            perform("mediation.examine", case, {"met": ["civil", "parties", "claim"]}, context.actor, context.today)
            perform("mediation.accept", case, {"on": data["registered_on"]}, context.actor, context.today)
            return MediationCase.objects.get(pk=case.pk)
        return case


class RecordPastCase(MediationAction):
    """Enter a dispute of the past as far as its facts reach; what is not known stays open and no clock runs."""

    name = "mediation.record_past_case"
    label = gettext_lazy("Enter a case of the past")
    roles = RECORDING_ROLES
    creates = True
    listed = False
    form = RecordPastDisputeForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> MediationCase:
        return record_past(context.form, data, context.actor, context.today)


REGISTRATION = (Register, RecordPastCase)
