"""The first account: there is nobody yet who could open it, so the system does, once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy

from casemgr.actions.action import Action, ActionContext, Guard
from casemgr.audit.access import record_access
from casemgr.operation.accounts.log_in_actions import set_rule
from casemgr.operation.accounts.reach import ADMIN
from casemgr.operation.first_start import token
from casemgr.operation.first_start.forms import FirstStartForm
from casemgr.organisation.models import OfficeParticulars, RoleAssignment, Unit, User
from casemgr.organisation.office import forget
from casemgr.organisation.reference import BANNER, PARTICULARS
from casemgr.organisation.roles import SYSTEM

FACTOR_ROLES, FACTOR_DAYS = (ADMIN, "auditor"), 14
"""Whose password alone would open everything: they need a second factor, with two weeks to set it up (0034)."""


class FirstStart(Action):
    """Open the first administrator's account and enter the office's name; only while nobody has an account."""

    name, label, form, creates = "organisation.first_start", gettext_lazy("Start using casemgr"), FirstStartForm, True
    roles = (SYSTEM,)
    listed = False
    guards = (
        Guard(
            code="already-started",
            article="",
            message=gettext_lazy("This installation already has accounts. Log in, or ask its administrator."),
            check=lambda subject, data, today: token.is_open(),
        ),
    )

    def lock(self, subject: None) -> None:
        """Of two first starts at once the second waits here, and is then refused."""
        Unit.objects.select_for_update().get(code=BANNER)

    def is_permitted(self, subject: None, actor: Any, today: date) -> bool:
        return SYSTEM in actor.role_codes(today)

    def execute(self, subject: None, data: Mapping, context: ActionContext) -> User:
        user = User(
            username=data["username"],
            full_name=data["full_name"],
            must_change_password=data["must_change_password"],
        )
        user.set_password(data["password"])
        user.save()
        RoleAssignment.objects.create(user=user, role=ADMIN, unit=Unit.objects.get(code=BANNER), from_on=context.today)
        OfficeParticulars.objects.create(**{**PARTICULARS, "name": data["office_name"]}, effective_on=context.today)
        forget()
        token.close()
        record_access(user, "first_start", user)
        for role in FACTOR_ROLES:
            set_rule(role, context.today + timedelta(days=FACTOR_DAYS), user)
        return user


ACTIONS = (FirstStart,)
