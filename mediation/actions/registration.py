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


class Register(MediationAction):
    """Register a dispute: it gets its committee's next number."""

    name = "mediation.register"
    label = gettext_lazy("Register a dispute")
    creates = True
    form = RegisterForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> MediationCase:
        case = register_dispute(context.form, data, context.actor, context.today)
        if data["accept_now"]:
            perform("mediation.examine", case, {"met": ["civil", "parties", "claim"]}, context.actor, context.today)
            perform("mediation.accept", case, {"on": data["registered_on"]}, context.actor, context.today)
            return MediationCase.objects.get(pk=case.pk)
        return case


REGISTRATION = (Register,)
