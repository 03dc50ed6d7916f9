"""The shapes of actions and their refusals, for the description of the API."""

from __future__ import annotations

from typing import Any

from ninja import Schema
from pydantic import Field


class RefusalOut(Schema):
    code: str
    message: str
    article: str
    basis: str
    field: str | None = None


class OfferOut(Schema):
    name: str
    label: str
    possible: bool
    refusals: list[RefusalOut]


class ActionOut(OfferOut):
    """What an action asks for, and why it is refused now, if it is."""

    binding: bool
    consequence: str
    version: int | None
    form: dict[str, Any] = Field(alias="schema")
