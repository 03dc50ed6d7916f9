"""The way of a batch: computed and submitted by the town, approved by the bureau, published, paid by finance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import GuardRefused, Refusal
from mediation.models import BatchState, SubsidyBatch, SubsidyGrade, SubsidyRate
from mediation.organisations.actions.base import CreateAction, RecordAction
from mediation.organisations.permission import SECTION, TOWN, reaches
from mediation.subsidy import forms
from mediation.subsidy.computing import changed_since, compute, drop_claims

FINANCE = ("finance",)
NAMED = 5


class ComputeBatch(CreateAction):
    """The town's office has the subsidy of its mediators computed for a span of days."""

    name = "subsidy.compute"
    label = gettext_lazy("Compute a batch")
    model = SubsidyBatch
    roles = TOWN
    form = forms.ComputeForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> SubsidyBatch:
        also = [case.pk for case in data["also"]]
        return compute(data["unit"], data["first_on"], data["last_on"], context.today, context.actor, also)


class BatchAction(RecordAction):
    """Base: on a batch. Whoever took one step of it does not take the next, nor does whom it pays."""

    model = SubsidyBatch
    by: tuple[str, ...] = ()
    """Columns of the people who may not take this step too."""

    def is_permitted(self, subject: SubsidyBatch, actor, today: date) -> bool:
        return self._has_role(subject, actor, today) and not self._is_bound(subject, actor)

    def _has_role(self, subject: SubsidyBatch, actor, today: date) -> bool:
        return reaches(actor, self.roles, [subject.unit_id], today)

    def _is_bound(self, subject: SubsidyBatch, actor) -> bool:
        if not self.by:
            return False
        if actor.pk in {getattr(subject, f"{column}_id") for column in self.by}:
            return True
        return subject.results.filter(shares__mediator__user_id=actor.pk, shares__amount_yuan__gt=0).exists()

    def forbidden_message(self, subject: SubsidyBatch, actor, today: date) -> str:
        if self._has_role(subject, actor, today):
            return _("Four eyes: whoever took an earlier step of the batch, or is paid by it, does not take this one.")
        return super().forbidden_message(subject, actor, today)


class PassOn(BatchAction):
    """Base: a step towards payment. What was entered of its cases since they were judged sends the batch back."""

    def guard_refusals(self, subject: SubsidyBatch, data: Mapping[str, Any] | None, today: date) -> list[Refusal]:
        refusals = super().guard_refusals(subject, data, today)
        if data is None or not (numbers := changed_since(subject, today)):
            return refusals
        text = _("Something was entered since that changes what is paid: %(cases)s. Return the batch and compute anew.")
        named = "、".join(numbers[:NAMED]) + ("……" if len(numbers) > NAMED else "")
        return [*refusals, Refusal("changed-since", text % {"cases": named})]


class SubmitBatch(PassOn):
    """The town's office passes the batch on to the bureau."""

    name = "subsidy.submit"
    label = gettext_lazy("Submit to the bureau")
    primary = 10
    roles = TOWN
    transition = "submit"

    def change(self, subject: SubsidyBatch, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.submitted_by, subject.submitted_on = context.actor, context.today


class ApproveBatch(PassOn):
    """The bureau approves what is paid."""

    name = "subsidy.approve"
    label = gettext_lazy("Approve the batch")
    consequence = gettext_lazy("The sums go to public notice and then to finance.")
    binding = True
    primary = 10
    roles = SECTION
    by = ("computed_by", "submitted_by")
    transition = "approve"
    form = forms.OpinionForm

    def change(self, subject: SubsidyBatch, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.approved_by, subject.approved_on = context.actor, context.today
        subject.opinion = data["opinion"]


class PublishBatch(PassOn):
    """The list hangs out with masked names, so that anybody can object."""

    name = "subsidy.publish"
    label = gettext_lazy("Enter the public notice")
    primary = 10
    roles = SECTION
    transition = "publish"
    form = forms.NoticeForm

    def change(self, subject: SubsidyBatch, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.notice_from = data["notice_from"]
        subject.notice_until = data["notice_from"] + timedelta(days=data["days"])
        subject.notice_place = data["notice_place"]


class PayBatch(PassOn):
    """Finance paid the sums."""

    name = "subsidy.pay"
    label = gettext_lazy("Record the payment")
    consequence = gettext_lazy("The batch is closed; its sums count as paid.")
    binding = True
    primary = 10
    roles = FINANCE
    by = ("computed_by", "submitted_by", "approved_by")
    transition = "pay"
    form = forms.PayForm

    def _has_role(self, subject: SubsidyBatch, actor, today: date) -> bool:
        return "finance" in actor.role_codes(today)

    def change(self, subject: SubsidyBatch, data: Mapping[str, Any], context: ActionContext) -> None:
        if subject.notice_until is None or data["paid_on"] <= subject.notice_until:
            text = _("The public notice runs until %(day)s; pay after it.")
            day = subject.notice_until.isoformat() if subject.notice_until else "—"
            raise GuardRefused(refusals=[Refusal("notice-runs", text % {"day": day}, field="paid_on")])
        subject.paid_by, subject.paid_on = context.actor, data["paid_on"]
        subject.voucher = data["voucher"]


class DropBatch(BatchAction):
    """A batch in which something is wrong is given back whole; its disputes are free for another one."""

    name = "subsidy.drop"
    label = gettext_lazy("Return the batch")
    consequence = gettext_lazy("The batch pays for nothing. Its results stay on record; a new batch is computed.")
    binding = True
    roles = (*TOWN, *FINANCE)
    transition = "drop"
    form = forms.ReasonForm

    def _has_role(self, subject: SubsidyBatch, actor, today: date) -> bool:
        if subject.state == BatchState.COMPUTED:
            return reaches(actor, TOWN, [subject.unit_id], today)
        if subject.state in (BatchState.APPROVED, BatchState.NOTICE) and "finance" in actor.role_codes(today):
            return True
        return reaches(actor, SECTION, [subject.unit_id], today)

    def change(self, subject: SubsidyBatch, data: Mapping[str, Any], context: ActionContext) -> None:
        drop_claims(subject)
        subject.dropped_on, subject.drop_reason = context.today, data["reason"]


class SetRate(CreateAction):
    """A new rate table from a day on; the one before ends the day before."""

    name = "subsidy.set_rate"
    label = gettext_lazy("Enter a rate table")
    model = SubsidyRate
    roles = SECTION
    form = forms.RateForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> SubsidyRate:
        before = SubsidyRate.objects.filter(from_on__lt=data["from_on"]).order_by("-from_on").first()
        if SubsidyRate.objects.filter(from_on__gte=data["from_on"]).exists():
            text = _("A rate table begins on that day or later already. Choose a later day.")
            raise GuardRefused(refusals=[Refusal("order", text, field="from_on")])
        if before is not None:
            before.until_on = data["from_on"] - timedelta(days=1)
            before.save()
        rate = SubsidyRate(code=data["code"], from_on=data["from_on"], basis=data["basis"])
        rate.save()
        for rank, row in enumerate(reversed(data["grades"]), 1):
            SubsidyGrade.objects.create(rate=rate, rank=rank, **row)
        return rate


ACTIONS = (ComputeBatch, SubmitBatch, ApproveBatch, PublishBatch, PayBatch, DropBatch, SetRate)
