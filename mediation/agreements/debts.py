"""Each debt of a confirmed agreement has two years of its own for enforcement (Civil Procedure Law, art. 250).

The instalments of one debt are one: its years run from the day of the last (art. 250(2)). The entries that start and
end a debt's clock follow from the ruling, the obligations and what was performed; nobody types them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from casemgr.cases import events
from casemgr.cases.computed_days import move, strike
from casemgr.cases.events import Fact
from casemgr.cases.instalments import total_of
from casemgr.cases.models import Case
from mediation.agreements.obligations import is_settled, last_due_on, series, settled_on
from mediation.agreements.standing import obligations_of, round_facts, round_subject
from mediation.models import Agreement, Obligation
from mediation.terms import ObligationKind

COUNTED = "enforcement_counted"
"""From here a debt's two years are counted; the day itself stands in the data as `planned_on`."""
PERFORMED = "debt_performed"


@dataclass(frozen=True)
class Debt:
    """What one party owes another for one thing: the rows are its instalments."""

    rows: tuple[Obligation, ...]

    @property
    def key(self) -> int:
        """Its oldest row, by which its entries know it."""
        return min(one.pk for one in self.rows)

    @property
    def first(self) -> Obligation:
        return self.rows[0]

    @property
    def is_to_refrain(self) -> bool:
        return self.first.kind == ObligationKind.REFRAIN

    @property
    def is_settled(self) -> bool:
        return all(is_settled(one) for one in self.rows)

    @property
    def total(self) -> Decimal | None:
        """In yuan; None of what is no payment."""
        amounts = [one.amount_yuan for one in self.rows if one.amount_yuan is not None]
        return total_of(amounts) if amounts else None

    def subject(self, agreement: Agreement) -> str:
        """The path of its entries, such as round:1/debt:7."""
        return f"{round_subject(agreement.round)}/debt:{self.key}"

    def words(self) -> dict[str, str]:
        """What its entries keep of it, so that pages can name it."""
        kept = {"debtor": self.first.debtor.name, "what": self.first.subject}
        return kept if self.total is None else {**kept, "amount": f"{self.total:.2f}"}


def debts_of(obligations: Iterable[Obligation]) -> list[Debt]:
    """The rows put together; in the order of their first days."""
    found: dict[tuple, list[Obligation]] = {}
    for one in obligations:
        found.setdefault(series(one), []).append(one)
    return [Debt(tuple(rows)) for rows in found.values()]


def ruling_of(facts: Sequence[Fact]) -> Fact | None:
    """The ruling that confirms, while it stands; `facts` of the agreement's round."""
    last = events.last_of(facts, "confirmation_valid", "ruling_revoked")
    return last if last is not None and last.kind == "confirmation_valid" else None


def counted_from(debt: Debt, facts: Sequence[Fact], ruling: Fact) -> list[date]:
    """From which day enforcement of the debt is counted (art. 250(2)).

    The last day of performance; where none was agreed the day on which the ruling took effect, which is its receipt
    by the last party. What must be refrained from can be enforced only once it was done all the same: from each such
    day (执行程序若干问题的解释, 2020, art. 21).
    """
    if debt.is_to_refrain:
        rows = {one.pk for one in debt.rows}
        broken = {f.occurred_on for f in facts if f.kind == "breached" and f.data.get("obligation") in rows}
        return sorted(day for day in broken if day is not None)
    received = [f.occurred_on for f in facts if f.kind == "ruling_received" and f.occurred_on is not None]
    days = (last_due_on(debt.rows), max(received, default=None), ruling.occurred_on)
    return [next(day for day in days if day is not None)] if any(days) else []


def follow_debts(case: Case, agreement: Agreement) -> None:
    """The entries of each debt as ruling, obligations and payments make them.

    A debt that was performed before the ruling has nothing to be enforced: it gets no clock, but one that has begun
    stays and is met.
    """
    facts = events.facts_of(case)
    ruling = ruling_of(round_facts(facts, agreement))
    known = [fact for fact in facts if fact.subject.startswith(f"{round_subject(agreement.round)}/debt:")]
    if ruling is None and not known:
        return
    debts = debts_of(obligations_of(agreement))
    expected = {debt.subject(agreement): debt for debt in debts} if ruling is not None else {}
    for fact in known:
        if fact.kind in (COUNTED, PERFORMED) and fact.subject not in expected:
            strike(case, fact, _("It follows from a ruling and obligations that stand no more."))
    for subject, debt in expected.items():
        own = [fact for fact in known if fact.subject == subject]
        _follow_counting(case, debt, subject, _counts(debt, round_facts(facts, agreement), ruling, own), own)
        if len(debts) > 1:  # of a single one the entry that all is performed says it
            _follow_end(case, debt, subject, own, ruling)


def _counts(debt: Debt, facts: Sequence[Fact], ruling: Fact, own: Sequence[Fact]) -> dict[date, date]:
    """The days from which it is counted → the day of the entry."""
    ended = settled_on(debt.rows)
    if ended is not None and ruling.occurred_on and ended < ruling.occurred_on and not _of(own, COUNTED):
        return {}
    since = ruling.occurred_on
    days = counted_from(debt, facts, ruling)
    return {day: max(day, since) if debt.is_to_refrain and since else since for day in days}


def _follow_counting(case: Case, debt: Debt, subject: str, counts: dict[date, date], own: Sequence[Fact]) -> None:
    wanted = [(on, {"planned_on": day.isoformat(), **debt.words()}) for day, on in counts.items()]
    for fact in _of(own, COUNTED):
        if (fact.occurred_on, fact.data) in wanted:
            wanted.remove((fact.occurred_on, fact.data))
        else:
            strike(case, fact, _("It follows from another entry."))
    for on, kept in wanted:
        events.record(case, COUNTED, on, subject=subject, **kept)


def _follow_end(case: Case, debt: Debt, subject: str, own: Sequence[Fact], ruling: Fact) -> None:
    """Performed, or waived: its own clock ends, no other."""
    on = settled_on(debt.rows)
    known = next(iter(_of(own, PERFORMED)), None)
    has_clock = bool(_of(events.facts_of(case), COUNTED, subject))
    if known is None and on is not None and has_clock:
        events.record(case, PERFORMED, on, subject=subject, **debt.words())
    elif known is not None and (on is None or not has_clock):
        strike(case, known, _("Something is owed again."))
    elif known is not None and known.occurred_on != on:
        move(case, known, on)


def _of(facts: Iterable[Fact], kind: str, subject: str | None = None) -> list[Fact]:
    return [fact for fact in facts if fact.kind == kind and subject in (None, fact.subject)]


def enforceable(case: Case, agreement: Agreement | None) -> list[Debt]:
    """The debts for which enforcement can be applied for: what is still owed, and what was done against the promise."""
    if agreement is None:
        return []
    facts = round_facts(events.facts_of(case), agreement)
    broken = {fact.data.get("obligation") for fact in facts if fact.kind == "breached"}
    return [
        debt
        for debt in debts_of(obligations_of(agreement))
        if (any(one.pk in broken for one in debt.rows) if debt.is_to_refrain else not debt.is_settled)
    ]


def unenforced(case: Case, agreement: Agreement) -> list[Debt]:
    """The debts that are still owed and for which nobody has applied for enforcement."""
    applied = [fact.subject for fact in events.facts_of(case) if fact.kind == "enforcement_applied"]
    return [
        debt
        for debt in debts_of(obligations_of(agreement))
        if not debt.is_settled
        if not any(events.same_course(subject, debt.subject(agreement)) for subject in applied)
    ]
