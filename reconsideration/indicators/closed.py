"""The cases that were closed: decided, dismissed, terminated or mediated, on the day of the paper, as corrected."""

from __future__ import annotations

from django.db.models import Q, QuerySet, Subquery
from django.db.models.fields.json import KT

from casemgr.cases.matters import Matter
from casemgr.indicators.definition import Dimension, Split, Text
from casemgr.indicators.expressions import day_of, standing_entries
from casemgr.indicators.splits import of_choices
from reconsideration.models import ReconsiderationCase
from reconsideration.terms import Outcome, TerminationGround

ENDING = ("decided", "dismissed", "terminated", "mediated")
CORRECTED = (
    Outcome.ANNULLED,
    Outcome.PARTLY_ANNULLED,
    Outcome.CHANGED,
    Outcome.CONFIRMED_ILLEGAL,
    Outcome.CONFIRMED_VOID,
    Outcome.PERFORMANCE_ORDERED,
    Outcome.AGREEMENT_LIABILITY,
    Outcome.COMPENSATION,
)
"""What corrects the agency, among the decisions on the merits."""
MERITS = (*CORRECTED, Outcome.UPHELD, Outcome.REQUEST_REJECTED)
ENDED_WITH = (*MERITS, Outcome.APPLICATION_DISMISSED, Outcome.TERMINATED, Outcome.MEDIATED)
DIMENSIONS = (Dimension.UNIT, Dimension.OFFICER, Dimension.CAUSE)
SPLITS: dict[str, Split] = {Dimension.CAUSE: of_choices("reconsideration_facts__matter", Matter)}
WITHDRAWN = Q(outcome=Outcome.TERMINATED, ended_by=TerminationGround.WITHDRAWN)


def closed() -> QuerySet[ReconsiderationCase]:
    """Each once, with the day of the paper that closed it (`ended_on`)."""
    found = ReconsiderationCase.objects.filter(outcome__in=ENDED_WITH).exclude(state="VOID")
    return found.annotate(ended_on=day_of(*ENDING)).filter(ended_on__isnull=False)


def closed_with_ground() -> QuerySet[ReconsiderationCase]:
    """The same, with the ground of the termination (`ended_by`)."""
    last = standing_entries("terminated").order_by("-day", "-sequence").annotate(ground=KT("data__ground"))
    return closed().annotate(ended_by=Subquery(last.values("ground")[:1]))


def case_words(row: ReconsiderationCase) -> Text:
    """How it ended."""
    return dict(Outcome.choices).get(row.outcome, row.outcome)


__all__ = [
    "CORRECTED",
    "DIMENSIONS",
    "ENDED_WITH",
    "ENDING",
    "MERITS",
    "SPLITS",
    "WITHDRAWN",
    "case_words",
    "closed",
    "closed_with_ground",
]
