"""The names of what a table is split by, where the keys stand in the case's own facts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Choices

from casemgr.indicators.definition import Split, Text
from casemgr.organisation.models import Unit


def of_choices(path: str, choices: type[Choices]) -> Split:
    """Split by a coded word, of which a case has one."""
    return Split(path, lambda keys: dict(choices.choices))


def of_units(path: str) -> Split:
    """Split by a unit, such as the town of a dispute."""
    return Split(path, _units)


def _units(keys: Collection[Any]) -> Mapping[Any, Text]:
    return dict(Unit.objects.filter(pk__in=keys).order_by().values_list("pk", "name"))


__all__ = ["of_choices", "of_units"]
