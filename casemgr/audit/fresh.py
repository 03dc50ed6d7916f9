"""Making rows of a model by the thousand."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple, TypeVar

from django.db import models, router
from django.db.models import NOT_PROVIDED
from django.db.models.base import ModelState
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init

M = TypeVar("M", bound=models.Model)


def fresh(model: type[M], **values: Any) -> M:
    """`model(**values)` in a quarter of its time: which column has which default is worked out once, not by the row.

    A model with an `__init__` of its own, with defaults of the database, or to whose making somebody listens, is made
    as ever.
    """
    plan = _plan(model, tuple(values))
    if plan is None:
        return model(**values)
    row = model.__new__(model)
    row._state = ModelState()
    own = row.__dict__
    own.update(plan.defaults)
    for name, make in plan.made:
        own[name] = make()
    for name in plan.plain:
        own[name] = values[name]
    state = row._state
    for name, attname, key in plan.related:
        state.fields_cache[name] = related = values[name]
        if related is None:
            own[attname] = None
            continue
        own[attname] = getattr(related, key)
        if state.db is None:
            state.db = router.db_for_write(model, instance=related)
    for name in plan.described:
        setattr(row, name, values[name])
    return row


class _Plan(NamedTuple):
    """Of one set of names: defaults of the other columns, fixed or made anew; names that are set as they are; related
    rows, each with its column and the column of it that stands there; and others with a descriptor (states)."""

    defaults: dict[str, Any]
    made: list[tuple[str, Callable[[], Any]]]
    plain: list[str]
    related: list[tuple[str, str, str]]
    described: list[str]


@cache
def _plan(model: type[models.Model], names: tuple[str, ...]) -> _Plan | None:
    is_filled_by_the_database = any(field.has_db_default() for field in model._meta.concrete_fields)
    is_listened_to = pre_init.has_listeners(model) or post_init.has_listeners(model)
    if model.__init__ is not models.Model.__init__ or is_listened_to or is_filled_by_the_database:
        return None
    fields = [field for field in model._meta.fields if field.column is not None and not field.generated]
    if not set(names) <= {name for field in fields for name in (field.name, field.attname)}:
        return None
    others = [field for field in fields if field.name not in names and field.attname not in names]
    is_fixed = {field: field.default is NOT_PROVIDED or not callable(field.default) for field in others}
    plain = [name for name in names if type(getattr(model, name)) is DeferredAttribute]
    found = [model._meta.get_field(name) for name in names if type(getattr(model, name)) is ForwardManyToOneDescriptor]
    related = [(one.name, one.attname, one.target_field.attname) for one in found]
    set_here = {*plain, *(name for name, _column, _key in related)}
    return _Plan(
        defaults={field.attname: field.get_default() for field in others if is_fixed[field]},
        made=[(field.attname, field.get_default) for field in others if not is_fixed[field]],
        plain=plain,
        related=related,
        described=[name for name in names if name not in set_here],
    )


__all__ = ["fresh"]
