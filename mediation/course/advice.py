"""The other ways of which the parties must be told when no agreement comes about (People's Mediation Law, art. 26).

Which ways must be named follows from the kind of dispute; the sentence with each says its period, for the paper and
for whoever tells it. A sentence names the law it stands in.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mediation.conditions import LAND_ARBITRATION
from mediation.models import MediationCase
from mediation.terms import CourtTrack, DisputeSubType, DisputeType, Exclusion, Route

Text = str | Promise


@dataclass(frozen=True)
class Advice:
    """A way that must be named for a kind of dispute, with what has to be minded on it."""

    route: Route
    warning: Text


LABOUR = Advice(
    Route.ARBITRATION,
    _(
        "Labour arbitration comes before a suit: within one year of knowing of the violation; wages owed are not bound "
        "to it while the employment lasts, afterwards within one year of its end "
        "(Labour Dispute Mediation and Arbitration Law, art. 5, 27)."
    ),
)
LAND_CONTRACT = (
    Advice(
        Route.ARBITRATION,
        _(
            "Land contract arbitration: within two years of knowing of the violation "
            "(Land Contract Disputes Law, art. 18)."
        ),
    ),
    Advice(Route.COURT, _("Or a suit directly, without arbitration (Land Contract Disputes Law, art. 4).")),
)
ADMINISTRATIVE = Advice(
    Route.RECONSIDERATION,
    _(
        "Against an administrative act: reconsideration within sixty days of knowing of it, or a suit within six "
        "months (Administrative Reconsideration Law, art. 20; Administrative Litigation Law, art. 46). "
        "The mediation did not stop these periods."
    ),
)
LAND_RIGHT = Advice(
    Route.ADMINISTRATIVE,
    _(
        "Who owns or uses land, forest or grassland is decided by the government; against its decision a suit within "
        "thirty days of notice (Land Administration Law, art. 14), and reconsideration first where it infringes a "
        "right already obtained by law (Administrative Reconsideration Law, art. 23)."
    ),
)
MEDICAL = Advice(
    Route.ADMINISTRATIVE,
    _("Mediation by the county's health authority may be asked for (Regulation on medical disputes, art. 40)."),
)
TRAFFIC = Advice(
    Route.ADMINISTRATIVE,
    _(
        "Both sides together may ask the traffic police to mediate within three days of the end of this mediation "
        "(Provisions on the handling of traffic accidents, art. 85)."
    ),
)
COURT = Advice(
    Route.COURT,
    _(
        "A suit at the people's court: three years of knowing of the violation as a rule; the request for mediation "
        "interrupted that period (Civil Code, art. 188; Provisions on limitation, art. 12)."
    ),
)
DELEGATED = Advice(
    Route.COURT,
    _("The court that delegated the dispute must file the case (Provisions on invited mediation, art. 21)."),
)
ENTRUSTED = Advice(Route.COURT, _("The court goes on with the trial (Provisions on invited mediation, art. 21)."))
OTHER_WAYS = {
    Route.BASE_GOVERNMENT: _(
        "Either side may ask the base-level government to handle it (Organic Regulation, art. 9)."
    ),
    Route.POLICE: _("What may be a crime or a public-order case is reported to the police."),
    Route.PAYMENT_ORDER: _("For money owed beyond dispute a payment order may be applied for."),
    Route.OTHER_COMMITTEE: _("Another mediation committee may be asked by both sides."),
}


def advice_for(case: MediationCase) -> tuple[Advice, ...]:
    """What must be told in this case, in order."""
    facts = case.facts
    if facts.court_track == CourtTrack.DELEGATED:
        return (DELEGATED,)
    if facts.court_track:
        return (ENTRUSTED,)
    found = {code for code, entry in facts.findings.items() if isinstance(entry, dict) and entry.get("found")}
    if found & {Exclusion.ADMINISTRATIVE, Exclusion.COMPENSATION}:
        return (ADMINISTRATIVE,)
    if facts.sub_type == DisputeSubType.LAND_OWNERSHIP:
        return (LAND_RIGHT,)
    if facts.sub_type in LAND_ARBITRATION:
        return LAND_CONTRACT
    return {
        DisputeType.LABOUR: (LABOUR,),
        DisputeType.MEDICAL: (MEDICAL, COURT),
        DisputeType.TRAFFIC: (TRAFFIC, COURT),
        # among the villagers it is a civil dispute; what the government pays or not is for reconsideration
        DisputeType.EXPROPRIATION: (ADMINISTRATIVE, COURT),
    }.get(facts.dispute_type, (COURT,))


def told_routes(case: MediationCase) -> set[str]:
    """Codes of the ways the parties have been told of."""
    return set(case.facts.advice)


def is_complete(case: MediationCase, routes: set[str] | None = None) -> bool:
    """Whether all that must be told has been told (or is among `routes`)."""
    known = told_routes(case) | (routes or set())
    return all(advice.route in known for advice in advice_for(case))


def sentences(case: MediationCase, routes: set[str]) -> list[Text]:
    """What was said of each way, the mandatory ones first; for papers."""
    must = advice_for(case)
    said = [advice.warning for advice in must if advice.route in routes]
    named = {advice.route for advice in must}
    return said + [text for route, text in OTHER_WAYS.items() if route in routes and route not in named]
