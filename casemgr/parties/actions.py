"""What people can do in the registry. Any role may enter a party; correcting one asks for it to be in scope."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from casemgr.actions.action import Action, ActionContext
from casemgr.actions.registry import register as register_actions
from casemgr.organisation.roles import KEEPERS
from casemgr.parties import capacity_actions, merging, registry, splitting
from casemgr.parties.data_requests import actions as requests
from casemgr.parties.forms import CorrectPartyForm, PartyForm
from casemgr.parties.models import Party
from casemgr.parties.scope import may_handle


class Register(Action):
    """Enter a party, or find the known one."""

    name, label = "party.register", _("Register party")
    form, roles, creates = PartyForm, KEEPERS, True
    model = Party

    def execute(self, subject: None, data: Mapping, context: ActionContext) -> Party:
        return registry.find_or_create(context.form.party_data(), context.actor, context.today)


class Correct(Action):
    """Put plain data right; history keeps what stood before, with the reason."""

    name, label = "party.correct", _("Correct")
    form, roles = CorrectPartyForm, KEEPERS
    model = Party

    def is_visible(self, subject: Party, actor, today: date) -> bool:
        return may_handle(actor, subject, today)

    def execute(self, subject: Party, data: Mapping, context: ActionContext) -> Party:
        return registry.correct(
            subject,
            context.form.party_data(),
            context.today,
            keep_former_name=data["keep_former_name"],
            forget_phone=data["forget_phone"],
        )


def register() -> None:
    register_actions(
        Register, Correct, *capacity_actions.ACTIONS, *merging.ACTIONS, *splitting.ACTIONS, *requests.ACTIONS
    )
