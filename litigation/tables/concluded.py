"""Concluded suits as table T8 counts them: the rows of the indicator “Suits lost”."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from casemgr.indicators.tables.facts import Mark
from litigation.indicators.losses import LOSS
from litigation.tables.suits import YES

CONCLUDED = "concluded"


def marks(case_ids: Collection[int]) -> Iterator[Mark]:
    """One a paper that stands, on its day."""
    rows = LOSS.counting().filter(c_case_id__in=case_ids).order_by("pk")
    for pk, case, unit, on, hit, outcome in rows.values_list(
        "pk", "c_case_id", "c_unit_id", "c_on", "c_hit", "outcome"
    ):
        yield Mark(
            CONCLUDED, case, unit, on, on, {"unit": str(unit), "outcome": outcome, "lost": YES if hit else ""}, row=pk
        )
