"""The heads of a statistical table in a list."""

from __future__ import annotations

from collections.abc import Sequence

from django import template

from casemgr.indicators.tables.definition import Column
from mediation.tables.definition import Definition

register = template.Library()


@register.filter
def head_columns(definition: Definition) -> list[Column]:
    return definition.heads


@register.filter
def head_pairs(definition: Definition, values: Sequence[str]) -> list[tuple[Column, str]]:
    return list(zip(definition.heads, values, strict=True))
