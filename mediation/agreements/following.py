"""Rows follow entries: what signatures, seal and payments say is read off the register, whatever corrected it.

The entries are the truth. A corrected day or an annulled step changes them, and from them the agreement's effect, its
obligations' state and the days that hang on both are derived anew, so that every deadline moves with them.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from casemgr.actions.errors import GuardRefused, Refusal
from casemgr.cases import events
from casemgr.cases.computed_days import move, strike
from casemgr.cases.deadlines import derive_again
from casemgr.cases.events import Fact
from casemgr.cases.models import Case
from mediation.agreements.confirmation import follow_confirmations
from mediation.agreements.debts import COUNTED, follow_debts
from mediation.agreements.debts import PERFORMED as DEBT_PERFORMED
from mediation.agreements.effect import Effect, Rule, effect_of
from mediation.agreements.obligations import is_settled, performance_of, settled_on
from mediation.agreements.standing import (
    acts_of,
    obligations_of,
    required_signers,
    round_facts,
    round_subject,
)
from mediation.models import Agreement, Obligation
from mediation.terms import Ending

Status = Agreement.Status
COMPUTED = ("agreement_effective", "performed", COUNTED, DEBT_PERFORMED)
"""Days that follow from other entries."""


def follow(case: Case, agreement: Agreement) -> Effect:
    """Bring the agreement's rows in step with the entries of its round. Writes no new entry but corrections."""
    facts = round_facts(events.facts_of(case), agreement)
    signers = required_signers(case, agreement.obligations.all())
    acts = acts_of(agreement, signers, facts)
    effect = effect_of(acts)
    _follow_signatures(agreement, facts)
    replaced = events.last_of(facts, "agreement_superseded")
    known = events.last_of(facts, "agreement_effective")
    if known is not None and effect.on is None:
        strike(case, known, _("The acts it rested on are struck."))
    elif known is not None and known.occurred_on != effect.on:
        move(case, known, effect.on)
    agreement.mediator_signed_on, agreement.sealed_on = acts.mediator_on, acts.sealed_on
    agreement.effective_on = effect.on if known is not None else None
    agreement.status = Status.DRAFT if agreement.effective_on is None else Status.EFFECTIVE
    if replaced is not None:
        agreement.status = Status.SUPERSEDED
    agreement.save()
    if known is not None:
        _follow_end_of_mediation(case, facts, acts.day("signatures"), agreement)
    _follow_payments(case, agreement, facts)
    follow_debts(case, agreement)
    return effect


def _follow_signatures(agreement: Agreement, facts: list[Fact]) -> None:
    days = {fact.party_id: fact.occurred_on for fact in facts if fact.kind == "agreement_signed"}
    for row in agreement.signatures.select_related("participation"):
        day = days.get(row.participation.party_id)
        if day is None:
            row.delete()
        elif row.signed_on != day:
            row.signed_on = day
            row.save()


def _follow_end_of_mediation(case: Case, facts: list[Fact], signed_on: date | None, agreement: Agreement) -> None:
    """The mediation itself ended when the last party signed; an oral one when they agreed."""
    agreed = events.last_of(facts, "agreed")
    if agreement.rule != Rule.ORAL and agreed and signed_on and agreed.occurred_on != signed_on:
        move(case, agreed, signed_on)


def _follow_payments(case: Case, agreement: Agreement, facts: list[Fact]) -> None:
    """Payments and waivers as the entries have them; from them what is done, and whether all is."""
    paid = {fact.data.get("payment"): fact for fact in facts if fact.kind == "obligation_paid"}
    waived = {fact.data.get("obligation"): fact.occurred_on for fact in facts if fact.kind == "obligation_waived"}
    obligations = obligations_of(agreement)
    for obligation in obligations:
        for payment in list(obligation.payments.all()):
            fact = paid.get(payment.pk)
            if fact is None:
                payment.delete()
            elif payment.on != fact.occurred_on:
                payment.on = fact.occurred_on
                payment.save()
        obligation._prefetched_objects_cache = {}
        _settle_obligation(obligation, waived.get(obligation.pk))
    _follow_performed(case, agreement, obligations, facts)


def _settle_obligation(obligation: Obligation, waived_on: date | None) -> None:
    payments = sorted(obligation.payments.all(), key=lambda payment: (payment.on, payment.pk))
    done_on, total = None, Decimal("0.00")
    for payment in payments:
        total += payment.amount_yuan or Decimal("0.00")
        if obligation.amount_yuan is None or total >= obligation.amount_yuan:
            done_on = payment.on
            break
    if (obligation.done_on, obligation.waived_on) != (done_on, waived_on):
        obligation.done_on, obligation.waived_on = done_on, waived_on
        obligation.save()


