"""Keeping the days of disputes equal to their entries, by the reading of the tables."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from casemgr.indicators.difference import write
from mediation.models import DisputeDays
from mediation.tables.reading import Dispute, read

DAYS = (*("taken_on", "closed_on", "agreed_on", "success_on", "performed_on", "filed_on", "confirmed_on", "sued_on"),)


def keep_days(case_ids: Collection[int]) -> set[int]:
    """Read the cases' entries anew and write the difference; the cases on which there was one.

    The caller holds the cases' locks.
    """
    wanted = {one.case: _days(one) for one in read(sorted(case_ids), date.max) if one.taken_on and not one.handed_on}
    return write(DisputeDays, DAYS, wanted, case_ids)


def _days(one: Dispute) -> tuple[date | None, ...]:
    return (
        one.taken_on,
        one.closed_on,
        one.agreed_on,
        one.success_on,
        one.performed_on,
        one.filed_on,
        one.confirmed_on,
        one.sued[0] if one.sued else None,
    )


__all__ = ["DAYS", "keep_days"]
