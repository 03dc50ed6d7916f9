"""Pages of a long list without counting it: keyset pages and capped counts."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models import F, Q

PAGE_SIZE = 25
COUNT_CAP = 1000


@dataclass(frozen=True)
class Page:
    """The rows of one page; `previous` and `next` are query parameters such as {"after": …}, or None at an end."""

    items: list
    previous: dict[str, str] | None = None
    next: dict[str, str] | None = None

    def __iter__(self):
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


@dataclass(frozen=True)
class _Column:
    """One column of the order; empty values always come last."""

    name: str
    descending: bool
    nullable: bool
    field: models.Field

    def order(self, backwards: bool):
        descending = self.descending != backwards
        if not self.nullable:
            return F(self.name).desc() if descending else F(self.name).asc()
        nulls = {"nulls_first": True} if backwards else {"nulls_last": True}
        return F(self.name).desc(**nulls) if descending else F(self.name).asc(**nulls)

    def equals(self, value: object) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def beyond(self, value: object, backwards: bool, *, or_equal: bool = False) -> Q | None:
        """Rows on the far side of `value`; None when there can be none."""
        if value is None:
            if or_equal:
                return None if backwards else Q(**{f"{self.name}__isnull": True})
            return Q(**{f"{self.name}__isnull": False}) if backwards else None
        comparison = "lt" if self.descending != backwards else "gt"
        condition = Q(**{f"{self.name}__{comparison}{'e' if or_equal else ''}": value})
        if self.nullable and not backwards:
            condition |= Q(**{f"{self.name}__isnull": True})
        return condition


def paginate(
    queryset: models.QuerySet, order: Sequence[str], params: Mapping[str, str], *, size: int = PAGE_SIZE
) -> Page:
    """The page that `params` (`request.GET`: `after` or `before`) asks for, in one query.

    `order` names columns as `order_by` does; the last must be unique. Empty values sort last both ways.
    A cursor that cannot be read gives the first page.
    """
    columns = [_column(queryset.model, name) for name in order]
    before = _decode(params.get("before", ""), columns)
    after = None if before else _decode(params.get("after", ""), columns)
    if before:
        rows = _fetch(queryset, columns, before, size, backwards=True)
        if len(rows) >= size:
            items = rows[:size][::-1]
            previous = {"before": _encode(items[0], columns)} if len(rows) > size else None
            return Page(items, previous, {"after": _encode(items[-1], columns)})
    rows = _fetch(queryset, columns, after, size, backwards=False)
    items = rows[:size]
    previous = {"before": _encode(items[0], columns)} if after and items else None
    return Page(items, previous, {"after": _encode(items[-1], columns)} if len(rows) > size else None)


def numbered(queryset: models.QuerySet, order: Sequence[str], number: int, *, size: int = PAGE_SIZE) -> Page:
    """A page by its number, for callers who count; the database reads all rows before it."""
    columns = [_column(queryset.model, name) for name in order]
    ordered = queryset.order_by(*(column.order(False) for column in columns))
    rows = list(ordered[(number - 1) * size : number * size + 1])
    return Page(rows[:size], None, {"after": _encode(rows[size - 1], columns)} if len(rows) > size else None)


def sliced(rows: Sequence, params: Mapping[str, str], *, size: int = PAGE_SIZE) -> Page:
    """The page of rows that are counted already, where no column of the database orders them: `page` 1, 2, …"""
    asked = params.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 1
    last = max(-(-len(rows) // size), 1)
    number = min(max(number, 1), last)
    items = list(rows[(number - 1) * size : number * size])
    previous = {"page": str(number - 1)} if number > 1 else None
    return Page(items, previous, {"page": str(number + 1)} if number < last else None)


def is_readable(model: type[models.Model], order: Sequence[str], cursor: str) -> bool:
    """Whether a cursor was made for this order. `paginate` gives the first page for any other."""
    return _decode(cursor, [_column(model, name) for name in order]) is not None


def capped_count(queryset: models.QuerySet, cap: int = COUNT_CAP) -> str:
    """ "37", or "1000+" beyond the cap: counting a million rows costs more than the page."""
    count = queryset.order_by()[: cap + 1].count()
    return f"{cap}+" if count > cap else str(count)


def _fetch(
    queryset: models.QuerySet, columns: list[_Column], values: list | None, size: int, *, backwards: bool
) -> list:
    if values:
        queryset = queryset.filter(_position(columns, values, backwards))
    return list(queryset.order_by(*(column.order(backwards) for column in columns))[: size + 1])


def _position(columns: list[_Column], values: list, backwards: bool) -> Q:
    """Rows strictly after (or before) the given values, compared column by column."""
    result, equal = Q(pk__in=[]), Q()
    for column, value in zip(columns, values, strict=True):
        if (beyond := column.beyond(value, backwards)) is not None:
            result |= equal & beyond
        equal &= column.equals(value)
    # Implied by the rest; said once more so that an index on the first column can be used.
    if (bound := columns[0].beyond(values[0], backwards, or_equal=True)) is not None:
        result = bound & result
    return result


def _column(model: type[models.Model], name: str) -> _Column:
    bare = name.removeprefix("-")
    field, nullable, part_of = None, False, model
    for part in bare.split("__"):
        field = part_of._meta.pk if part == "pk" else part_of._meta.get_field(part)
        nullable = nullable or field.null
        part_of = field.related_model
    if field is None:
        raise FieldDoesNotExist(name)
    return _Column(bare, name.startswith("-"), nullable, field)


def _encode(row: Any, columns: list[_Column]) -> str:
    values = []
    for column in columns:
        value = _value(row, column.name)
        values.append(None if value is None else column.field.get_prep_value(value))
    text = json.dumps(values, default=str, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _value(row: Any, name: str) -> Any:
    if isinstance(row, Mapping):
        return row[name]
    for part in name.split("__"):
        row = getattr(row, part, None)
    return row


def _decode(text: str, columns: list[_Column]) -> list | None:
    if not text:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if not isinstance(values, list) or len(values) != len(columns):
            return None
        return [_clean(value, column.field) for value, column in zip(values, columns, strict=True)]
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error, ValidationError):
        return None


def _clean(value: Any, field: models.Field) -> Any:
    """A value no database chokes on. :raises ValidationError: it is none of the column's."""
    if value is None:
        return None
    value = field.to_python(value)
    field.run_validators(value)
    if isinstance(value, str) and "\0" in value:
        raise ValidationError("NUL")
    return value
