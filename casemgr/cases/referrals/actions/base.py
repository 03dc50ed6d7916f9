"""One step on a referral: the case it belongs to is locked first, then the referral."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Literal

from django.utils.translation import gettext as _

from casemgr.actions.action import Action, ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.transitions import is_possible
from casemgr.cases import held_entries
from casemgr.cases.models import Referral
from casemgr.cases.models.referrals import Direction
from casemgr.cases.referrals import receivers
from casemgr.cases.referrals.clocks import set_due_days
from casemgr.organisation.roles import HANDS, SYSTEM
from casemgr.organisation.scope import scope
from casemgr.pages.dates import long_date

Side = Literal["sender", "receiver", "either"]
DAYS = ("sent_on", "received_on", "answered_on", "result_on", "acknowledged_on")
"""In the order in which they come."""


class ReferralAction(Action):
    """One step. `side` says whose step it is; of a referral with an outside organ we record both sides' steps."""

    model: ClassVar = Referral
    roles = HANDS
    side: ClassVar[Side] = "either"
    transition: ClassVar[str] = ""
    states: ClassVar[tuple[str, ...]] = ()
    day: ClassVar[str] = ""
    """The column that takes the form's `on`."""
    news_fields: ClassVar[tuple[str, ...]] = (
        *("organ", "organ_number", "to_unit", "summary", "received_on", "answered_on", "decline_reason"),
        *("extended_to", "reply_due_on", "result_due_on", "result", "agreement_number", "performance", "agreed_facts"),
        *("next_step", "papers_returned_on"),
    )
    """What either side may read: whoever comes too late must not be told what stays with the other (`confidential`)."""

    def lock(self, subject: Referral) -> Referral:
        if subject.case_id:
            held_entries.locked(subject.case_id)
        return Referral.objects.select_for_update(of=("self",)).get(pk=subject.pk)

    def is_visible(self, subject: Referral, actor, today: date) -> bool:
        return Referral.objects.visible_to(actor, today).filter(pk=subject.pk).exists()

    def is_permitted(self, subject: Referral, actor, today: date) -> bool:
        if SYSTEM in actor.role_codes(today):
            return False
        reach = scope(actor, today)
        return any(
            reach.has_role(self.roles, procedure=procedure, unit=unit) for procedure, unit in self._places(subject)
        )

    def _places(self, subject: Referral) -> list[tuple[str, int]]:
        ours, theirs = (subject.procedure, subject.unit_id), (subject.to_procedure, subject.to_unit_id)
        if subject.direction != Direction.INTERNAL:
            return [ours]
        return {"sender": [ours], "receiver": [theirs], "either": [ours, theirs]}[self.side]

    def state_refusal(self, subject: Referral, today: date) -> Refusal | None:
        if is_possible(subject, self.transition, self.states):
            return None
        message = _("“%(action)s” is not possible while the referral is “%(state)s”.")
        return Refusal("wrong-state", message % {"action": self.label, "state": subject.get_state_display()})

    def guard_refusals(self, subject: Referral, data: Mapping | None, today: date) -> list[Refusal]:
        """Its own conditions, then those of the procedure that receives the referral."""
        refusals = super().guard_refusals(subject, data, today) + self._day_refusals(subject, data)
        receiver = receivers.receiver_for(subject) if self.side == "receiver" else None
        guards = receiver.guards.get(self.name, ()) if receiver is not None else ()
        applicable = [guard for guard in guards if data is not None or not guard.needs_data]
        return refusals + [found for guard in applicable if (found := guard.refusal(subject, data, today))]

    def _day_refusals(self, subject: Referral, data: Mapping | None) -> list[Refusal]:
        """A step lies on the day of the one before it or later: the clocks are counted from these days."""
        if data is None or self.day not in DAYS:
            return []
        earlier = [day for name in DAYS[: DAYS.index(self.day)] if (day := getattr(subject, name)) is not None]
        if not earlier or data["on"] >= max(earlier):
            return []
        message = _("The step before this was on %(day)s. It cannot have happened before that.")
        return [Refusal("before-earlier", message % {"day": long_date(max(earlier))}, field="on")]

    def execute(self, subject: Referral, data: Mapping[str, Any], context: ActionContext) -> Referral:
        if self.transition:
            getattr(subject, self.transition)()
        if self.day:
            setattr(subject, self.day, data["on"])
        self.change(subject, data, context)
        set_due_days(subject)
        subject.version += 1
        subject.save()
        self.after(subject, context)
        return subject

    def change(self, referral: Referral, data: Mapping[str, Any], context: ActionContext) -> None:
        """What the step writes besides state and day."""

    def after(self, referral: Referral, context: ActionContext) -> None:
        """What the step causes elsewhere."""
