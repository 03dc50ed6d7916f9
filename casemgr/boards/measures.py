"""What boards count and alerts watch, beside the indicators: each with its words and the rows behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise

from casemgr.cases.queries import CaseQuerySet
from casemgr.organisation.scope import scope
from casemgr.pages.requests import row_id

Text = str | Promise
Narrow = Callable[[CaseQuerySet, str, date], CaseQuerySet]
"""The cases of a part, from all of them, the key in the address, and today."""
NOBODY = "nobody"


@dataclass(frozen=True, eq=False)
class Measure:
    """A number of somebody's reach on a day; None where there is nothing to say. `address`: where it is explained.

    `procedures`: of whose cases it speaks, when not of all. `sign`: what is written behind the number.
    """

    code: str
    name: Text
    number: Callable[[Any, date], int | Decimal | None]
    address: Callable[[], str]
    procedures: tuple[str, ...] = ()
    sign: str = ""


@dataclass(frozen=True, eq=False)
class Count:
    """A number of cases. `words` says exactly which; the number opens them.

    `cases(user, today)`: those within the person's reach. `by`: how a part of the number is asked for in an address,
    beside `unit` and `handler`.
    """

    code: str
    name: Text
    words: Text
    cases: Callable[[Any, date], CaseQuerySet]
    by: Mapping[str, Narrow] = field(default_factory=dict)
    procedures: tuple[str, ...] = ()

    @property
    def narrows(self) -> Mapping[str, Narrow]:
        return {"unit": _of("unit_id"), "handler": _of("lead_handler_id"), **self.by}

    def number(self, user: Any, today: date) -> int:
        return self.cases(user, today).order_by().count()

    def address(self, **part: object) -> str:
        """The rows, or those of a part."""
        asked = {name: NOBODY if key is None else key for name, key in part.items()}
        query = f"?{urlencode(asked)}" if asked else ""
        return reverse("board_count", args=[self.code]) + query

    def part(self, user: Any, today: date, asked: Mapping[str, str]) -> CaseQuerySet:
        """The cases of the part that an address asks for."""
        found = self.cases(user, today)
        for name, narrow in self.narrows.items():
            if key := asked.get(name, "").replace("\0", ""):
                found = narrow(found, key, today)
        return found

    def measure(self) -> Measure:
        return Measure(self.code, self.name, self.number, self.address, self.procedures)


def _of(column: str) -> Narrow:
    def narrow(cases: CaseQuerySet, key: str, _today: date) -> CaseQuerySet:
        if key == NOBODY:
            return cases.filter(**{f"{column}__isnull": True})
        pk = row_id(key)
        return cases.filter(**{column: pk}) if pk is not None else cases.none()

    return narrow


_counts: dict[str, Count] = {}
_measures: dict[str, Measure] = {}


def register(*found: Count | Measure) -> None:
    """Called from `AppConfig.ready()`."""
    for one in found:
        if isinstance(one, Count):
            _counts[one.code] = one
            _measures[one.code] = one.measure()
        else:
            _measures[one.code] = one


def counts() -> Mapping[str, Count]:
    return _counts


def measures() -> Mapping[str, Measure]:
    """Every measure, the counts among them."""
    return _measures


def concerns(one: Count | Measure, user: Any, today: date) -> bool:
    """Whether some of the person's roles has cases it speaks of."""
    seen = scope(user, today).procedures
    return bool(seen.intersection(one.procedures) if one.procedures else seen)


__all__ = ["NOBODY", "Count", "Measure", "Narrow", "concerns", "counts", "measures", "register"]