def _follow_performed(case: Case, agreement: Agreement, obligations: list[Obligation], facts: list[Fact]) -> None:
    """`performed` stands exactly while nothing is owed by the agreement in effect."""
    if agreement.status != Status.EFFECTIVE:
        return
    on = settled_on(obligations)
    known = events.last_of(facts, "performed")
    if on is not None:
        on = max(on, agreement.effective_on or on)
    if known is None and on is not None:
        events.record(case, "performed", on, subject=round_subject(agreement.round))
    elif known is not None and on is None:
        strike(case, known, _("Something is owed again."))
    elif known is not None and known.occurred_on != on:
        move(case, known, on)
    rows = case.facts
    before = rows.performance
    if obligations and before not in ("sued", "enforcement"):
        rows.performance = performance_of(obligations)
    if rows.performance != before:
        rows.save()


def follow_visits(case: Case) -> None:
    """Visits as the entries have them: a struck one is gone, a corrected day counts."""
    days = {fact.data.get("visit"): fact.occurred_on for fact in events.facts_of(case) if fact.kind == "visited"}
    for visit in case.visits.all():
        day = days.get(visit.pk)
        if day is None:
            visit.delete()
        elif day != visit.visited_on:
            visit.visited_on = day
            visit.save()


def take_effect(case: Case, agreement: Agreement, today: date) -> bool:
    """After an act: if it was the last one, the case is agreed, and followed while something is owed (T9, T10, T15).

    Returns whether the agreement came into effect now.
    """
    effect = follow(case, agreement)
    if case.state != "MEDIATING" or agreement.effective_on is not None:
        return False
    facts = round_facts(events.facts_of(case), agreement)
    acts = acts_of(agreement, required_signers(case, agreement.obligations.all()), facts)
    effect = effect_of(acts)
    if effect.on is None:
        return False
    subject = round_subject(agreement.round)
    if agreement.rule != Rule.ORAL:
        events.record(case, "agreed", acts.day("signatures"), subject=subject)
    last = [str(act) for act in effect.last]
    events.record(case, "agreement_effective", effect.on, subject=subject, last=last, form=agreement.form)
    if agreement.rule == Rule.ORAL:
        case.agree_orally()
    else:
        case.agree_in_writing()
    case.outcome = Ending.AGREED
    _replace_earlier(case, agreement, effect.on)
    follow(case, agreement)
    if not all(is_settled(one) for one in obligations_of(agreement)):
        case.track()
    return True


def _replace_earlier(case: Case, agreement: Agreement, on: date) -> None:
    for earlier in case.agreements.filter(round__lt=agreement.round, status=Status.EFFECTIVE):
        events.record(case, "agreement_superseded", on, subject=round_subject(earlier.round), number=earlier.number)
        follow(case, earlier)


def after_correction(sender: Any, action: Any, subject: Any, data: Any, context: Any, **kwargs: Any) -> None:
    """Receiver of `performed`: after a corrected day or an annulled step the rows follow, in the same transaction."""
    if action.name not in ("cases.correct_date", "cases.annul") or getattr(subject, "procedure", "") != "mediation":
        return
    if action.name == "cases.correct_date" and (event := data["event"]).kind in COMPUTED:
        refuse_computed(event.kind)
    case: Case = type(subject).objects.get(pk=subject.pk)
    for agreement in list(case.agreements.order_by("round")):
        if not _is_written(case, agreement):
            agreement.obligations.all().delete()
            agreement.delete()
            continue
        follow(case, agreement)
        follow_confirmations(case, agreement)
    follow_visits(case)
    derive_again(case, context.today)


def refuse_computed(kind: str) -> None:
    """:raises GuardRefused: the day is computed, and is put right by what it follows from."""
    by_payment = _("This day follows from what was paid: correct the day of that payment.")
    text = {
        "agreement_effective": _(
            "When the agreement took effect follows from signatures and seal: correct the day of one of those."
        ),
        "performed": by_payment,
        DEBT_PERFORMED: by_payment,
        COUNTED: _("This day follows from the ruling and the days of performance: correct the day of the ruling."),
    }[kind]
    raise GuardRefused(refusals=[Refusal("computed-day", text, "", "event")])


def _is_written(case: Case, agreement: Agreement) -> bool:
    """Whether the entry that brought the agreement into being still stands."""
    facts = round_facts(events.facts_of(case), agreement)
    return any(fact.kind in ("agreement_written", "agreed") for fact in facts)


__all__ = ["after_correction", "follow", "refuse_computed", "take_effect"]
