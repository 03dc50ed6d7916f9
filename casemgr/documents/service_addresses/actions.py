"""Recording what a party confirmed; the entry in force is the last one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.topics import Topic
from casemgr.cases.actions import CaseAction, archived_refusal
from casemgr.cases.models import Case, Participation
from casemgr.documents.service_addresses.current import confirmation_of
from casemgr.documents.service_addresses.forms import ConfirmAddressForm
from casemgr.documents.service_addresses.models import AddressConfirmation

KEPT = (
    "participation", "signed_on", "paper", "form", "address", "postal_code", "designated_name", "designated_relation",
    "agrees", "medium", "electronic_address",
)  # fmt: skip


class ConfirmAddress(CaseAction):
    """Where papers reach a party, who else receives them, and whether it agrees to electronic service."""

    name = "service_address.confirm"
    label = gettext_lazy("Record a confirmed address for service")
    topic = Topic.PARTIES
    roles = ("officer", "head")
    form = ConfirmAddressForm
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("Record the address again as it is: the entry in force is the last one.")

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        return archived_refusal(subject)

    def guard_refusals(self, subject: Case, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None:
            return []
        former = confirmation_of(data["participation"])
        if former is None or data["signed_on"] >= former.signed_on:
            return []
        message = _("A later confirmation is in force: an earlier one no longer changes where papers go.")
        return [Refusal("later-one", message, field="signed_on")]

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        part: Participation = data["participation"]
        if (former := confirmation_of(part)) is not None:
            former.ended_on = data["signed_on"]
            former.save()
        confirmation = AddressConfirmation(entered_by=context.actor, **{name: data[name] for name in KEPT})
        confirmation.save()
        for own in Participation.objects.filter(case_id=case.pk, party_id=part.party_id):
            own.consents_to_electronic_service = confirmation.agrees
            own.electronic_address = confirmation.electronic_address
            own.save()


ACTIONS = (ConfirmAddress,)
