"""An item of an office's ledger, entered in one step through the steps a person takes one by one."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.perform import perform
from casemgr.actions.records import ByRole, CreateAction
from casemgr.pages.forms import DateField
from litigation.backlog.actions import Clear, EnterItem, Verify
from litigation.backlog.forms import ItemForm
from litigation.models import BacklogItem, BacklogMeasure
from litigation.roles import LIAISON

FOUND = "按积案台账录入"
"""The finding of what was verified and cleared before casemgr."""


class PastItemForm(ItemForm):
    """An item with what became of it. `known_to_month`: columns, between blanks, whose day stands for its month, some
    with the words of the source behind them."""

    measure = forms.CharField(label=gettext_lazy("What was done"), required=False, max_length=500)
    cleared_on = DateField(label=gettext_lazy("Cleared on"), required=False)
    proof = forms.CharField(label=pgettext_lazy("performance", "Proof"), required=False, max_length=300)
    known_to_month = forms.CharField(label=gettext_lazy("Days known to the month only"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["known_to_month"] = (data.get("known_to_month") or "").split()
        on, due = data.get("cleared_on"), data.get("perform_due_on")
        if data.get("proof") and not on and "cleared_on" not in self.errors:
            self.add_error("cleared_on", _("A proof of clearance is written, but not the day: enter it."))
        if on is None:
            return data
        if on > self.today:
            self.add_error("cleared_on", _("The day lies in the future. Enter the day on which it really happened."))
        if (effective := data.get("effective_on")) and on < effective:
            self.add_error("cleared_on", _("It cannot have been performed before the ruling was effective."))
        if due and due >= self.today:
            self.add_error(
                "cleared_on", _("The term has not passed yet: what is performed in its term is no backlog item.")
            )
        if not data.get("proof"):
            self.add_error("proof", _("Nothing is cleared without proof: write what shows full performance."))
        self._check_paid(data)
        return data

    def _check_paid(self, data: Mapping[str, Any]) -> None:
        total, paid = data.get("amount_yuan"), data.get("performed_yuan") or Decimal("0.00")
        if total is not None and paid and paid < total:
            self.add_error("performed_yuan", _("Paid in part is not cleared. Correct the amount, or the clearance."))


class RecordPastItem(ByRole, CreateAction):
    """Enter an item as a ledger tells it: verified once its term is over, and cleared where it says so with proof."""

    name = "backlog.record_past_item"
    label = gettext_lazy("Enter a backlog item of a ledger")
    roles = LIAISON
    listed = False
    form = PastItemForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> BacklogItem:
        item = EnterItem().execute(None, data, context)
        item.known_to_month = data["known_to_month"]
        if data["measure"]:
            BacklogMeasure.objects.create(
                item=item,
                on=context.today,
                kind=BacklogMeasure.Kind.PLAN,
                text=data["measure"],
                entered_by=context.actor if context.actor.pk else None,
            )
        item.save()
        if item.perform_due_on >= context.today:
            return item
        said = {"on": context.today, "is_effective": True, "has_duty": True, "is_overdue": True, "finding": FOUND}
        perform(Verify.name, item, said, context.actor, context.today)
        if data["cleared_on"]:
            claimed = {"performed_on": data["cleared_on"], "proof": data["proof"]}
            perform("backlog.claim", item, claimed, context.actor, context.today)
            perform(Clear.name, item, {"on": context.today, "reason": FOUND}, context.actor, context.today)
        return item


__all__ = ["PastItemForm", "RecordPastItem"]
