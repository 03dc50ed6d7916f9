"""Entering a suit: the court's papers came to one of the banner's agencies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from litigation.actions.base import LitigationAction
from litigation.models import LitigationCase
from litigation.registration.entering import register_suit
from litigation.registration.form import REGISTERING_ROLES, RegisterForm


class Register(LitigationAction):
    """Register a suit: it gets the next number, and each agency's fifteen days begin with its own receipt."""

    name = "litigation.register"
    label = gettext_lazy("Register a suit")
    creates = True
    roles = REGISTERING_ROLES
    form = RegisterForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        return register_suit(context.form, data, context.actor, context.today)


REGISTRATION = (Register,)
