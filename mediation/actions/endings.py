"""How a mediation ends without an agreement, and what the parties and the sender are told then (T11–T14)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions import registry
from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.outbox import NoticeKind, tell
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.day_guards import not_before
from casemgr.cases.panels import NextStep
from casemgr.cases.people.reach import Handlers
from casemgr.pages.dates import long_date
from mediation.actions.base import COMMITTEE, MediationAction
from mediation.actions.deciding import who_decides
from mediation.course.advice import is_complete
from mediation.course.ending_forms import (
    AdviceForm,
    ApproveTerminationForm,
    AskTerminationForm,
    DeclineForm,
    FailForm,
    ReturnForm,
    TerminateForm,
    WithdrawForm,
)
from mediation.course.session_records import forget_planned
from mediation.guards.clocks import (
    has_expired,
    held_session,
    main_clock,
    medical_period_is_over,
    nothing_is_signed,
)
from mediation.guards.endings import (
    advice_after_the_end,
    advice_is_given,
    all_applicants_withdraw,
    crime_was_reported,
    failure_is_shown,
    ground_fits_source,
    is_referred,
    not_begun_only_expires,
    sham_was_reported,
    somebody_applied,
    was_asked,
)
from mediation.models import PROCEDURE, MediationCase
from mediation.states import OPEN, WITHOUT_AGREEMENT
from mediation.terms import Ending, FailureGround

NOTICES = (
    NoticeKind(
        "termination_asked",
        gettext_lazy("Termination proposed"),
        lambda data: _("%(case)s: its mediator proposes to terminate the mediation.") % {"case": data["case"]},
        is_urgent=True,
    ),
    NoticeKind(
        "termination_declined",
        gettext_lazy("Termination not approved"),
        lambda data: _("%(case)s: the committee does not approve the termination.") % {"case": data["case"]},
        is_urgent=True,
    ),
)


def record_advice(action: MediationAction, case: MediationCase, data: Mapping[str, Any]) -> None:
    """What was told is added to what was told before."""
    action.set_facts(case, advice=sorted({*case.facts.advice, *data["routes"]}))
    events.record(case, "advice_given", data["on"], routes=sorted(data["routes"]), how=data["told_how"])


class EndingAction(MediationAction):
    """Base: the outcome, the advice of art. 26, and the end of planned sessions."""

    ending: ClassVar[str] = ""
    topic = Topic.ENDING

    def record_facts(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        case.outcome = self.ending
        forget_planned(case)

    def record_event(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> events.Event:
        event = super().record_event(case, data, context)
        record_advice(self, case, data)
        return event

    def event_data(self, case: MediationCase, data: Mapping[str, Any]) -> dict[str, Any]:
        kept = {"ground": data.get("ground"), "content": data.get("cause")}
        return super().event_data(case, data) | {name: value for name, value in kept.items() if value}


class Fail(EndingAction):
    """No agreement came about: the mediation ends and the parties are told of the other ways (art. 26; T11)."""

    name = "mediation.fail"
    label = gettext_lazy("Record that no agreement came about")
    consequence = gettext_lazy("The mediation ends without agreement; the parties go the other ways they are told of.")
    binding = True
    form = FailForm
    ending = Ending.FAILED
    transition, event = "fail", "failed"
    guards = (
        not_begun_only_expires,
        failure_is_shown,
        advice_is_given,
        not_before("accepted", "session_held", "resumed"),
    )

    def priority(self, subject: MediationCase) -> int:
        """Proposed after a session without agreement; after the end of a period by `proposed` below."""
        return 70 if held_session(subject, "not_agreed") else 0


def proposed(case: MediationCase, user: Any, today: date) -> Iterator[NextStep]:
    """When the period of the mediation is over without extension: its failure, or an agreement on more time."""
    if case.procedure != PROCEDURE or case.state not in (*OPEN[1:],) or not has_expired(case, today):
        return
    clock, action = main_clock(case), registry.get(Fail.name)
    if clock.rule == "M-LAB" or held_session(case, "not_agreed") or not action.is_permitted(case, user, today):
        return
    yield NextStep(
        label=action.label,
        url=reverse("case_action", args=[case.pk, action.name]),
        primary=65,
        why=_("The period of the mediation ended on %(day)s and was not extended.") % {"day": long_date(clock.due_on)},
        topic=Topic.ENDING,
    )


class DeemFailed(MediationAction):
    """Thirty working days without agreement: a medical dispute counts as failed (Regulation, art. 38)."""

    name = "mediation.deem_failed"
    label = gettext_lazy("Counts as failed by expiry of the period")
    roles, system, listed, nested_only = (), True, False, True
    transition, event = "fail", "failed"
    guards = (medical_period_is_over, nothing_is_signed)

    def record_facts(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        case.outcome = Ending.FAILED
        forget_planned(case)

    def record_event(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> events.Event:
        clock = main_clock(case)
        return events.record(case, self.event, clock.due_on, deemed=True, ground=FailureGround.EXPIRED.value)


class Withdraw(EndingAction):
    """The applicant withdraws, also because the sides settled by themselves (ZX 25(2); T13)."""

    name = "mediation.withdraw"
    label = gettext_lazy("Record a withdrawal")
    consequence = gettext_lazy("The application is withdrawn and the mediation ends.")
    binding = True
    form = WithdrawForm
    ending = Ending.WITHDRAWN
    transition, event = "withdraw", "withdrawn"
    guards = (somebody_applied, all_applicants_withdraw, advice_is_given, not_before("registered", "resumed"))

    def event_data(self, case: MediationCase, data: Mapping[str, Any]) -> dict[str, Any]:
        kept = super().event_data(case, data) | {"settled": data["settled"] == "yes"}
        if data["settled"] == "yes":
            kept |= {"record_wanted": data["record_wanted"] == "yes"}
            if data["record_wanted"] == "yes":
                kept["settlement"] = data["settlement"]
        return kept


class Terminate(EndingAction):
    """A party's will or a bar in law ends it at once, without anybody's approval (art. 17, 23(2); T12)."""

    name = "mediation.terminate"
    label = gettext_lazy("Terminate: refusal or a bar in law")
    consequence = gettext_lazy("The mediation ends at once; the parties are told of the other ways.")
    binding = True
    form = TerminateForm
    ending = Ending.TERMINATED
    transition, event = "terminate", "terminated"
    guards = (sham_was_reported, crime_was_reported, advice_is_given, not_before("registered", "resumed"))


class AskTermination(MediationAction):
    """On the other grounds the committee approves; its mediator proposes (T12)."""

    name = "mediation.ask_termination"
    label = gettext_lazy("Propose to terminate")
    topic = Topic.ENDING
    form = AskTerminationForm
    states = OPEN
    event = "termination_asked"
    guards = (ground_fits_source, not_before("registered"))

    def state_refusal(self, subject: MediationCase, today: date) -> Refusal | None:
        if refusal := super().state_refusal(subject, today):
            return refusal
        if was_asked(subject) is not None:
            return Refusal("already-asked", _("A proposal waits for the committee already."))
        return None

    def event_data(self, case: MediationCase, data: Mapping[str, Any]) -> dict[str, Any]:
        return super().event_data(case, data) | {"ground": data["ground"], "content": data["cause"]}

    def record_event(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> events.Event:
        heads = Handlers(context.today).who_hold(COMMITTEE, case.unit_id) - {context.actor.pk}
        tell("termination_asked", sorted(heads), subject=case, case=case.number)
        return super().record_event(case, data, context)


def _others_approve(case: MediationCase, actor: Any, today: date) -> list[str]:
    """Who else decides for the committee or its town office, when the person's own proposal waits; empty: nobody.

    Where somebody is alone in deciding, a second pair of eyes cannot be asked for: then they approve it themselves.
    """
    asked = was_asked(case)
    if asked is None or asked.root.actor_id != actor.pk:
        return []
    return who_decides(case, today, besides=actor.pk)


class ApproveTermination(EndingAction):
    """The committee terminates: unreachable, death without successor, settled in a case of own motion (T12)."""

    name = "mediation.approve_termination"
    label = gettext_lazy("Terminate as the committee")
    consequence = gettext_lazy("The mediation ends; the parties are told of the other ways.")
    binding = True
    roles = COMMITTEE
    form = ApproveTerminationForm
    ending = Ending.TERMINATED
    transition, event = "terminate", "terminated"
    guards = (ground_fits_source, advice_is_given, not_before("registered", "resumed", "termination_asked"))

    def is_permitted(self, subject: MediationCase | None, actor: Any, today: date) -> bool:
        if not super().is_permitted(subject, actor, today):
            return False
        return subject is None or not _others_approve(subject, actor, today)

    def forbidden_message(self, subject: MediationCase, actor: Any, today: date) -> str:
        if subject is None or not super().is_permitted(subject, actor, today):
            return super().forbidden_message(subject, actor, today)
        names = "、".join(_others_approve(subject, actor, today))
        return _("Whoever proposed to terminate does not approve it: the committee does. Ask: %(names)s.") % {
            "names": names
        }

    def priority(self, subject: MediationCase) -> int:
        return 80 if was_asked(subject) is not None else 0


class DeclineTermination(MediationAction):
    """The committee does not approve: the mediation goes on."""

    name = "mediation.decline_termination"
    label = gettext_lazy("Do not approve the termination")
    topic = Topic.ENDING
    roles = COMMITTEE
    form = DeclineForm
    states = OPEN
    event = "termination_declined"
    guards = (not_before("termination_asked"),)

    def state_refusal(self, subject: MediationCase, today: date) -> Refusal | None:
        if refusal := super().state_refusal(subject, today):
            return refusal
        return None if was_asked(subject) else Refusal("not-asked", _("Nobody has proposed to terminate."))

    def record_event(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> events.Event:
        asked = was_asked(case)
        tell("termination_declined", [asked.root.actor_id], subject=case, case=case.number)
        return super().record_event(case, data, context)


class GiveAdvice(MediationAction):
    """The parties are told of the other ways; needed where a case ended by itself, possible at any time (art. 26)."""

    name = "mediation.give_advice"
    label = gettext_lazy("Record advice on the other ways")
    form = AdviceForm
    states = (*OPEN, *WITHOUT_AGREEMENT, "AGREED_W", "AGREED_O", "TRACKING")
    guards = (advice_after_the_end, not_before("registered", "failed", "terminated", "withdrawn"))

    def priority(self, subject: MediationCase) -> int:
        return 60 if subject.state in WITHOUT_AGREEMENT and not is_complete(subject) else 0

    def record_facts(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        record_advice(self, case, data)


class ReturnToSender(MediationAction):
    """The papers go back to the organ that referred the dispute, with the facts both sides agree on (T14)."""

    name = "mediation.return_to_sender"
    label = gettext_lazy("Return to the organ that referred it")
    consequence = gettext_lazy("The papers go back; the organ that referred the dispute goes on with it.")
    binding = True
    form = ReturnForm
    transition, event = "return_to_sender", "returned"
    guards = (not_before("failed", "terminated", "withdrawn", "refused"),)

    def state_refusal(self, subject: MediationCase, today: date) -> Refusal | None:
        return super().state_refusal(subject, today) or is_referred.refusal(subject, None, today)

    def priority(self, subject: MediationCase) -> int:
        return 55

    def event_data(self, case: MediationCase, data: Mapping[str, Any]) -> dict[str, Any]:
        papers = [line.strip() for line in data["papers"].splitlines() if line.strip()]
        kept = {"papers": papers, "agreed_facts": data["agreed_facts"], "manner": data["manner"]}
        return super().event_data(case, data) | kept | ({"receipt": data["receipt"]} if data["receipt"] else {})


ENDINGS = (
    Fail,
    DeemFailed,
    Withdraw,
    Terminate,
    AskTermination,
    ApproveTermination,
    DeclineTermination,
    GiveAdvice,
    ReturnToSender,
)
