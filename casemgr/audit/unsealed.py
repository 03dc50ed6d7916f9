"""What was recorded since the last seal, table by table."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from casemgr.audit.evidence import tables
from casemgr.audit.models import SealMark

COUNTED = 10_000
"""Rows are counted up to here: one night's work is far less, and a page does not count a whole table."""


@dataclass(frozen=True)
class Unsealed:
    """Rows of one table that are in no seal yet; `is_more` when there are more than were counted."""

    model: type[models.Model]
    rows: int
    is_more: bool


def unsealed() -> list[Unsealed]:
    """The tables with rows above their mark, or in a gap below it, most rows first."""
    marks = {mark.table: mark for mark in SealMark.objects.all()}
    found = []
    for table, model in tables().items():
        mark = marks.get(table) or SealMark(table=table)
        rows = model._base_manager.filter(pk__gt=mark.highest).order_by()[: COUNTED + 1].count()
        for first, last, _number in mark.gaps:
            rows += model._base_manager.filter(pk__gte=first, pk__lte=last).count()
        if rows:
            found.append(Unsealed(model, min(rows, COUNTED), rows > COUNTED))
    return sorted(found, key=lambda one: -one.rows)
