"""One way to write a row as bytes, the same on every database, and its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.db import models

SHORT = 16
"""Bytes of a row's digest that a seal keeps, enough to find the row that changed."""
FETCH = 1000


def columns_of(model: type[models.Model]) -> list[str]:
    """The model's columns in a stable order, the key first."""
    names = sorted(field.attname for field in model._meta.concrete_fields if not field.primary_key)
    return [model._meta.pk.attname, *names]


def row_text(table: str, columns: Sequence[str], values: Sequence[Any]) -> str:
    """The row with its table and the names of its columns, as it is digested."""
    return json.dumps(
        [table, list(columns), list(values)], ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_plain
    )


def row_digest(table: str, columns: Sequence[str], values: Sequence[Any]) -> bytes:
    """SHA-256 of `row_text`."""
    return hashlib.sha256(row_text(table, columns, values).encode()).digest()


def digests(model: type[models.Model], columns: Sequence[str], ids: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """Id and digest of those of the rows that exist, in order of id."""
    table = model._meta.label_lower
    for start in range(0, len(ids), FETCH):
        piece = ids[start : start + FETCH]
        rows = model._base_manager.filter(pk__in=piece).order_by("pk").values_list(*columns)
        try:
            yield from [(values[0], row_digest(table, columns, values)) for values in rows]
        except (ValueError, TypeError):
            yield from _one_by_one(model, columns, piece)


def _one_by_one(model: type[models.Model], columns: Sequence[str], ids: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """The same where a row cannot even be read any more: that one's digest is empty and equals nothing."""
    for one in ids:
        try:
            for values in model._base_manager.filter(pk=one).values_list(*columns):
                yield one, row_digest(model._meta.label_lower, columns, values)
        except (ValueError, TypeError):
            yield one, b""


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    raise TypeError(f"a sealed column holds a {type(value).__name__}, which has no canonical form")
