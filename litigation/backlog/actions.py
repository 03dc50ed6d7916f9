"""What is done about the backlog: told, verified, taken into the base, worked on, claimed, cleared, written off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.records import ByRole, CreateAction, RecordAction, take
from casemgr.numbering.series import Series, allocate, declare
from litigation.backlog import forms
from litigation.backlog.base import ItemStep
from litigation.backlog.letters.escalation import set_default
from litigation.backlog.proof.keeping import keep_proof
from litigation.backlog.states import OPEN, BacklogState
from litigation.models import (
    BacklogItem,
    BacklogMeasure,
    BacklogYear,
    JointUnit,
    SelfCheckReturn,
    SnapshotEntry,
)
from litigation.roles import BOTH, LIAISON

SERIES = declare(Series("litigation.backlog", gettext_lazy("Backlog items"), "达积案〔{year}〕{number}号"))
SAID = (
    *("unit", "ruling_kind", "court", "court_number", "court_key", "outcome", "creditor", "effective_on"),
    *("perform_due_on", "duty", "amount_yuan", "performed_yuan", "leader", "finish_on", "case", "obligation", "note"),
)
S = BacklogState


class _Create(ByRole, CreateAction):
    roles = BOTH


class EnterItem(_Create):
    """Tell of an effective ruling that is not performed."""

    name = "backlog.enter"
    label = gettext_lazy("Enter a backlog item")
    form = forms.ItemForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> BacklogItem:
        item, joint_units = entered_by(data)
        item.number = allocate(SERIES.code, context.today)
        item.save()
        for one in joint_units:
            one.save()
        return item


def entered_by(data: Mapping[str, Any]) -> tuple[BacklogItem, list[JointUnit]]:
    """The item that is entered, and who is liable with its unit; its number is still to come."""
    item = BacklogItem()
    take(item, data, SAID)
    return item, [JointUnit(item=item, unit=unit) for unit in data["joint_units"]]


class CorrectItem(ItemStep):
    """Correct what was entered; a base that was taken keeps what it took."""

    name = "backlog.correct"
    label = gettext_lazy("Correct the item")
    form = forms.ItemForm
    states = (S.CANDIDATE, *OPEN)

    def form_values(self, subject: BacklogItem, at: Any) -> Mapping[str, Any]:
        values = {name: getattr(subject, name) for name in SAID}
        joint = [one.unit_id for one in subject.joint_units.all()]
        file_number = subject.case.number if subject.case is not None else ""
        return {**values, "unit": subject.unit_id, "joint_units": joint, "file_number": file_number,
                "obligation": subject.obligation_id}  # fmt: skip

    def change(self, item: BacklogItem, data: Mapping[str, Any], context: ActionContext) -> None:
        item.known_to_month = [
            told
            for told in item.known_to_month
            if (name := told.partition("=")[0]) not in SAID or data[name] == getattr(item, name)
        ]
        take(item, data, SAID)
        wanted = {unit.pk for unit in data["joint_units"]}
        for one in item.joint_units.all():
            if one.unit_id not in wanted:
                one.delete()
            wanted.discard(one.unit_id)
        for pk in wanted:
            JointUnit.objects.create(item=item, unit_id=pk)


class Verify(ItemStep):
    """The justice bureau has looked: effective, something owed, the term over."""

    name = "backlog.verify"
    label = gettext_lazy("Verify")
    roles = LIAISON
    form = forms.VerifyForm
    primary, transition = 60, "verify"

    def change(self, item: BacklogItem, data: Mapping[str, Any], context: ActionContext) -> None:
        item.verified_on, item.finding = data["on"], data["finding"]


class Drop(ItemStep):
    """It is none: not effective, nothing owed, or performed before the base was taken."""

    name = "backlog.drop"
    label = gettext_lazy("Drop: no backlog item")
    roles = LIAISON
    form = forms.ReasonForm
    transition = "drop"

    def change(self, item: BacklogItem, data: Mapping[str, Any], context: ActionContext) -> None:
        item.finding = data["reason"]


class Plan(ItemStep):
    """Who is in charge, until when, and how."""

    name = "backlog.plan"
    label = gettext_lazy("Plan how it is cleared")
    form = forms.PlanForm
    primary, transition = 55, "work"

    def change(self, item: BacklogItem, data: Mapping[str, Any], context: ActionContext) -> None:
        take(item, data, ("leader", "finish_on"))
        _measure(item, BacklogMeasure.Kind.PLAN, data["text"], context.today, context)


def _measure(item: BacklogItem, kind: str, text: str, on: date, context: ActionContext, amount: Any = None) -> None:
    by = context.actor if context.actor.pk else None
    BacklogMeasure.objects.create(item=item, on=on, kind=kind, text=text, amount_yuan=amount, entered_by=by)


class AddMeasure(ItemStep):
    """What was done. Paid in part is not cleared."""

    name = "backlog.add_measure"
    label = gettext_lazy("Enter a measure")
    form = forms.MeasureForm
    states = OPEN

    def change(self, item: BacklogItem, data: Mapping[str, Any], context: ActionContext) -> None:
        _measure(item, data["kind"], data["text"], data["on"], context, data["amount_yuan"])
        if data["kind"] == BacklogMeasure.Kind.PAYMENT:
            item.performed_yuan += data["amount_yuan"]


class Claim(ItemStep):
    """Ask for the item to be cleared, with proof of full performance."""

    name = "backlog.claim"
    label = gettext_lazy("Claim clearance")
    form = forms.ClaimForm
    primary, transition = 50, "claim"

    def change(self, item: BacklogItem, data: Mapping[str, Any], context: ActionContext) -> None:
        take(item, data, ("performed_on", "proof"))
        item.claimed_on = context.today
        keep_proof(item, data, context)


class Clear(ItemStep):
    """The proof shows that every obligation is performed: the item is cleared as of the day of performance."""

    name = "backlog.clear"
    label = pgettext_lazy("backlog", "Approve clearance")
    consequence = gettext_lazy("The item is cleared as of the day of full performance and counts towards the target.")
    binding = True
    roles = LIAISON
    form = forms.ReasonForm
    primary, transition = 65, "clear"

    def change(self, item: BacklogItem, data: Mapping[str, Any], context: ActionContext) -> None:
        item.cleared_on = item.performed_on
        item.finding = data["reason"]
        if item.amount_yuan is not None:
            item.performed_yuan = item.amount_yuan


class GiveBack(ItemStep):
    """The proof does not show full performance."""

    name = "backlog.give_back"
    label = gettext_lazy("Return the claim")
    roles = LIAISON
    form = forms.ReasonForm
    transition = "give_back"

    def change(self, item: BacklogItem, data: Mapping[str, Any], context: ActionContext) -> None:
        item.finding, item.claimed_on, item.performed_on = data["reason"], None, None


class Pause(ItemStep):
    """A retrial was ordered, or the court suspended execution: it stays in the base."""

    name = "backlog.pause"
    label = gettext_lazy("Pause: a court stopped performance")
    roles = LIAISON
    form = forms.CourtPaperForm
    transition = "pause"

    def change(self, item: BacklogItem, data: Mapping[str, Any], context: ActionContext) -> None:
        item.court_paper, item.finding = data["court_paper"], data["reason"]


class Resume(ItemStep):
    """The court lets performance go on."""

    name = "backlog.resume"
    label = gettext_lazy("Go on after a pause")
    roles = LIAISON
    form = forms.CourtPaperForm
    transition, primary = "work", 40

    def state_refusal(self, subject: BacklogItem, today: date) -> Refusal | None:
        if subject.state != S.PAUSED:
            return Refusal("wrong-state", _("The item is not paused."))
        return None

    def change(self, item: BacklogItem, data: Mapping[str, Any], context: ActionContext) -> None:
        item.court_paper, item.finding = data["court_paper"], data["reason"]


class Reopen(ItemStep):
    """A settlement was broken, a proof was false, or the new act was annulled again (Litigation Law, art. 71)."""

    name = "backlog.reopen"
    label = pgettext_lazy("backlog", "Reopen")
    roles = LIAISON
    form = forms.ReopenForm
    transition = "reopen"

    def change(self, item: BacklogItem, data: Mapping[str, Any], context: ActionContext) -> None:
        item.finding, item.cleared_on, item.performed_on, item.claimed_on = data["reason"], None, None, None
        item.performed_yuan = data.get("performed_yuan", item.performed_yuan)


class WriteOff(ItemStep):
    """The ruling itself is gone: annulled or void by a court's paper. Nothing else takes an item out of the base."""

    name = "backlog.write_off"
    label = gettext_lazy("Write off: the ruling was annulled")
    consequence = gettext_lazy("The item leaves the base of its year. Only a court's paper allows it.")
    binding = True
    roles = LIAISON
    form = forms.CourtPaperForm
    transition = "write_off"

    def change(self, item: BacklogItem, data: Mapping[str, Any], context: ActionContext) -> None:
        item.written_off_on, item.court_paper, item.finding = data["on"], data["court_paper"], data["reason"]


