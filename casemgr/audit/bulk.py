"""Writing many rows at once with the history that saving them one by one would leave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db import models
from django.utils import timezone

from casemgr.audit.context import current

CREATED, CHANGED = "+", "~"


def create_with_history(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model; each gets its id and its first history row. Call it inside a transaction."""
    if not rows:
        return
    type(rows[0])._base_manager.bulk_create(rows)
    now = timezone.now()
    keep_history(history_row(row, CREATED, now) for row in rows)


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
