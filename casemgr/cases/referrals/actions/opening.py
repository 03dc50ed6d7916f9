"""How a referral comes into the register: a letter that came in, or a case of ours that is referred."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Action, ActionContext
from casemgr.actions.errors import Forbidden, GuardRefused, Refusal
from casemgr.cases.about_case import AboutCase
from casemgr.cases.actions import archived_refusal
from casemgr.cases.models import Case, Referral, ReferralParty
from casemgr.cases.models.referrals import Direction
from casemgr.cases.referrals import forms
from casemgr.cases.referrals.actions.base import HANDS
from casemgr.cases.referrals.clocks import set_due_days
from casemgr.cases.referrals.receivers import procedure_of
from casemgr.cases.referrals.senders import withheld
from casemgr.cases.referrals.twins import twin_of
from casemgr.numbering.series import Series, allocate
from casemgr.numbering.series import declare as declare_series
from casemgr.organisation.scope import scope

SERIES = declare_series(Series("cases.referral", gettext_lazy("Referrals"), "达调移〔{year}〕{number}号"))


class RegisterReferral(Action):
    """An organ refers a dispute to us: the letter is entered, signed for on its day."""

    name = "referral.register"
    label = gettext_lazy("Register a referral")
    creates = True
    roles = HANDS
    form = forms.IncomingForm

    def is_permitted(self, subject: None, actor, today: date) -> bool:
        return bool(set(self.roles) & actor.role_codes(today))

    def guard_refusals(self, subject: None, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None or (found := twin_of(data["dock"], data["organ"], data["organ_number"])) is None:
            return []
        return [_registered_already(found)]

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> Referral:
        if not scope(context.actor, context.today).has_role(self.roles, procedure=data["procedure"], unit=data["unit"]):
            raise Forbidden(_("Your roles do not allow “%(action)s” here.") % {"action": self.label})
        referral = Referral(direction=Direction.IN, **context.form.values())
        referral.send()
        referral.receive()
        set_due_days(referral)
        referral.number = allocate(SERIES.code, context.today)
        try:
            with transaction.atomic():
                referral.save()
        except IntegrityError as error:  # somebody registered the same letter at the same moment
            if (found := twin_of(referral.dock, referral.organ, referral.organ_number)) is None:
                raise
            raise GuardRefused(refusals=[_registered_already(found)]) from error
        return referral


def _registered_already(found: Referral) -> Refusal:
    message = _("This referral is already registered: %(number)s.") % {"number": found}
    return Refusal("already-registered", message, field="organ_number")


class ReferCase(AboutCase):
    """Refer the dispute of a case to another organ or unit: prepared here, sent by its own step."""

    name = "referral.draft"
    label = gettext_lazy("Refer to another organ or unit")
    listed = False
    roles = HANDS
    form = forms.OutgoingForm

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        return archived_refusal(subject)

    def execute(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Referral:
        values = context.form.values()
        to_unit = values["to_unit"]
        referral = Referral(
            direction=Direction.INTERNAL if to_unit else Direction.OUT,
            procedure=subject.procedure,
            unit_id=subject.unit_id,
            case=subject,
            to_procedure=procedure_of(to_unit) if to_unit else "",
            **values,
        )
        if reason := withheld(referral, context.actor, context.today):
            raise GuardRefused(refusals=[Refusal("not-yours-to-refer", reason, field="kind")])
        set_due_days(referral)
        referral.number = allocate(SERIES.code, context.today)
        referral.save()
        for part in data["parties"]:
            ReferralParty.objects.create(referral=referral, party=part.party, side=part.get_role_display())
        return referral
