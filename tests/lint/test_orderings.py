"""A default order names columns of its own table; another table's are named to the letter where they are meant.

`ordering = ["case", …]` reads harmlessly and joins the register of cases, in its own order, into every query.
"""

from __future__ import annotations

from django.apps import apps
from django.db.models import Model


def test_no_default_order_joins_another_table_unseen() -> None:
    assert not [name for model in apps.get_models() for name in _unseen_joins(model)]


def _unseen_joins(model: type[Model]) -> list[str]:
    relations = {field.name for field in model._meta.fields if field.is_relation}
    named = [name.lstrip("-") for name in model._meta.ordering if isinstance(name, str)]
    return [f"{model._meta.label}: {name}" for name in named if name in relations]
