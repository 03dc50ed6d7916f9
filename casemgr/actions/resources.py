"""What the API can address besides cases, papers and parties: one declaration each, and the same addresses for all.

A package declares a `Resource` for each kind of record whose actions it owns (in its `api.py`), and `casemgr/web/api/
resources.py` lists them. The addresses come from `casemgr/web/api/resource_router.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.http import Http404
from ninja import Schema
from pydantic import create_model

from casemgr.actions.api_schemas import OfferOut
from casemgr.organisation.tokens.scopes import OFFICE, READ

Rows = models.QuerySet | Sequence
Computed = Callable[[Any, Any, date], Any]
"""`(record, user, today)`: a value that is no column, or one that not everybody may read."""
Together = Callable[[Sequence[Any], Any, date], Mapping[int, Any]]
"""`(records, user, today)`: the same of a whole page at once, by the record's id; a few queries, however many."""


@dataclass(frozen=True)
class Resource:
    """A kind of record: which the person may see, what is told of one, and the actions that make one.

    `visible(user, today)` gives the rows of the list; it raises PermissionDenied when the whole list is closed.
    `find(user, pk, today)` gives one, for what is found otherwise than by the list; None is 404.
    `columns` are the model's own; a foreign key is told by its id. `computed` and `together` add further entries with
    their types: what needs a query is worked out together.
    """

    name: str
    model: type[models.Model]
    visible: Callable[[Any, date], Rows]
    columns: tuple[str, ...]
    computed: Mapping[str, tuple[Any, Computed]] = field(default_factory=dict)
    together: Mapping[str, tuple[Any, Together]] = field(default_factory=dict)
    creating: tuple[str, ...] = ()
    find: Callable[[Any, int, date], Any | None] | None = None
    opened: Callable[[Any, Any], None] | None = None
    """Called with user and record when one is read: where the page records a look, the API does too."""
    told_once: Callable[[Any], dict[str, Any]] | None = None
    """What an action's answer holds besides the record, from the action's result: a password made for a person."""
    filters: tuple[str, ...] = ()
    """Columns by whose value the list can be narrowed: `?case=17`."""
    through: Mapping[str, str] = field(default_factory=dict)
    """Further filters by the id of a record behind a relation: name → lookup."""
    order: tuple[str, ...] = ("-pk",)
    reading: str = READ
    writing: str | Callable[[Any], str] = OFFICE
    """The scope of the actions, or how the record tells it."""

    @property
    def word(self) -> str:
        """The name as a piece of an operation's: data-requests → data_requests."""
        return self.name.replace("-", "_")

    def writing_scope(self, record: Any) -> str:
        return self.writing if isinstance(self.writing, str) else self.writing(record)

    def item_schema(self) -> type[Schema]:
        """The shape of one record in a list."""
        shapes: dict[str, Any] = {"id": (int, ...)}
        for name in self.columns:
            column = self.model._meta.get_field(name)
            kind = shape_of(column)
            shapes[name] = (kind | None if column.null else kind, ...)
        shapes |= {name: (kind, ...) for name, (kind, _value) in (*self.computed.items(), *self.together.items())}
        return create_model(f"{self._title}Out", __base__=Schema, **shapes)

    def whole_schema(self, item: type[Schema]) -> type[Schema]:
        """The shape of one record by itself: with its version, and what can be done."""
        return create_model(
            f"{self._title}Whole", __base__=item, version=(int | None, None), available_actions=(list[OfferOut], ...)
        )

    @property
    def _title(self) -> str:
        return "".join(part.title() for part in self.name.split("-"))

    def item(self, record: models.Model, user: Any, today: date) -> dict[str, Any]:
        """One record, as `item_schema` describes it."""
        return self.items([record], user, today)[0]

    def items(self, records: Sequence[Any], user: Any, today: date) -> list[dict[str, Any]]:
        """Records of a page."""
        found = {name: value(records, user, today) for name, (_kind, value) in self.together.items()}
        further = ({name: values.get(record.pk) for name, values in found.items()} for record in records)
        return [self._item(record, user, today) | more for record, more in zip(records, further, strict=True)]

    def _item(self, record: models.Model, user: Any, today: date) -> dict[str, Any]:
        told: dict[str, Any] = {"id": record.pk}
        for name in self.columns:
            told[name] = plain(getattr(record, self.model._meta.get_field(name).attname))
        return told | {name: value(record, user, today) for name, (_kind, value) in self.computed.items()}

    def one(self, user: Any, pk: int, today: date) -> Any:
        """:raises Http404: there is none, or the person may not see it."""
        if self.find is not None:
            found = self.find(user, pk, today)
        else:
            rows = self.visible(user, today)
            is_query = isinstance(rows, models.QuerySet)
            found = rows.filter(pk=pk).first() if is_query else next((row for row in rows if row.pk == pk), None)
        if found is None:
            raise Http404
        return found


def plain(value: Any) -> Any:
    """A column's value as JSON has it: days as 2026-11-23, amounts as text."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return value


def shape_of(column: models.Field) -> Any:
    """The type of a column in the description."""
    target = column.target_field if isinstance(column, models.ForeignKey) else column
    if isinstance(target, models.BooleanField):
        return bool
    if isinstance(target, models.IntegerField):
        return int
    if isinstance(target, models.JSONField):
        return Any
    return str
