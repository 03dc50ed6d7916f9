"""What is open to the other side when an agreement is not performed (dossier §1.5)."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.cases import events
from casemgr.cases.models import Case
from casemgr.parties.models import Party
from mediation.agreements.standing import round_facts
from mediation.models import Agreement, Obligation
from mediation.terms import DisputeType, Route


class BreachRoute(models.TextChoices):
    """The ways, each with its article."""

    ENFORCEMENT = "enforcement", _("Enforcement by the court (Mediation Law, art. 33)")
    COURT = "court", _("Suit on the agreement (Mediation Law, art. 32)")
    ARBITRATION = "arbitration", _("Labour arbitration (Labour Disputes Law, art. 15)")
    PAYMENT_ORDER = "payment_order", _("Payment order (Labour Disputes Law, art. 16)")


AS_ADVICE: Mapping[str, str] = {
    BreachRoute.COURT: Route.COURT,
    BreachRoute.ARBITRATION: Route.ARBITRATION,
    BreachRoute.PAYMENT_ORDER: Route.PAYMENT_ORDER,
}
"""The codes under which the case's advice keeps them."""


def is_enforceable(case: Case, agreement: Agreement) -> bool:
    """The court ruled it valid, and the ruling stands (Civil Procedure Law, art. 206)."""
    last = events.last_of(round_facts(events.facts_of(case), agreement), "confirmation_valid", "ruling_revoked")
    return last is not None and last.kind == "confirmation_valid"


def routes_after_breach(case: Case, obligation: Obligation, enforceable: bool) -> list[BreachRoute]:
    """What may be advised for this obligation, the strongest first."""
    found = [BreachRoute.ENFORCEMENT] if enforceable else []
    if case.facts.dispute_type != DisputeType.LABOUR:
        return [*found, BreachRoute.COURT]
    found.append(BreachRoute.ARBITRATION)
    is_employer = obligation.debtor.party.kind != Party.Kind.PERSON
    if is_employer and obligation.amount_yuan is not None:
        found.append(BreachRoute.PAYMENT_ORDER)
    return found
