"""After the agreement: performance, waiver, breach, suit, enforcement, return visits (art. 31–33; dossier §1.5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.models import Case
from casemgr.pages.dates import long_date
from mediation.actions.agreements import record_payment
from mediation.actions.base import MediationAction
from mediation.agreements.breach import AS_ADVICE, is_enforceable
from mediation.agreements.following import follow
from mediation.agreements.obligations import is_settled
from mediation.agreements.performance_forms import (
    Answer,
    BreachForm,
    EnforcementForm,
    PerformanceForm,
    SuitForm,
    SuitResultForm,
    VisitForm,
    WaiverForm,
    owed,
)
from mediation.agreements.standing import in_effect, obligations_of, round_subject
from mediation.models import Visit
from mediation.terms import ObligationKind, Performance

BINDING = ("AGREED_W", "AGREED_O", "TRACKING", "MEDIATING", "CLOSED")
"""While an agreement binds; in a new round the earlier one does until it is replaced."""

agreement_binds = Guard(
    "no-agreement",
    "31",
    gettext_lazy("No agreement is in effect."),
    lambda case, data, today: in_effect(case) is not None,
)
something_is_owed = Guard(
    "nothing-owed",
    "31",
    gettext_lazy("Nothing is owed by the agreement any more."),
    lambda case, data, today: in_effect(case) is None or bool(owed(case)),
)


class PerformanceAction(MediationAction):
    """An action on the agreement in effect; afterwards the rows follow the entries."""

    states = BINDING
    offered_if = (agreement_binds,)

    def execute(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Case:
        agreement = in_effect(subject)
        self.record_facts(subject, data, context)
        follow(subject, agreement)
        settle(subject, context.today)
        return subject

    @staticmethod
    def happened(case: Case, kind: str, on: date, **data: Any) -> None:
        """An entry of the round whose agreement binds."""
        events.record(case, kind, on, subject=round_subject(in_effect(case).round), **data)


class RecordPerformance(PerformanceAction):
    """Something was performed, wholly or in part, with its proof."""

    name = "mediation.record_performance"
    label = gettext_lazy("Record performance")
    form = PerformanceForm
    primary = 40
    offered_if = (agreement_binds, something_is_owed)

    def priority(self, subject: Case) -> int:
        return self.primary if subject.state == "TRACKING" and owed(subject) else 0

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        note = {"note": data["note"]} if data.get("note") else {}
        record_payment(case, data["obligation"], data["on"], data["amount_yuan"], proof=data["proof"], **note)


class WaiveObligation(PerformanceAction):
    """The creditor gives up what is still open."""

    name = "mediation.waive_obligation"
    label = gettext_lazy("Record a waiver")
    form = WaiverForm
    offered_if = (agreement_binds, something_is_owed)

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        one = data["obligation"]
        self.happened(
            case, "obligation_waived", data["on"], obligation=one.pk, what=one.subject, proof=data["proof"],
            note=data.get("note", ""),
        )  # fmt: skip


def _may_be_broken(case: Case) -> bool:
    """Something is owed, or must be refrained from."""
    rows = obligations_of(in_effect(case))
    return any(not is_settled(one) or one.kind == ObligationKind.REFRAIN for one in rows)


def _is_due(case: Case, data: Mapping[str, Any] | None, today: date) -> bool:
    due = data["obligation"].due_on
    return due is None or due < data["on"]


class RecordBreach(PerformanceAction):
    """Not performed in time: the committee urges performance, or tells the other side what it can do (art. 31, 32)."""

    name = "mediation.record_breach"
    label = gettext_lazy("Record that something was not performed")
    form = BreachForm
    offered_if = (
        agreement_binds,
        Guard(
            "no-obligation",
            "31",
            gettext_lazy("Nothing is to be performed by the agreement any more."),
            lambda case, data, today: in_effect(case) is None or _may_be_broken(case),
        ),
    )
    guards = (
        Guard(
            "not-due",
            "31",
            gettext_lazy("It is not late yet. Due on:"),
            _is_due,
            field="on",
            needs_data=True,
            detail=lambda case, data, today: long_date(data["obligation"].due_on),
        ),
    )

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        one = data["obligation"]
        kept = {"obligation": one.pk, "what": one.subject, "answer": data["answer"], "note": data.get("note", "")}
        self.happened(case, "breached", data["on"], **kept)
        if data["answer"] == Answer.ADVISED:
            routes = list(data["routes"])
            self.happened(case, "advice_given", data["on"], routes=routes, after="breach")
            told = {*case.facts.advice, *(AS_ADVICE[way] for way in routes if way in AS_ADVICE)}
            self.set_facts(case, advice=sorted(told))


class RecordSuit(PerformanceAction):
    """A party sued over the agreement or its performance (art. 32)."""

    name = "mediation.record_suit"
    label = gettext_lazy("Record that a party sued")
    form = SuitForm

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        kept = {"court_number": data["court_number"], "note": data.get("note", "")}
        self.happened(case, "sued", data["on"], party=data["party"], **kept)
        self.set_facts(case, performance=Performance.SUED)


class RecordSuitResult(PerformanceAction):
    """What the judgment made of the agreement."""

    name = "mediation.record_suit_result"
    label = gettext_lazy("Record the result of the suit")
    form = SuitResultForm
    offered_if = (
        agreement_binds,
        Guard(
            "not-sued",
            "32",
            gettext_lazy("Nobody has sued over the agreement: record the suit first."),
            lambda case, data, today: events.day_of(case, "sued") is not None,
        ),
    )

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        kept = {"result": data["result"], "court_number": data["court_number"], "note": data.get("note", "")}
        self.happened(case, "suit_decided", data["on"], **kept)


class RecordEnforcement(PerformanceAction):
    """The entitled party applied for enforcement of what the court ruled valid (art. 33(2))."""

    name = "mediation.record_enforcement"
    label = gettext_lazy("Record that enforcement was applied for")
    form = EnforcementForm
    guards = (
        Guard(
            "not-confirmed",
            "33",
            gettext_lazy(
                "Only what the court ruled valid is enforced. Otherwise the other side sues on the agreement (art. 32)."
            ),
            lambda case, data, today: (one := in_effect(case)) is None or is_enforceable(case, one),
        ),
    )

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        agreement, debt = in_effect(case), data.get("debt")
        follow(case, agreement)  # a ruling of before counts for each debt from now on
        subject = debt.subject(agreement) if debt else round_subject(agreement.round)
        kept = {"court": data["court"], "note": data.get("note", ""), **(debt.words() if debt else {})}
        events.record(case, "enforcement_applied", data["on"], party=data["party"], subject=subject, **kept)
        self.set_facts(case, performance=Performance.ENFORCEMENT)


class RecordVisit(MediationAction):
    """A return visit: what the people say of performance and of each other."""

    name = "mediation.record_visit"
    label = gettext_lazy("Record a return visit")
    form = VisitForm
    topic = Topic.COURSE
    states = ("AGREED_W", "AGREED_O", "TRACKING", "CLOSED", "FAILED", "TERMINATED")
    guards = (
        Guard(
            "before-effect",
            "31",
            gettext_lazy("The visit cannot lie before the agreement took effect:"),
            lambda case, data, today: (one := in_effect(case)) is None or data["on"] >= one.effective_on,
            field="on",
            needs_data=True,
            detail=lambda case, data, today: long_date(in_effect(case).effective_on),
        ),
    )

    def execute(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Case:
        agreement = in_effect(subject)
        names = ("interviewee", "performance", "satisfaction", "sued", "escalation", "action", "visitor")
        visit = Visit.objects.create(
            case=subject,
            agreement=agreement,
            visited_on=data["on"],
            visited_time=data["time"],
            reason=data["visit_reason"],
            **{name: data[name] for name in names},
        )
        round_number = agreement.round if agreement else subject.facts.round
        kept = {"visit": visit.pk, "interviewee": visit.interviewee, "satisfaction": visit.satisfaction}
        events.record(subject, "visited", data["on"], subject=round_subject(round_number), **kept)
        settle(subject, context.today)
        return subject


PERFORMANCE = (
    RecordPerformance,
    RecordVisit,
    WaiveObligation,
    RecordBreach,
    RecordSuit,
    RecordSuitResult,
    RecordEnforcement,
)