ITEM_ACTIONS = (
    *(EnterItem, CorrectItem, Verify, Drop, Plan, AddMeasure, Claim, Clear, GiveBack, Pause, Resume, Reopen, WriteOff),
)


class SetYear(_Create):
    """What the banner's plan of a year says."""

    name = "backlog.set_year"
    label = gettext_lazy("Set the year's plan")
    roles = ("liaison", "leader")
    form = forms.YearForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> BacklogYear:
        year = BacklogYear.objects.create(
            **{name: data[name] for name in ("year", "self_check_until", "target", "target_on", "basis")}
        )
        set_default(year)
        return year


class YearStep(ByRole, RecordAction):
    model: ClassVar = BacklogYear
    roles = ("liaison", "leader")

    def is_visible(self, subject: BacklogYear, actor: Any, today: date) -> bool:
        return True


class CorrectYear(YearStep):
    """The plan was changed by another document."""

    name = "backlog.correct_year"
    label = gettext_lazy("Change the year's plan")
    form = forms.YearForm

    def change(self, year: BacklogYear, data: Mapping[str, Any], context: ActionContext) -> None:
        take(year, data, ("year", "self_check_until", "target", "target_on", "basis"))


class TakeSnapshot(YearStep):
    """Take the year's base once: verified items whose term had ended and that were not performed on that day."""

    name = "backlog.take_snapshot"
    label = gettext_lazy("Take the base")
    consequence = gettext_lazy(
        "The base is fixed with its day and your name. Later corrections are shown beside it and never change it."
    )
    binding = True
    form = forms.SnapshotForm
    primary = 60

    def state_refusal(self, subject: BacklogYear, today: date) -> Refusal | None:
        if subject.snapshot_on is not None:
            return Refusal("taken-already", _("The base of this year is taken already."))
        return None

    def change(self, year: BacklogYear, data: Mapping[str, Any], context: ActionContext) -> None:
        on = data["on"]
        found = candidates(on).select_for_update(of=("self",)).order_by("pk")
        for item in found:
            SnapshotEntry.objects.create(
                year=year,
                item=item,
                unit_id=item.unit_id,
                perform_due_on=item.perform_due_on,
                amount_yuan=item.amount_yuan,
            )
            if item.state == S.VERIFIED:
                item.enter_base()
                item.version += 1
                item.save()
        year.snapshot_on, year.snapshot_by = on, context.actor


def candidates(on: date) -> Any:
    """Items that belong in a base taken on the day (dossier §4.4)."""
    rows = BacklogItem.objects.filter(state__in=OPEN, perform_due_on__lte=on, verified_on__lte=on)
    return rows.filter(cleared_on__isnull=True)


class SubmitReturn(_Create):
    """Hand in a unit's signed self-check of a quarter, also when there is nothing."""

    name = "backlog.submit_return"
    label = gettext_lazy("Hand in a self-check return")
    form = forms.ReturnForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> SelfCheckReturn:
        return SelfCheckReturn.objects.create(
            **{name: data[name] for name in ("unit", "year", "quarter", "own_cases", "unperformed", "signed_by",
                                             "submitted_on", "note")},
            entered_by=context.actor,
        )  # fmt: skip


ACTIONS = (*ITEM_ACTIONS, SetYear, CorrectYear, TakeSnapshot, SubmitReturn)
