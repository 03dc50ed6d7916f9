"""The yearly figures for the public, counted from the register by night; small counts are merged."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, F, Q

from casemgr.cases.models import Deadline, Event
from reconsideration.indicators import CORRECTION, DECISION_PERIODS
from reconsideration.models import PROCEDURE, ClosedDays, PublicYear
from reconsideration.terms import Outcome

SMALL = 3
"""Fewer than this many cases of one kind are told together with others (docs/decisions/0046, 0061)."""
OTHERS = "others"
YEARS = 5


def count_years(on: date) -> int:
    """Count this year and those before it again. Told nobody anything: 0."""
    for year in range(on.year, on.year - YEARS, -1):
        figures = counted(year)
        if figures["received"] or year == on.year:
            PublicYear.objects.update_or_create(year=year, defaults={"counted_on": on, "figures": figures})
    return 0


def counted(year: int) -> dict[str, Any]:
    """As published: nobody outside sees a count of one or two of a kind."""
    happened = Event.objects.filter(case__procedure=PROCEDURE, occurred_on__year=year)
    happened = happened.exclude(case__state="VOID")
    kinds = dict(
        happened.filter(kind__in=("received", "accepted"))
        .order_by()
        .values_list("kind")
        .annotate(n=Count("case_id", distinct=True))
    )
    first, last = date(year, 1, 1), date(year, 12, 31)
    ended = ClosedDays.objects.filter(ended_on__range=(first, last))
    outcomes = dict(ended.order_by().values_list("case__outcome").annotate(n=Count("pk")))
    merits = CORRECTION.denominator(first, last, last).count()
    corrected = CORRECTION.numerator(first, last, last).count()
    decided = sum(outcomes.values())
    periods = Deadline.objects.filter(rule__in=DECISION_PERIODS, case__procedure=PROCEDURE, met_on__year=year)
    in_time = periods.aggregate(
        n=Count("pk"), met=Count("pk", filter=Q(status=Deadline.Status.MET, met_on__lte=F("due_on")))
    )
    return {
        "received": kinds.get("received", 0),
        "accepted": kinds.get("accepted", 0),
        "decided": decided,
        "outcomes": merged(outcomes),
        "merits": _told(merits),
        "corrected": _told(corrected),
        "mediated": _told(outcomes.get(Outcome.MEDIATED, 0)),
        "in_time": in_time["met"],
        "timed": in_time["n"],
    }


def merged(outcomes: dict[str, int]) -> list[list[Any]]:
    """The largest first; small ones as one line, with the smallest of the others when they alone would be small."""
    ordered = sorted(outcomes.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = [pair for pair in ordered if pair[1] >= SMALL]
    rest = sum(count for _outcome, count in ordered if count < SMALL)
    while rest and rest < SMALL and shown:
        rest += shown.pop()[1]
    lines: list[list[Any]] = [[outcome, count] for outcome, count in shown]
    return [*lines, [OTHERS, rest]] if rest >= SMALL else lines


def _told(count: int) -> int | None:
    """None for one or two."""
    return count if count == 0 or count >= SMALL else None


__all__ = ["OTHERS", "SMALL", "count_years", "counted", "merged"]
