"""Entering a dispute (dossier §1.4, T2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.cases import events
from casemgr.cases.actions import settle
from mediation.actions.base import MediationAction
from mediation.models import MediationCase, MediationFacts
from mediation.registration.form import RegisterForm
from mediation.registration.recording import create_case
from mediation.terms import Source

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Register(MediationAction):
    """Register a dispute: it gets its committee's next number."""

    name = "mediation.register"
    label = gettext_lazy("Register a dispute")
    creates = True
    form = RegisterForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> MediationCase:
        form: RegisterForm = context.form
        on = data["registered_on"]
        names = ("source", "sub_source", "dispute_type", "sub_type", "place", "summary", "amount_yuan")
        facts = MediationFacts(
            **{name: data[name] for name in names},
            requested_at=datetime.combine(on, time(9), SHANGHAI) if data["source"] == Source.APPLICATION else None,
        )
        case = create_case(
            parts=form.parts(context.actor, context.today),
            facts=facts,
            unit=data["unit"] or form.default_unit,
            lead_handler=context.actor,
            opened_on=on,
            today=context.today,
        )
        events.record(case, "registered", on)
        if data["source"] == Source.APPLICATION:
            events.record(case, "application_received", on)
        settle(case, context.today)
        return case


REGISTRATION = (Register,)
