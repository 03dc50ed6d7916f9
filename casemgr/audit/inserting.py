"""Inserting many rows of one table: by COPY on PostgreSQL, by Django's own statements elsewhere.

COPY takes a third of the time that INSERT does: ids are drawn beforehand, cells are written as text once, and a row's
history is copied from the same cells without making a model of it. A test holds the two ways against each other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db import connections, models, router

NULL = "\\N"
_TO_ESCAPE = re.compile(r"[\\\t\n\r]")
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
Cells = dict[str, str]
"""A row as COPY takes it, by column."""


def uses_copy(model: type[models.Model]) -> bool:
    return _connection(model).vendor == "postgresql"


def insert(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model without history; each gets its id. Call it inside a transaction."""
    if not rows:
        return
    model = type(rows[0])
    if uses_copy(model):
        copy_rows(rows)
    else:
        model._base_manager.bulk_create(rows)


def insert_values(model: type[models.Model], columns: Sequence[str], values: Iterable[Sequence[Any]]) -> None:
    """Insert rows nobody needs as models, given by the columns of the fields named."""
    if uses_copy(model):
        known = {one.field.name: one for one in _columns(model)}
        chosen = [known[name] for name in columns]
        if any(one.write for one in chosen):
            writers = [one.write or _cell for one in chosen]
            lines = ("\t".join([write(value) for write, value in zip(writers, row, strict=True)]) for row in values)
        else:
            lines = ("\t".join(map(_cell, row)) for row in values)
        _copy(model, [one.field.column for one in chosen], lines)
    else:
        attnames = [model._meta.get_field(name).attname for name in columns]
        model._base_manager.bulk_create([model(**dict(zip(attnames, row, strict=True))) for row in values])


def copy_rows(rows: Sequence[models.Model]) -> list[Cells]:
    """Insert by COPY; returns the cells of each row."""
    model = type(rows[0])
    columns = _columns(model)
    own_key = model._meta.pk
    if isinstance(own_key, models.AutoField):
        waiting = [row for row in rows if row.pk is None]
        for row, pk in zip(waiting, _ids(model, len(waiting)), strict=True):
            row.pk = pk
    found = [_cells(row, columns) for row in rows]
    _copy(model, [one.field.column for one in columns], ("\t".join(cells.values()) for cells in found))
    alias = _connection(model).alias
    for row in rows:
        row._state.adding, row._state.db = False, alias
    return found


def cells_of(row: models.Model, earlier: Mapping[str, Any] | None = None) -> Cells:
    """The cells of a row that is saved, as it stands or as it stood with the `earlier` columns."""
    own = {**row.__dict__, **earlier} if earlier else row.__dict__
    return {one.attname: (one.write or _cell)(own[one.attname]) for one in _columns(type(row))}


def copy_cells(model: type[models.Model], names: Sequence[str], lines: Iterable[str]) -> None:
    """Insert rows whose cells, of the attributes named, are text already."""
    columns = {field.attname: field.column for field in model._meta.concrete_fields}
    _copy(model, [columns[name] for name in names], lines)


def cell(value: Any) -> str:
    """A value as COPY takes it."""
    return _cell(value)


def _connection(model: type[models.Model]) -> Any:
    return connections[router.db_for_write(model)]


class _Column(NamedTuple):
    """A column, how its value is written (None: by its type), and whether a field puts something in before it is
    saved."""

    field: models.Field
    attname: str
    name: str
    is_relation: bool
    is_filled: bool
    write: Callable[[Any], str] | None


@cache
def _columns(model: type[models.Model]) -> tuple[_Column, ...]:
    return tuple(
        _Column(
            field=field,
            attname=field.attname,
            name=field.name,
            is_relation=field.is_relation,
            is_filled=type(field).pre_save is not models.Field.pre_save,
            write=_json_writer(field) if isinstance(field, models.JSONField) else None,
        )
        for field in model._meta.concrete_fields
    )


def _json_writer(field: models.JSONField) -> Callable[[Any], str]:
    encode = json.JSONEncoder().encode if field.encoder is None else field.encoder().encode

    def write(value: Any) -> str:
        return NULL if value is None else _escaped(encode(value))

    return write


def _cells(row: models.Model, columns: Iterable[_Column]) -> Cells:
    own, known, by_type = row.__dict__, row._state.fields_cache, _WRITERS
    cells: Cells = {}
    for field, attname, name, is_relation, is_filled, write in columns:
        if is_relation and (related := known.get(name)) is not None:
            own[attname] = value = related.pk  # assigned before it had an id
        elif is_filled:
            value = field.pre_save(row, True)
        else:
            value = own[attname]
        cells[attname] = (write or by_type.get(type(value), _other))(value)
    return cells


def _cell(value: Any) -> str:
    return _WRITERS.get(type(value), _other)(value)


def _escaped(text: str) -> str:
    return text.translate(_ESCAPED) if _TO_ESCAPE.search(text) else text


def _other(value: Any) -> str:
    """What is none of the usual kinds, but perhaps one's own kind of them: a choice is text."""
    return value.isoformat() if isinstance(value, datetime | date) else _escaped(str(value))


_WRITERS: dict[type, Callable[[Any], str]] = {
    str: _escaped,
    type(None): lambda value: NULL,
    int: str,
    bool: lambda value: "t" if value else "f",
    bytes: lambda value: "\\\\x" + value.hex(),
    memoryview: lambda value: "\\\\x" + value.hex(),
    date: date.isoformat,
    datetime: datetime.isoformat,
}


def _ids(model: type[models.Model], count: int) -> Iterator[int]:
    """The next ids of the table, ascending."""
    if not count:
        return iter(())
    table, column = model._meta.db_table, model._meta.pk.column
    with _connection(model).cursor() as cursor:  # the sequence is looked up once, not for each id
        cursor.execute(
            "SELECT nextval(found) FROM (SELECT pg_get_serial_sequence(%s, %s)::regclass AS found OFFSET 0) AS it, "
            "generate_series(1, %s)",
            [f'"{table}"', column, count],
        )
        return iter([pk for (pk,) in cursor.fetchall()])


def _copy(model: type[models.Model], columns: Sequence[str], lines: Iterable[str]) -> None:
    connection = _connection(model)
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    body = "\n".join(lines)
    if not body:
        return
    statement = f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copying:
        copying.write(body + "\n")


__all__ = ["NULL", "Cells", "cell", "cells_of", "copy_cells", "copy_rows", "insert", "insert_values", "uses_copy"]
