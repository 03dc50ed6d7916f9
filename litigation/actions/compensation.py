"""State compensation: the request, its decision, and the payment (State Compensation Law, art. 9, 13, 14, 37, 39)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.day_forms import DayForm, offer_parties
from casemgr.cases.models import Case
from casemgr.parties.models import Party
from litigation.actions.base import LitigationAction
from litigation.actions.performance import OPEN, PerformanceAction, enter_performance
from litigation.actions.performance_forms import ObligationDayForm
from litigation.file_kinds import ONLY_SUITS
from litigation.following import agencies_of
from litigation.models import LitigationCase, Obligation
from litigation.obligations import open_amount
from litigation.states import RUNNING

ASKING = [
    ("harm_known", gettext_lazy("The claimant knew of the harm")),
    ("compensation_asked", gettext_lazy("The agency received the request")),
    ("compensation_decided", gettext_lazy("The agency decided")),
    ("compensation_served", gettext_lazy("The decision was served")),
]
PAYING = [
    ("payment_asked", gettext_lazy("The claimant asked for payment")),
    ("payment_filed", gettext_lazy("Request sent to the finance department")),
    ("paid", gettext_lazy("Paid by the finance department")),
]
BEFORE = {
    "compensation_decided": "compensation_asked",
    "compensation_served": "compensation_decided",
    "payment_filed": "payment_asked",
    "paid": "payment_filed",
}
"""Which step each follows from."""


def check_order(form: DayForm, data: Mapping[str, Any], facts: list[events.Fact]) -> None:
    """The step before must be recorded, and not lie later."""
    earlier = BEFORE.get(data.get("step") or "")
    if earlier is None or not data.get("on"):
        return
    known = events.last_of(facts, earlier)
    if known is None:
        label = dict([*ASKING, *PAYING])[earlier]
        form.add_error("step", _("Record first: %(step)s") % {"step": label})
    elif known.occurred_on > data["on"]:
        form.add_error("on", _("It cannot be before the step it follows from. Check both dates."))


class CompensationForm(DayForm):
    party = forms.ModelChoiceField(Party.objects.none(), label=gettext_lazy("Agency"))
    step = forms.ChoiceField(label=gettext_lazy("What happened"), choices=ASKING, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_parties(self.fields["party"], {part.party_id: part.name for part in agencies_of(self.subject)})

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("party"):
            own = [fact for fact in events.facts_of(self.subject) if fact.party_id == data["party"].pk]
            check_order(self, data, own)
        return data


class RecordCompensation(LitigationAction):
    """The request to the agency itself: two months to decide, ten days to serve, three months to sue (art. 13, 14)."""

    name = "litigation.record_compensation"
    file_kinds: ClassVar = ONLY_SUITS
    label = gettext_lazy("Record a step of a compensation request")
    form = CompensationForm
    states = (*RUNNING, "JUDGED", *OPEN)

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        kept = {"note": data["note"]} if data.get("note") else {}
        events.record(subject, data["step"], data["on"], party=data["party"], **kept)
        settle(subject, context.today)
        return subject


class PaymentForm(ObligationDayForm):
    step = forms.ChoiceField(label=gettext_lazy("What happened"), choices=PAYING, widget=forms.RadioSelect)
    proof = forms.CharField(label=pgettext_lazy("performance", "Proof"), max_length=300, required=False)

    def choices(self) -> list[Obligation]:
        return [one for one in super().choices() if one.amount_yuan is not None]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("obligation"):
            own = [fact for fact in events.facts_of(self.subject) if fact.subject == data["obligation"].subject]
            check_order(self, data, own)
        if data.get("step") == "paid" and not data.get("proof"):
            self.add_error("proof", _("Enter the transfer slip: without proof nothing is performed."))
        return data


class RecordPayment(PerformanceAction):
    """Seven days to the finance department, which pays within fifteen (art. 37). Sent on is not paid."""

    name = "litigation.record_payment"
    file_kinds: ClassVar = ONLY_SUITS
    label = gettext_lazy("Record a step of the payment by the finance department")
    form = PaymentForm

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        one = data["obligation"]
        self.happened(case, data["step"], data["on"], one, note=data.get("note"))
        if data["step"] == "paid":
            enter_performance(case, one, data["on"], open_amount(one), proof=data["proof"])


COMPENSATION = (RecordCompensation, RecordPayment)
