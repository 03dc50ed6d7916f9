"""Rows as text and back: one JSON line a row, the same on every database."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import connection, models

LEFT_OUT = frozenset(
    {"sessions.session", "accounts.usersession", "tokens.attemptwindow", "contenttypes.contenttype", "auth.permission"}
)
"""Log-ins end with a restore; the other two are made by migrating."""
FETCH = 2000


def backed_up() -> list[type[models.Model]]:
    """Every table of ours and of the packages, also those of many-to-many fields, in a fixed order."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in LEFT_OUT
    ]
    return sorted(found, key=lambda model: model._meta.db_table)


def columns_of(model: type[models.Model]) -> list[tuple[str, str]]:
    """Column name and kind of value."""
    return [(field.column, _kind(field)) for field in model._meta.concrete_fields]


def _kind(field: models.Field) -> str:
    kinds = {
        models.DateTimeField: "datetime",
        models.BinaryField: "bytes",
        models.JSONField: "json",
        models.DecimalField: "decimal",
    }
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return next((kind for cls, kind in kinds.items() if isinstance(target, cls)), "plain")


def lines_of(model: type[models.Model]) -> Iterator[bytes]:
    """The rows in order of key, one JSON list a line."""
    names = [field.attname for field in model._meta.concrete_fields]
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=FETCH):
        yield json.dumps(list(row), ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_plain).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return base64.b64encode(bytes(value)).decode()
    raise TypeError(f"a {type(value).__name__} cannot be backed up")


def adapted(kind: str, value: Any) -> Any:
    """A value of a line as the connected database takes it."""
    if kind == "json":
        return json.dumps(value, ensure_ascii=False)
    if value is None:
        return None
    if kind == "datetime":
        return connection.ops.adapt_datetimefield_value(datetime.fromisoformat(value))
    if kind == "bytes":
        return connection.Database.Binary(base64.b64decode(value))
    return value


def insert(table: str, columns: list[tuple[str, str]], rows: list[list[Any]]) -> None:
    """Write rows past models and managers, as they were: evidence is restored byte for byte."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(name) for name, _kind_ in columns)
    marks = ", ".join(["%s"] * len(columns))
    values = [[_null(kind, value) for (_name, kind), value in zip(columns, row, strict=True)] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({marks})", values)


def _null(kind: str, value: Any) -> Any:
    return None if value is None and kind != "json" else adapted(kind, value)


def empty(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
