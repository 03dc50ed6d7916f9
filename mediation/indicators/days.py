"""Keeping the days of disputes equal to their entries, by the reading of the tables."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from mediation.models import DisputeDays
from mediation.tables.reading import Dispute, read

DAYS = (*("taken_on", "closed_on", "agreed_on", "success_on", "performed_on", "filed_on", "confirmed_on", "sued_on"),)


def keep_days(case_ids: Collection[int]) -> set[int]:
    """Read the cases' entries anew and write the difference; the cases on which there was one.

    The caller holds the cases' locks.
    """
    wanted = {one.case: _days(one) for one in read(sorted(case_ids), date.max) if one.taken_on and not one.handed_on}
    kept = {row[0]: row[1:] for row in DisputeDays.objects.filter(case__in=case_ids).values_list("case_id", *DAYS)}
    if gone := kept.keys() - wanted.keys():
        DisputeDays.objects.filter(case__in=gone).delete()
    new, changed = [], []
    for pk, days in wanted.items():
        if kept.get(pk) != days:
            row = DisputeDays(case_id=pk, **dict(zip(DAYS, days, strict=True)))
            (changed if pk in kept else new).append(row)
    DisputeDays.objects.bulk_create(new)
    if changed:
        DisputeDays.objects.bulk_update(changed, DAYS)
    return gone | {row.case_id for row in (*new, *changed)}


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
