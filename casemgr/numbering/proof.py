"""That a series of a year has no gap: every number is handed out here, or was given elsewhere for a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from django.db.models import Count, Max, Q

from casemgr.numbering.models import Counter, IssuedNumber, SeriesStart
from casemgr.numbering.series import declared

SHOWN = 20
"""How many missing numbers are named."""


@dataclass(frozen=True)
class Proof:
    """One series of one year and owner. Complete: what was handed out and what was given elsewhere is everything."""

    series: str
    year: int
    owner: str
    next_number: int
    last: int
    issued: int
    voided: int
    starts: tuple[SeriesStart, ...]
    missing: tuple[int, ...]

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def elsewhere(self) -> int:
        return sum(start.elsewhere for start in self.starts)


def prove(year: int) -> list[Proof]:
    """Every declared series of the year, and those of units that count for themselves; by declaration, then owner."""
    counters = {(row.series, row.owner): row.last for row in Counter.objects.filter(year=year)}
    keys = dict.fromkeys([(code, "") for code in declared()] + sorted(counters))
    starts: dict[tuple[str, str], list[SeriesStart]] = {}
    for start in SeriesStart.objects.filter(year=year):
        starts.setdefault((start.series, start.owner), []).append(start)
    issued = IssuedNumber.objects.filter(series__in={code for code, _owner in keys}, year=year).values(
        "series", "owner"
    )
    counted = {
        (row["series"], row["owner"]): row
        for row in issued.annotate(
            last=Max("number"), issued=Count("pk"), voided=Count("pk", filter=~Q(void_reason=""))
        ).order_by()
    }
    return [_proof(key, year, counters.get(key, 0), counted.get(key), tuple(starts.get(key, ()))) for key in keys]


def _proof(key: tuple[str, str], year: int, counter: int, row: dict | None, starts: tuple[SeriesStart, ...]) -> Proof:
    series, owner = key
    last, issued, voided = (row["last"], row["issued"], row["voided"]) if row else (0, 0, 0)
    end = max(last, counter)
    missing: tuple[int, ...] = ()
    if issued + sum(start.elsewhere for start in starts) != end:
        numbers = IssuedNumber.objects.filter(series=series, year=year, owner=owner).order_by("number")
        missing = tuple(_missing(numbers.values_list("number", flat=True).iterator(), starts, end))
    return Proof(series, year, owner, end + 1, last, issued, voided, starts, missing)


def _missing(numbers: Iterable[int], starts: tuple[SeriesStart, ...], end: int) -> Iterator[int]:
    """The first numbers up to `end` that nobody accounts for."""
    left, expected = SHOWN, 1
    for number in chain(numbers, [end + 1]):
        for gap in range(expected, number):
            if any(start.follows < gap < start.first for start in starts):
                continue
            yield gap
            left -= 1
            if not left:
                return
        expected = number + 1
