"""Which grade a case has, whether it is paid, and who gets how much (dossier §4.4). Pure, without the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _

ZERO = Decimal("0.00")
YUAN = Decimal(1)


class Reason(models.TextChoices):
    """Why nothing is paid."""

    NOT_SETTLED = "not settled", _("Not settled by an agreement")
    NOT_PERFORMED = "not performed and not confirmed", _("Not performed yet, and not confirmed by the court")
    INCOMPLETE = "file incomplete", _("The file is incomplete")
    SAME_DISPUTE = "same dispute already paid", _("The same dispute was paid already")
    SALARIED = "all mediators on public salary", _("All mediators are on public salary or not in the register")
    COURT = "court pays this delegated case", _("The court paid an allowance for it")
    NO_RATE = "no rate", _("No rate table was in force when the agreement took effect")


ASKED_AGAIN = (Reason.NOT_PERFORMED, Reason.INCOMPLETE, Reason.SALARIED, Reason.NO_RATE)
"""What may change: such a case is looked at again in the next batch."""


class Grade(Protocol):
    """A row of a rate table; conditions are inclusive."""

    code: str
    rank: int
    amount_yuan: Decimal
    form: str
    sessions_at_least: int | None
    yuan_at_least: Decimal | None
    people_at_least: int | None
    with_death: bool


@dataclass(frozen=True)
class Worker:
    """A mediator of the case. `excluded`: `salaried`, `unknown` (not in the register), or empty."""

    name: str
    is_lead: bool = False
    excluded: str = ""
    mediator: int | None = None


@dataclass(frozen=True)
class Claim:
    """What is known of a case on the day of the batch."""

    form: str
    amount_yuan: Decimal
    sessions: int
    people: int
    agreed: bool
    performed: bool
    confirmed: bool = False
    has_death: bool = False
    lacking: tuple[str, ...] = ()
    """What the file lacks."""
    paid_before: bool = False
    court_allowance: bool = False
    workers: tuple[Worker, ...] = field(default=())


@dataclass(frozen=True)
class Outcome:
    grade: Grade | None
    amount_yuan: Decimal
    reasons: tuple[Reason, ...] = ()
    shares: tuple[tuple[Worker, Decimal], ...] = ()


def grade_of(claim: Claim, grades: Iterable[Grade]) -> Grade | None:
    """The highest that fits. A grade of one form decides for that form alone, whatever the sum (oral: dossier S14)."""
    ordered = sorted(grades, key=lambda grade: -grade.rank)
    own = [grade for grade in ordered if grade.form == claim.form]
    fitting = own or [grade for grade in ordered if not grade.form]
    return next((grade for grade in fitting if _fits(claim, grade)), None)


def _fits(claim: Claim, grade: Grade) -> bool:
    tests = []
    if grade.sessions_at_least is not None:
        tests.append(claim.sessions >= grade.sessions_at_least)
    if grade.yuan_at_least is not None:
        tests.append(claim.amount_yuan >= grade.yuan_at_least)
    if grade.people_at_least is not None:
        tests.append(claim.people >= grade.people_at_least)
    if grade.with_death:
        tests.append(claim.has_death)
    return any(tests) if tests else True


def judge(claim: Claim, grades: Iterable[Grade]) -> Outcome:
    """Grade, sum, and every reason against paying."""
    if not claim.agreed:
        return Outcome(None, ZERO, (Reason.NOT_SETTLED,))
    grade = grade_of(claim, grades)
    reasons = [
        reason
        for reason, holds in (
            (Reason.NO_RATE, grade is None),
            (Reason.NOT_PERFORMED, not claim.performed and not claim.confirmed),
            (Reason.INCOMPLETE, bool(claim.lacking)),
            (Reason.SAME_DISPUTE, claim.paid_before),
            (Reason.SALARIED, all(worker.excluded for worker in claim.workers)),
            (Reason.COURT, claim.court_allowance),
        )
        if holds
    ]
    if reasons or grade is None:
        return Outcome(grade, ZERO, tuple(reasons), tuple((worker, ZERO) for worker in claim.workers))
    return Outcome(grade, grade.amount_yuan, (), split(grade.amount_yuan, claim.workers))


def split(amount: Decimal, workers: Sequence[Worker]) -> tuple[tuple[Worker, Decimal], ...]:
    """Whole yuan each, the rest to the lead; who is excluded gets nothing and dilutes nobody.

    Where the lead is excluded the rest goes to the first of the others.
    """
    paid = [worker for worker in workers if not worker.excluded]
    if not paid:
        return tuple((worker, ZERO) for worker in workers)
    each = (amount / len(paid)).quantize(YUAN, ROUND_DOWN)
    first = next((worker for worker in paid if worker.is_lead), paid[0])
    rest = amount - each * len(paid)
    return tuple(
        (worker, ZERO if worker.excluded else each + (rest if worker is first else ZERO)) for worker in workers
    )
