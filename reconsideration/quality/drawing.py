"""The sample of a year: drawn by chance from the files closed in it, the same again for the same seed."""

from __future__ import annotations

import random
from typing import Any

from casemgr.cases.procedure import ENDED_STAGES
from reconsideration.models import ReconsiderationCase, ReviewRound


def closed_in(year: int) -> list[int]:
    """Ids of the reconsideration files closed in the year, in the order of their registration."""
    rows = ReconsiderationCase.objects.filter(
        closed_on__year=year, stage__in=ENDED_STAGES, is_past_record=False
    ).exclude(state="VOID")
    return list(rows.order_by("pk").values_list("pk", flat=True))


def draw(population: list[int], seed: str, size: int) -> list[int]:
    """`random.Random` with a text as seed gives the same on every machine and version of Python 3."""
    return random.Random(seed).sample(population, min(size, len(population)))


def drawn_again(found: ReviewRound) -> dict[str, Any]:
    """Whether the same draw today gives the same files; it cannot where the register has changed since."""
    population = closed_in(found.year)
    kept = list(found.reviews.order_by("order").values_list("case_id", flat=True))
    return {"is_same": draw(population, found.seed, found.size) == kept, "population": len(population)}


__all__ = ["closed_in", "draw", "drawn_again"]
