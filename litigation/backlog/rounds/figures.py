"""What a round has reached: each number is a set of its items, and opens exactly these."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from litigation.backlog.states import GONE, BacklogState
from litigation.models import BacklogItem, ClearingRound

PARTS = ("batch", "cleared", "open", "written_off")
NOTHING = Decimal("0.00")


def _part(part: str, prefix: str, last_on: Any) -> Q:
    """The condition of a part on rows from which an item is reached by `prefix`.

    `batch`: without what a court took out since. `cleared`: of these, by the round's last day. `open`: the rest.
    """
    is_gone = Q(**{f"{prefix}state__in": GONE})
    is_cleared = Q(**{f"{prefix}state": BacklogState.CLEARED})
    in_time = is_cleared & Q(**{f"{prefix}cleared_on__lte": last_on})
    late = is_cleared & Q(**{f"{prefix}cleared_on__gt": last_on})
    conditions = {
        "batch": ~is_gone,
        "cleared": in_time,
        "open": ~(is_gone | is_cleared) | late,
        "written_off": is_gone,
    }
    return conditions[part]


def items_of_round(one: ClearingRound, part: str) -> QuerySet[BacklogItem]:
    """The items that a number of the round counts."""
    return BacklogItem.objects.filter(_part(part, "", one.last_on), rounds__clearing_round=one)


@dataclass(frozen=True)
class RoundFigure:
    """Whole items against the round's own target, which never asks for more than the batch still holds."""

    batch: int
    cleared: int
    sub_target: int

    @property
    def needed(self) -> int:
        return min(self.sub_target, self.batch)

    @property
    def missing(self) -> int:
        return max(self.needed - self.cleared, 0)

    @property
    def is_reached(self) -> bool:
        return self.batch > 0 and not self.missing


def with_figures(rows: QuerySet[ClearingRound], seen: QuerySet[BacklogItem]) -> QuerySet[ClearingRound]:
    """The rounds with `<part>_count` for each part, and the yuan `owed` and `paid`, over the items that are seen."""
    own = Q(members__item__in=seen.values("pk"))
    within = {part: own & _part(part, "members__item__", F("last_on")) for part in PARTS}
    counts = {f"{part}_count": Count("members", filter=condition) for part, condition in within.items()}
    return rows.annotate(
        **counts,
        owed=Coalesce(Sum("members__item__amount_yuan", filter=within["batch"]), NOTHING),
        paid=Coalesce(Sum("members__item__performed_yuan", filter=within["batch"]), NOTHING),
    )


def figure_of(one: ClearingRound) -> RoundFigure:
    """Of a round read by `with_figures`."""
    return RoundFigure(one.batch_count, one.cleared_count, one.sub_target)


__all__ = ["PARTS", "RoundFigure", "figure_of", "items_of_round", "with_figures"]
