"""The receiving side: signing for it, taking it over or declining, and sending the result back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.errors import Refusal
from casemgr.cases.models import CaseLink, Referral
from casemgr.cases.models.referrals import ReferralResult
from casemgr.cases.referrals import forms, receivers
from casemgr.cases.referrals.actions.base import ReferralAction, Side
from casemgr.cases.referrals.actions.telling import note_on_case, tell_returned, tell_sender
from casemgr.cases.referrals.docks import info, missing
from casemgr.organisation.roles import SYSTEM
from casemgr.pages.dates import long_date


class ReceiveReferral(ReferralAction):
    """The receiving side signs for it: its clocks start."""

    name = "referral.receive"
    label = gettext_lazy("Sign for the referral")
    side, transition, day = "receiver", "receive", "received_on"
    form = forms.DayForm
    primary = 50


class AcceptReferral(ReferralAction):
    """The receiving side takes the dispute over; its procedure opens a case when it has a receiver."""

    name = "referral.accept"
    label = gettext_lazy("Take over")
    side, transition, day = "receiver", "accept", "answered_on"
    form = forms.AcceptForm
    primary = 50

    def guard_refusals(self, subject: Referral, data: Mapping | None, today: date) -> list[Refusal]:
        refusals = super().guard_refusals(subject, data, today)
        if data is not None:
            for entry in missing(subject, "accept", data):
                message = _("Needed for this kind of referral. Fill in “%(field)s”.") % {"field": entry.label}
                refusals.append(Refusal("dock-minimum", message, entry.citation, entry.code))
        return refusals

    def change(self, referral: Referral, data: Mapping[str, Any], context: ActionContext) -> None:
        referral.extra = {**referral.extra, **forms.dock_data(context.form)}
        receiver = receivers.receiver_for(referral)
        if receiver is None or referral.opened_case_id or not receiver.opens(referral):
            return
        referral.opened_case = receiver.open_case(referral, context.actor, context.today)
        referral.begin()
        if referral.case_id:
            CaseLink.objects.create(
                kind=CaseLink.Kind.REFERRED_TO, from_case=referral.opened_case, to_case_id=referral.case_id
            )

    def after(self, referral: Referral, context: ActionContext) -> None:
        tell_sender(referral)


class DeclineReferral(ReferralAction):
    """The receiving side does not take it, and says why."""

    name = "referral.decline"
    label = gettext_lazy("Decline")
    side, transition, day = "receiver", "decline", "answered_on"
    form = forms.ReasonForm
    primary = 10

    def change(self, referral: Referral, data: Mapping[str, Any], context: ActionContext) -> None:
        referral.decline_reason = data["reason"]

    def after(self, referral: Referral, context: ActionContext) -> None:
        tell_sender(referral)


class BeginWork(ReferralAction):
    """Work on the dispute has begun."""

    name = "referral.begin"
    label = gettext_lazy("Begin work")
    side, transition = "receiver", "begin"
    primary = 30


def _is_before_the_answer(referral: Referral, data: Mapping | None, today: date) -> bool:
    answer_due = referral.extra.get("answer_due")
    return not answer_due or data is None or data["until"] <= date.fromisoformat(answer_due)


class ExtendReferral(ReferralAction):
    """All parties agree to more time (特邀调解规定 27; 在线调解规则 24); the reconsideration office, for its case."""

    name = "referral.extend"
    label = gettext_lazy("Extend with the parties' consent")
    side = "receiver"
    states = ("ACCEPTED", "IN_PROGRESS")
    form = forms.ExtendForm
    guards = (
        Guard(
            "labour-not-extended",
            "劳动争议调解仲裁法14(3)",
            gettext_lazy(
                "The fifteen days of a labour dispute cannot be extended: after them each party may go to arbitration. "
                "Tell the parties so; the mediation may go on if both want it."
            ),
            lambda referral, data, today: info(referral.dock).extended_by(referral) != "nobody",
        ),
        Guard(
            "after-the-answer",
            "信访工作条例34",
            gettext_lazy("The petition must be answered by then at the latest; the parties cannot move that day."),
            _is_before_the_answer,
            field="until",
            needs_data=True,
        ),
        Guard(
            "not-later",
            gettext_lazy("特邀调解规定27"),
            gettext_lazy("The new day must lie after the present one, and the period must still run."),
            lambda referral, data, today: (
                referral.result_due_on is None or (today <= referral.result_due_on < data["until"])
            ),
            field="until",
            needs_data=True,
        ),
    )

    def _places(self, subject: Referral) -> list[tuple[str, int]]:
        if info(subject.dock).extended_by(subject) == "sender":
            return [(subject.procedure, subject.unit_id)]
        return super()._places(subject)

    def change(self, referral: Referral, data: Mapping[str, Any], context: ActionContext) -> None:
        referral.extended_to, referral.extension_reason = data["until"], data["reason"]


LATE_CODE = "R5"
"""Declined or late (dossier on mediation, §5.5(7))."""


class _ByItself(ReferralAction):
    """What the nightly sweep does when the day of the result has passed."""

    roles, listed, nested_only = (), False, True
    side: ClassVar[Side] = "receiver"
    form = forms.DayForm
    guards = (
        Guard(
            "not-late",
            "",
            gettext_lazy("The day of the result has not passed."),
            lambda referral, data, today: referral.result_due_on is not None and referral.result_due_on < today,
        ),
    )

    def is_permitted(self, subject: Referral, actor, today: date) -> bool:
        return SYSTEM in actor.role_codes(today)

    def change(self, referral: Referral, data: Mapping[str, Any], context: ActionContext) -> None:
        codes = {entry.code for entry in info(referral.dock).fields}
        if "result_code" in codes:
            referral.extra = {**referral.extra, "result_code": LATE_CODE}

    def after(self, referral: Referral, context: ActionContext) -> None:
        tell_returned(referral, context.today)
        if referral.case_id:
            note_on_case(referral, "referral_result", context, late=True)


class LapseReferral(_ByItself):
    """Signed for, and neither taken over nor declined by the day: it counts as declined."""

    name = "referral.lapse"
    label = gettext_lazy("Not answered by its day: returned")
    transition, day = "decline", "answered_on"

    def change(self, referral: Referral, data: Mapping[str, Any], context: ActionContext) -> None:
        super().change(referral, data, context)
        referral.decline_reason = _("Not answered by %(day)s.") % {"day": long_date(referral.result_due_on)}


class ReturnLate(_ByItself):
    """Taken over, and no result by the day: it goes back without one; the mediation itself may go on."""

    name = "referral.return_late"
    label = gettext_lazy("No result by its day: returned")
    transition, day = "send_result", "result_on"

    def change(self, referral: Referral, data: Mapping[str, Any], context: ActionContext) -> None:
        super().change(referral, data, context)
        referral.result = ReferralResult.TERMINATED
        text = _("No result by %(day)s: returned by itself. The parties may go on with the mediation.")
        referral.next_step = text % {"day": long_date(referral.result_due_on)}


class SendResult(ReferralAction):
    """The result goes back: agreed facts and agreement, never what was conceded."""

    name = "referral.send_result"
    label = gettext_lazy("Send the result back")
    consequence = gettext_lazy("The sender sees the result and the agreed facts, not the confidential part.")
    binding, primary = True, 50
    side, transition, day = "receiver", "send_result", "result_on"
    form = forms.ResultForm

    def change(self, referral: Referral, data: Mapping[str, Any], context: ActionContext) -> None:
        for name in ("result", "agreement_number", "performance", "agreed_facts", "confidential", "next_step"):
            setattr(referral, name, data[name])
        referral.extra = {**referral.extra, **forms.dock_data(context.form)}

    def after(self, referral: Referral, context: ActionContext) -> None:
        tell_sender(referral)
        if referral.case_id:
            note_on_case(referral, "referral_result", context)
