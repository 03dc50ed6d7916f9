"""What the effective paper asks of whom, and what is done of it (Litigation Law, art. 94–96; dossier §4.2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import Max
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.computed_days import strike
from casemgr.cases.models import Case
from litigation.actions.base import LitigationAction
from litigation.actions.performance_forms import (
    DeniedForm,
    InterruptionForm,
    OpenPerformanceForm,
    PerformanceForm,
    RemovalForm,
    WaiverForm,
    binding_rulings,
    counting_performances,
)
from litigation.file_kinds import ONLY_SUITS
from litigation.following import follow
from litigation.models import LitigationCase, Obligation, Performed
from litigation.obligations import obligations_of, owed
from litigation.roles import LIAISON
from litigation.states import PERFORMING

BINDING = ("EFFECTIVE", "NOTHING_TO_PERFORM", "WITHDRAWN", *PERFORMING, "CLEARED")
"""While a paper of the file binds; also during a retrial, which an application alone does not stop (trap 24)."""
OPEN = (*BINDING, "RETRIAL")

something_is_owed = Guard(
    "nothing-owed", "", gettext_lazy("Nothing is owed."), lambda case, data, today: bool(owed(case))
)


class PerformanceAction(LitigationAction):
    """An action on what is owed; afterwards rows, state and clocks follow the entries."""

    states = OPEN
    guards = (something_is_owed,)

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        self.record_facts(subject, data, context)
        follow(subject, context.today)
        settle(subject, context.today)
        return subject

    @staticmethod
    def happened(case: Case, kind: str, on: date, one: Obligation, **data: Any) -> None:
        """An entry about one obligation."""
        kept = {name: value for name, value in data.items() if value}
        events.record(case, kind, on, party=one.debtor.party, subject=one.subject, what=one.text, **kept)


class OpenPerformance(PerformanceAction):
    """Enter what a paper asks of whom, with its term. Also of a withdrawal for which something was promised."""

    name = "litigation.open_performance"
    file_kinds: ClassVar = ONLY_SUITS
    label = gettext_lazy("Enter what is to be performed")
    roles = LIAISON
    primary = 60
    form = OpenPerformanceForm
    states = BINDING
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("Remove the obligation that is wrong, and enter it anew.")
    guards = (
        Guard(
            "no-paper-binds",
            "94",
            gettext_lazy("No court paper binds yet: record when it reached the parties first."),
            lambda case, data, today: bool(binding_rulings(case)),
        ),
    )

    def priority(self, subject: LitigationCase) -> int:
        return self.primary if subject.state == "EFFECTIVE" else 0

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        ruling = data["ruling"]
        last = ruling.obligations.aggregate(order=Max("order"), debt=Max("debt"))
        order, debt = (last["order"] or 0) + 1, (last["debt"] or 0) + 1
        for row in context.form.obligations.filled:
            rows = row.rows(ruling, order, debt)
            for one in rows:
                one.save()
            order, debt = order + len(rows), debt + 1


class RemoveObligation(PerformanceAction):
    """An obligation entered by mistake, of which nothing was performed: it is gone, its entries stay struck."""

    name = "litigation.remove_obligation"
    label = gettext_lazy("Remove an obligation entered by mistake")
    topic = Topic.CORRECTION
    roles = LIAISON
    form = RemovalForm
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("Enter the obligation again.")
    guards = (
        Guard(
            "no-obligation",
            "",
            gettext_lazy("No obligation is recorded of which nothing was performed."),
            lambda case, data, today: any(not one.performances.all() for one in obligations_of(case)),
        ),
    )

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        one = data["obligation"]
        for fact in [fact for fact in events.facts_of(case) if fact.subject == one.subject]:
            strike(case, fact, data["reason"])
        one.delete()
        if not obligations_of(case) and case.state in (*PERFORMING, "CLEARED"):
            case.owe_nothing()


class RecordPerformance(PerformanceAction):
    """Something was performed, wholly or in part, with its proof."""

    name = "litigation.record_performance"
    label = gettext_lazy("Record performance")
    form = PerformanceForm
    primary = 45

    def priority(self, subject: LitigationCase) -> int:
        return self.primary if subject.state in PERFORMING else 0

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        enter_performance(case, data["obligation"], data["on"], data["amount_yuan"], proof=data["proof"],
                          is_same_act=data["is_same_act"], note=data.get("note") or "")  # fmt: skip


def enter_performance(
    case: Case, one: Obligation, on: date, amount: Decimal | None, *, proof: str, is_same_act: bool = False,
    note: str = "",
) -> None:  # fmt: skip
    """The row and its entry; the caller follows and settles."""
    row = Performed.objects.create(
        obligation=one, on=on, amount_yuan=amount, proof=proof, is_same_act=is_same_act, note=note[:300]
    )
    told = {"amount": f"{amount:.2f}" if amount is not None else "", "proof": proof, "same_act": is_same_act}
    PerformanceAction.happened(case, "performance_noted", on, one, performance=row.pk, note=note, **told)


class DenyPerformance(PerformanceAction):
    """What was recorded as performed turned out not to be: it is owed again."""

    name = "litigation.deny_performance"
    label = gettext_lazy("Record that a performance was found false")
    topic = Topic.CORRECTION
    roles = LIAISON
    form = DeniedForm
    guards = (
        Guard(
            "nothing-performed",
            "",
            gettext_lazy("No performance is recorded."),
            lambda case, data, today: bool(counting_performances(case)),
        ),
    )

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        row = data["performance"]
        one = row.obligation
        self.happened(case, "performance_denied", data["on"], one, performance=row.pk, reason=data["reason"])


class WaiveObligation(PerformanceAction):
    """The creditor gives up what is still open."""

    name = "litigation.waive_obligation"
    label = gettext_lazy("Record a waiver")
    form = WaiverForm

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        self.happened(case, "obligation_waived", data["on"], data["obligation"], proof=data["proof"],
                      note=data.get("note"))  # fmt: skip


class InterruptPeriod(PerformanceAction):
    """A demand, a promise or a part performance: the two years run anew (Civil Procedure Law, art. 250(1))."""

    name = "litigation.interrupt_period"
    label = gettext_lazy("Record that the two years for enforcement were interrupted")
    topic = Topic.TIME
    form = InterruptionForm
    guards = (
        Guard(
            "no-two-years",
            "",
            gettext_lazy("No term is over: the two years are not counted yet."),
            lambda case, data, today: any(one.enforceable_from is not None for one in owed(case)),
        ),
    )

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        one = data["obligation"]
        sides = {"creditor_side": _creditor_side(case, one)}
        self.happened(case, "enforcement_interrupted", data["on"], one, proof=data["proof"], **sides)


def _creditor_side(case: Case, one: Obligation) -> str:
    began = events.last_of(
        (fact for fact in events.facts_of(case) if fact.subject == one.subject), "performance_expired"
    )
    return began.data.get("creditor_side", "") if began is not None else ""


PERFORMANCE = (OpenPerformance, RecordPerformance, WaiveObligation, DenyPerformance, InterruptPeriod, RemoveObligation)
