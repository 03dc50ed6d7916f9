"""Concluded suits as table T8 counts them: the rows of the indicator “Suits lost”."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from casemgr.indicators.rollup import counted_now
from casemgr.indicators.tables.facts import Mark
from litigation.indicators.losses import LOSS
from litigation.models import Ruling
from litigation.tables.suits import YES

CONCLUDED = "concluded"


def marks(case_ids: Collection[int]) -> Iterator[Mark]:
    """One a paper that stands, on its day."""
    papers = counted_now(LOSS, case_ids)
    outcomes = outcomes_of([paper["row_id"] for paper in papers])
    for paper in papers:
        pk, unit, on = paper["row_id"], paper["unit_id"], date.fromisoformat(paper["on"])
        dims = {"unit": str(unit), "outcome": outcomes[pk], "lost": YES if paper["hit"] else ""}
        yield Mark(CONCLUDED, paper["case_id"], unit, on, on, dims, row=pk)


def outcomes_of(rulings: Collection[int]) -> Mapping[int, str]:
    return dict(Ruling.objects.filter(pk__in=rulings).values_list("pk", "outcome")) if rulings else {}
