"""What each owes by an agreement: instalments exact to the fen, what is open, what is late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.cases.instalments import total_of
from mediation.models import Obligation
from mediation.terms import ObligationKind, Performance


class Standing(models.TextChoices):
    """How one obligation stands on a day."""

    DONE = "done", pgettext_lazy("obligation", "Performed")
    DONE_LATE = "done_late", pgettext_lazy("obligation", "Performed late")
    WAIVED = "waived", pgettext_lazy("obligation", "Waived")
    PARTLY = "partly", pgettext_lazy("obligation", "Performed in part")
    OVERDUE = "overdue", pgettext_lazy("obligation", "Overdue")
    OPEN = "open", pgettext_lazy("obligation", "Not due yet")
    KEPT = "kept", pgettext_lazy("obligation", "To be kept")
    NO_TERM = "no_term", pgettext_lazy("obligation", "No day was agreed")


def paid_of(obligation: Obligation) -> Decimal:
    """What came in of it so far."""
    return total_of(payment.amount_yuan for payment in obligation.payments.all())


def open_amount(obligation: Obligation) -> Decimal:
    """What is still owed in yuan; nothing of one that names no amount."""
    if obligation.amount_yuan is None or is_settled(obligation):
        return Decimal("0.00")
    return obligation.amount_yuan - paid_of(obligation)


def is_settled(obligation: Obligation) -> bool:
    """Nothing more is to be done. What must not be done is never done with: it is kept, or broken."""
    return (
        obligation.done_on is not None or obligation.waived_on is not None or obligation.kind == ObligationKind.REFRAIN
    )


def is_overdue(obligation: Obligation, today: date) -> bool:
    """Its day has passed, and something is owed."""
    return not is_settled(obligation) and obligation.due_on is not None and obligation.due_on < today


def standing_of(obligation: Obligation, today: date) -> Standing:
    if obligation.done_on is not None:
        late = obligation.due_on is not None and obligation.done_on > obligation.due_on
        return Standing.DONE_LATE if late else Standing.DONE
    if obligation.waived_on is not None:
        return Standing.WAIVED
    if obligation.kind == ObligationKind.REFRAIN:
        return Standing.KEPT
    if is_overdue(obligation, today):
        return Standing.OVERDUE
    if obligation.payments.all():
        return Standing.PARTLY
    return Standing.NO_TERM if obligation.due_on is None else Standing.OPEN


def last_due_on(obligations: Iterable[Obligation]) -> date | None:
    """The last day of performance; of instalments that of the last one (Civil Procedure Law, art. 250(2)).

    None where no day was agreed.
    """
    return max((one.due_on for one in obligations if one.due_on is not None), default=None)


def settled_on(obligations: Sequence[Obligation]) -> date | None:
    """The day on which the last of them was performed or waived; None while something is owed."""
    days = [one.done_on or one.waived_on for one in obligations if one.kind != ObligationKind.REFRAIN]
    return None if not days or None in days else max(day for day in days if day)


def performance_of(obligations: Sequence[Obligation]) -> str:
    """How far the agreement is performed. What the creditor waived is owed no more."""
    if all(is_settled(one) for one in obligations):
        return Performance.PERFORMED
    begun = any(one.done_on or one.payments.all() for one in obligations)
    return Performance.PARTLY if begun else Performance.NOT_PERFORMED


@dataclass(frozen=True)
class Line:
    """One obligation as the case page shows it."""

    obligation: Obligation
    standing: Standing
    paid: Decimal
    open: Decimal
    instalments: int

    @property
    def css(self) -> str:
        return {
            Standing.DONE: "ok",
            Standing.DONE_LATE: "ok",
            Standing.WAIVED: "",
            Standing.KEPT: "",
            Standing.OVERDUE: "late",
        }.get(self.standing, "soon")


def lines_of(obligations: Sequence[Obligation], today: date) -> list[Line]:
    """In the order of their days."""
    counts: dict[tuple, int] = {}
    for one in obligations:
        counts[series(one)] = counts.get(series(one), 0) + 1
    return [
        Line(one, standing_of(one, today), paid_of(one), open_amount(one), counts[series(one)]) for one in obligations
    ]


def series(obligation: Obligation) -> tuple:
    """What makes several rows the instalments of one debt."""
    return (obligation.debtor_id, obligation.creditor_id, obligation.kind, obligation.subject)


NO_OBLIGATION = _("The agreement leaves nothing to be performed.")
