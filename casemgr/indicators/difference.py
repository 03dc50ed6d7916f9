"""Writing what a procedure keeps of its cases for the figures: by difference, one row a case."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Model


def write(
    model: type[Model], columns: Sequence[str], wanted: Mapping[int, Sequence[Any]], case_ids: Collection[int]
) -> set[int]:
    """Leave one row of `model`, keyed by its `case`, for each case of `wanted` with these values of `columns`, and none
    for the others of `case_ids`; the cases on which there was a difference.

    The caller holds the cases' locks.
    """
    rows = model._default_manager.filter(case__in=case_ids)
    kept = {pk: values for pk, *values in rows.values_list("case_id", *columns)}
    if gone := kept.keys() - wanted.keys():
        rows.filter(case__in=gone).delete()
    new, changed = [], []
    for pk, values in wanted.items():
        if kept.get(pk) != list(values):
            row = model(case_id=pk, **dict(zip(columns, values, strict=True)))
            (changed if pk in kept else new).append(row)
    model._default_manager.bulk_create(new)
    if changed:
        model._default_manager.bulk_update(changed, columns)
    return gone | {row.case_id for row in (*new, *changed)}
