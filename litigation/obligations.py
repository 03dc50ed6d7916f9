"""What is owed by the papers of a file: what is open, what is late, and from when two years are counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.translation import pgettext_lazy

from casemgr.cases.events import Fact
from casemgr.cases.instalments import total_of
from casemgr.cases.models import Case
from litigation.court_numbers import parse
from litigation.models import Obligation, Ruling
from litigation.terms import RulingMatter

SERVED = ("judgment_served", "ruling_served", "court_mediation_received")
WITHDRAWALS: frozenset[str] = frozenset({RulingMatter.WITHDRAWN, RulingMatter.DEEMED_WITHDRAWN})


class Standing(models.TextChoices):
    """How one obligation stands on a day."""

    DONE = "done", pgettext_lazy("obligation", "Performed")
    DONE_LATE = "done_late", pgettext_lazy("obligation", "Performed late")
    WAIVED = "waived", pgettext_lazy("obligation", "Waived")
    VOID = "void", pgettext_lazy("obligation", "The paper is annulled")
    PAUSED = "paused", pgettext_lazy("obligation", "Paused by the retrial")
    OVERDUE = "overdue", pgettext_lazy("obligation", "Overdue")
    PARTLY = "partly", pgettext_lazy("obligation", "Performed in part")
    OPEN = "open", pgettext_lazy("obligation", "Not due yet")
    NO_TERM = "no_term", pgettext_lazy("obligation", "No term is named")


def obligations_of(case: Case) -> list[Obligation]:
    """Of every paper, with what was done of each: two queries."""
    found = Obligation.objects.filter(ruling__in_instance__case_id=case.pk).select_related(
        "ruling__in_instance", "debtor__party", "creditor__party"
    )
    return list(found.prefetch_related("performances").order_by("ruling__in_instance__order", "ruling__order", "order"))


def stands(one: Obligation) -> bool:
    """Its paper was not annulled by a later one."""
    return not one.ruling.is_replaced


def owed(case: Case) -> list[Obligation]:
    """What is still to be performed."""
    return [one for one in obligations_of(case) if stands(one) and not one.is_settled]


def paid_of(one: Obligation) -> Decimal:
    """What was paid of it so far, in yuan."""
    return total_of(row.amount_yuan for row in one.performances.all() if row.counts)


def open_amount(one: Obligation) -> Decimal:
    """What is still owed in yuan; nothing of one that names no amount."""
    if one.amount_yuan is None or one.is_settled:
        return Decimal("0.00")
    return max(one.amount_yuan - paid_of(one), Decimal("0.00"))


def done_on(one: Obligation) -> date | None:
    """The day on which what was performed reached all that is owed; what repeats the act or is false counts nothing."""
    total = Decimal("0.00")
    for row in sorted(one.performances.all(), key=lambda row: (row.on, row.pk)):
        if not row.counts:
            continue
        total += row.amount_yuan or Decimal("0.00")
        if one.amount_yuan is None or total >= one.amount_yuan:
            return row.on
    return None


def standing_of(one: Obligation, today: date, *, is_paused: bool = False) -> Standing:
    """Settled, or how late it is."""
    if one.done_on is not None:
        return Standing.DONE_LATE if one.due_on is not None and one.done_on > one.due_on else Standing.DONE
    if one.waived_on is not None:
        return Standing.WAIVED
    if not stands(one):
        return Standing.VOID
    if is_paused:
        return Standing.PAUSED
    if one.due_on is not None and one.due_on < today:
        return Standing.OVERDUE
    if any(row.counts for row in one.performances.all()):
        return Standing.PARTLY
    return Standing.NO_TERM if one.due_on is None else Standing.OPEN


def is_civil(ruling: Ruling) -> bool:
    """A civil court's paper, by the type of its number; everything else in these files is administrative."""
    number = parse(ruling.number) or parse(ruling.in_instance.court_number)
    return number is not None and number.type.startswith("民")


def is_enforceable(ruling: Ruling) -> bool:
    """A ruling that allows a withdrawal orders nothing: what was promised for it no court enforces."""
    return ruling.matter not in WITHDRAWALS


def has_two_years(ruling: Ruling) -> bool:
    """The court that allowed the enforcement of an act carries it out: nobody has to apply once more."""
    return is_enforceable(ruling) and ruling.matter != RulingMatter.ENFORCE


def counted_from(one: Obligation, series: Iterable[Obligation], bound_on: date, own: Sequence[Fact]) -> date:
    """From which day the two years for enforcement are counted.

    Administrative paper (Interpretation 2018, art. 153(2)): the last day of the term, of each instalment its own; where
    none is named, service: on the creditor, or on the last party while nobody is named as creditor. Civil paper (Civil
    Procedure Law, art. 250(2)): the last day of the last instalment; where none is named, effect.
    """
    if is_civil(one.ruling):
        days = [row.due_on for row in series if row.debt == one.debt and row.due_on is not None]
        return max(days, default=bound_on)
    if one.due_on is not None:
        return one.due_on
    served = {fact.party_id: fact.occurred_on for fact in own if fact.kind in SERVED and fact.occurred_on is not None}
    creditor = one.creditor.party_id if one.creditor is not None else None
    return served.get(creditor) or max(served.values(), default=bound_on)


__all__ = [
    "SERVED",
    "Standing",
    "counted_from",
    "done_on",
    "has_two_years",
    "is_civil",
    "is_enforceable",
    "obligations_of",
    "open_amount",
    "owed",
    "paid_of",
    "standing_of",
    "stands",
]
