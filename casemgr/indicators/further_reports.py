"""Reports besides the indicators: statistical tables, registered here or listed in `Procedure.extra["reports"]`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Protocol

from casemgr.cases.procedure import procedures
from casemgr.indicators.definition import Text


class NoReport(ValueError):
    """What was asked cannot be answered; the message says so to people."""


class Report(Protocol):
    """A table that `manage.py report` and the API give beside the indicators.

    `params` are the caller's words: `year`, `quarter`, `month`, `unit`, and whatever else the report knows.
    """

    @property
    def code(self) -> str: ...

    @property
    def name(self) -> Text: ...

    @property
    def formula(self) -> Text: ...

    def is_known_to(self, user: Any, today: date) -> bool:
        """Whether the person may ask for it."""

    def as_dict(self, params: Mapping[str, str], user: Any, today: date) -> dict[str, Any]:
        """:raises NoReport:"""

    def file(self, params: Mapping[str, str], user: Any, today: date, form: str) -> tuple[bytes, int]:
        """An `xlsx` or `pdf`, and how many rows it lists. :raises NoReport:"""


_sources: list[Callable[[], Iterable[Report]]] = []


def register(source: Callable[[], Iterable[Report]]) -> None:
    """Called from `AppConfig.ready()`."""
    if source not in _sources:
        _sources.append(source)


def further_reports() -> dict[str, Report]:
    """By code."""
    found = {one.code: one for source in _sources for one in source()}
    return found | {one.code: one for known in procedures() for one in known.extra.get("reports", tuple)()}
