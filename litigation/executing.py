"""Executions follow their entries: what stands of their steps, whether they are open, and with them the state."""

from __future__ import annotations

from decimal import Decimal

from casemgr.cases import events
from casemgr.cases.instalments import total_of
from casemgr.cases.models import Case
from litigation.models import Execution, LitigationCase
from litigation.terms import Measure

ENDS: frozenset[str] = frozenset({Measure.ENDED_ROUND, Measure.TERMINATED, Measure.CLOSED})
"""After one of them the court does nothing more under this number. None of them performs anything by itself."""
MONEY: frozenset[str] = frozenset({Measure.TRANSFER, Measure.PAYMENT})
"""Money that came in on what is owed."""
FINE_FROM, FINE_TO = Decimal(50), Decimal(100)
"""Yuan a day on the head who does not perform (Litigation Law, art. 96(2))."""


def executions_of(case: Case) -> list[Execution]:
    """With their steps and obligations: three queries."""
    found = Execution.objects.filter(in_instance__case_id=case.pk).select_related("in_instance", "resumes__in_instance")
    return list(found.prefetch_related("steps", "obligations").order_by("in_instance__order"))


def received_of(execution: Execution) -> Decimal:
    """What came in under this number, with interest."""
    return total_of(step.amount_yuan for step in execution.steps.all() if step.kind in MONEY)


def follow_executions(case: LitigationCase) -> None:
    """A struck step is gone, a corrected day counts; open and listed are read off the steps."""
    found = executions_of(case)
    if not found:
        return
    days = {f.data.get("step"): f.occurred_on for f in events.facts_of(case) if f.kind == "execution_step"}
    for one in found:
        steps = []
        for step in one.steps.all():
            if step.pk not in days:
                step.delete()
                continue
            if step.on != days[step.pk]:
                step.on = days[step.pk]
                step.save()
            steps.append(step)
        steps.sort(key=lambda step: (step.on, step.pk))
        listing = [step.kind for step in steps if step.kind in (Measure.DISHONEST, Measure.DISHONEST_REMOVED)]
        is_open = not any(step.kind in ENDS for step in steps)
        is_listed = bool(listing) and listing[-1] == Measure.DISHONEST
        if (one.is_open, one.is_listed) != (is_open, is_listed):
            one.is_open, one.is_listed = is_open, is_listed
            one.save()


def follow_execution_state(case: LitigationCase) -> None:
    """Enforced while an execution is open; afterwards what is owed is to be performed as before."""
    if case.state not in ("TO_PERFORM", "ENFORCED"):
        return
    is_open = Execution.objects.filter(in_instance__case_id=case.pk, is_open=True).exists()
    if is_open and case.state == "TO_PERFORM":
        case.enforce()
    elif not is_open and case.state == "ENFORCED" and Execution.objects.filter(in_instance__case_id=case.pk).exists():
        case.leave_execution()


__all__ = ["ENDS", "FINE_FROM", "FINE_TO", "MONEY", "executions_of", "follow_execution_state", "follow_executions",
           "received_of"]  # fmt: skip
