"""Writing many rows at once with the history that saving them one by one would leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db import models
from django.utils import timezone

from casemgr.audit.context import current
from casemgr.audit.inserting import Cells, cell, cells_of, copy_cells, copy_rows, uses_copy

CREATED, CHANGED = "+", "~"


def create_with_history(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model; each gets its id and its first history row. Call it inside a transaction."""
    if not rows:
        return
    model = type(rows[0])
    if uses_copy(model):
        _copy_history(model, copy_rows(rows), CREATED, timezone.now())
        return
    model._base_manager.bulk_create(rows)
    keep_history_of(rows, CREATED, timezone.now())


def keep_history_of(rows: Sequence[models.Model], kind: str, at: datetime, **earlier: Any) -> None:
    """The history of saved rows of one model as they stand, or as they stood with the `earlier` columns."""
    keep_versions_of([(row, earlier) for row in rows], kind, at)


def keep_versions_of(versions: Sequence[tuple[models.Model, Mapping[str, Any]]], kind: str, at: datetime) -> None:
    """The same of rows each of which stood with other columns."""
    if not versions:
        return
    model = type(versions[0][0])
    if uses_copy(model):
        _copy_history(model, [cells_of(row, earlier) for row, earlier in versions], kind, at)
    else:
        keep_history(history_row(row, kind, at, **earlier) for row, earlier in versions)


def keep_both_of(rows: Sequence[models.Model], at: datetime, **at_first: Any) -> None:
    """The two history rows of saved rows that were made in one step and brought to their end in the next."""
    if not rows:
        return
    later = at + timedelta(microseconds=1)
    if not uses_copy(type(rows[0])):
        keep_history_of(rows, CREATED, at, **at_first)
        keep_history_of(rows, CHANGED, later)
        return
    found = [cells_of(row) for row in rows]
    earlier = {name: cell(value) for name, value in at_first.items()}
    _copy_history(type(rows[0]), [cells | earlier for cells in found], CREATED, at)
    _copy_history(type(rows[0]), found, CHANGED, later)


def _copy_history(model: type[models.Model], rows: Iterable[Cells], kind: str, at: datetime) -> None:
    history, columns = _history_of(model)
    context = current()
    stamp = {
        "history_date": at,
        "history_type": kind,
        "history_user_id": context.actor_id,
        "history_actor_name": context.actor_name,
        "history_action": context.action,
        "history_change_reason": context.reason or None,
    }
    end = "\t".join(map(cell, stamp.values()))
    lines = ("\t".join([*(cells[name] for name in columns), end]) for cells in rows)
    copy_cells(history, [*columns, *stamp], lines)


def history_row(row: models.Model, kind: str, at: datetime, **earlier: Any) -> models.Model:
    """A history row of a row as it stands, or as it stood with the `earlier` columns; stamped with the running action.

    `fill_history_row` stamps those that saving writes.
    """
    model, columns = _history_of(type(row))
    context = current()
    values = {name: getattr(row, name) for name in columns}
    return model(
        **{**values, **earlier},
        history_date=at,
        history_type=kind,
        history_user_id=context.actor_id,
        history_actor_name=context.actor_name,
        history_action=context.action,
        history_change_reason=context.reason or None,
    )


@cache
def _history_of(model: type[models.Model]) -> tuple[type[models.Model], tuple[str, ...]]:
    """The history model and the columns it copies: asking the manager for them builds a class at each call."""
    history = model.history.model
    return history, tuple(field.attname for field in history.tracked_fields)


def keep_history(rows: Iterable[models.Model]) -> None:
    """Insert history rows of one model in the given order."""
    rows = list(rows)
    if rows:
        type(rows[0])._base_manager.bulk_create(rows)
