"""An item of an office's ledger, entered in one step through the steps a person takes one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.perform import perform
from casemgr.actions.records import ByRole, CreateAction
from casemgr.numbering.series import allocate
from casemgr.pages.forms import DateField
from litigation.backlog.actions import SERIES, Claim, Clear, Verify, entered_by
from litigation.backlog.forms import ItemForm
from litigation.models import BacklogItem, BacklogMeasure, JointUnit
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
        told = told_by(data, context.actor, context.today)
        told.item.number = allocate(SERIES.code, context.today)
        for row in told.all():
            row.save()
        for name, said in steps_of(told.item, data, context.today):
            perform(name, told.item, said, context.actor, context.today)
        return told.item


@dataclass
class ToldItem:
    """An item with the rows that hang on it, not yet saved; in the order in which they are."""

    item: BacklogItem
    joint_units: list[JointUnit]
    measures: list[BacklogMeasure]

    def all(self) -> Iterator[models.Model]:
        yield self.item
        yield from self.joint_units
        yield from self.measures


def told_by(data: Mapping[str, Any], actor: Any, today: date) -> ToldItem:
    """What a row tells, as it is entered; its number is still to come."""
    item, joint_units = entered_by(data)
    item.known_to_month = data["known_to_month"]
    return ToldItem(item, joint_units, [_measure(item, data["measure"], actor, today)] if data["measure"] else [])


def _measure(item: BacklogItem, text: str, actor: Any, today: date) -> BacklogMeasure:
    by = actor if actor.pk else None
    return BacklogMeasure(item=item, on=today, kind=BacklogMeasure.Kind.PLAN, text=text, entered_by=by)


def steps_of(item: BacklogItem, data: Mapping[str, Any], today: date) -> Iterator[tuple[str, dict[str, Any]]]:
    """The steps that people take one by one, by their actions, as far as the row tells them, with what is entered."""
    if item.perform_due_on >= today:
        return
    yield Verify.name, {"on": today, "is_effective": True, "has_duty": True, "is_overdue": True, "finding": FOUND}
    if data["cleared_on"]:
        yield Claim.name, {"performed_on": data["cleared_on"], "proof": data["proof"]}
        yield Clear.name, {"on": today, "reason": FOUND}


__all__ = ["PastItemForm", "RecordPastItem", "ToldItem", "steps_of", "told_by"]
