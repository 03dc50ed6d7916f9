"""The agreement of a case as its rows and the register's entries give it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from casemgr.cases import events
from casemgr.cases.events import Fact
from casemgr.cases.models import Case, Participation
from casemgr.parties.models import Party
from mediation.agreements.effect import Acts, Effect, Rule, effect_of
from mediation.models import Agreement, Obligation
from mediation.terms import DisputeType

Role = Participation.Role
SIDES = (Role.APPLICANT, Role.RESPONDENT)


def round_subject(number: int) -> str:
    """How entries name the round they belong to, so that no clock of one agreement hears of another."""
    return f"round:{number}"


def agreement_of(case: Case) -> Agreement | None:
    """The agreement of the present round, a draft or in effect."""
    return case.agreements.filter(round=case.facts.round).first()


def in_effect(case: Case) -> Agreement | None:
    """The agreement that binds the parties now."""
    return case.agreements.filter(status=Agreement.Status.EFFECTIVE).order_by("-round").first()


def obligations_of(agreement: Agreement | None) -> list[Obligation]:
    """In the order of their days, with payments and names."""
    if agreement is None:
        return []
    rows = agreement.obligations.select_related("debtor", "creditor").prefetch_related("payments")
    return sorted(rows, key=lambda one: (one.due_on or date.max, one.instalment, one.pk))


def numbered(case: Case, round_number: int) -> str:
    """The case's number with -1, -2 per round."""
    return f"{case.number}-{round_number}"


def required_signers(case: Case, obligations: Iterable[Obligation] = ()) -> list[Participation]:
    """Every party of both sides, and a third party who owes or is owed something."""
    bound = {one.debtor_id for one in obligations} | {one.creditor_id for one in obligations}
    parts = case.participations.filter(left_on__isnull=True, role__in=(*SIDES, Role.THIRD_PARTY))
    parts = parts.select_related("party", "group").order_by("role", "order", "id")
    return [part for part in parts if part.role in SIDES or part.pk in bound]


def round_facts(facts: Iterable[Fact], agreement: Agreement) -> list[Fact]:
    """The entries of this agreement's round."""
    subject = round_subject(agreement.round)
    return [fact for fact in facts if fact.subject == subject]


def acts_of(agreement: Agreement, signers: Sequence[Participation], facts: Iterable[Fact]) -> Acts:
    """The days of the acts as the entries now give them."""
    if agreement.rule == Rule.ORAL:
        return Acts(Rule.ORAL, agreed_on=_day(facts, "agreed"))
    if agreement.rule == Rule.RECORDED:
        return Acts(Rule.RECORDED, agreed_on=_day(facts, "agreement_effective"))
    signed = {fact.party_id: fact.occurred_on for fact in facts if fact.kind == "agreement_signed"}
    return Acts(
        rule=agreement.rule,
        signatures={part.pk: signed.get(part.party_id) for part in signers},
        mediator_on=_day(facts, "agreement_signed_by_mediator"),
        sealed_on=_day(facts, "agreement_sealed"),
    )


def _day(facts: Iterable[Fact], kind: str) -> date | None:
    fact = events.last_of(facts, kind)
    return fact.occurred_on if fact else None


def effect_now(case: Case, agreement: Agreement) -> Effect:
    """When it took effect, or what is missing."""
    facts = round_facts(events.facts_of(case), agreement)
    return effect_of(acts_of(agreement, required_signers(case, agreement.obligations.all()), facts))


def is_person(part: Participation) -> bool:
    return part.party.kind == Party.Kind.PERSON


def is_employer_debt(case: Case, obligation: Obligation) -> bool:
    """Labour Disputes Law, art. 16: what an employer owes its workers in money."""
    return case.facts.dispute_type == DisputeType.LABOUR and obligation.amount_yuan is not None
