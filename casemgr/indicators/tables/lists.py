"""The lists by which tables are divided into lines: data of the office, each line valid for some years."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from casemgr.indicators.definition import Text
from casemgr.indicators.tables.models import ListLine

UNLISTED = "-"
"""The line of what no line of the list gathers, so that nothing is left out of the sum."""


@dataclass(frozen=True)
class Line:
    """`gathers`: the register's words that belong to it."""

    code: str
    name: Text
    gathers: frozenset[str]


@dataclass(frozen=True)
class Seed:
    """A line as an office has it on its first day."""

    code: str
    name: Text
    gathers: tuple[str, ...]


@dataclass(frozen=True)
class TableList:
    """One list. `kept_elsewhere` gives the lines of a list that the office edits in another place (`address`)."""

    code: str
    name: Text
    seeds: tuple[Seed, ...] = ()
    words: Callable[[], list[tuple[str, Text]]] | None = None
    """The register's words that may be gathered, with their names."""
    kept_elsewhere: Callable[[], list[Line]] | None = None


_lists: dict[str, TableList] = {}


def register_list(*several: TableList) -> None:
    _lists.update({one.code: one for one in several})


def table_lists() -> dict[str, TableList]:
    return dict(_lists)


def lines_of(code: str, year: int) -> list[Line]:
    """The lines that hold in the year, in their order: one query."""
    one = _lists[code]
    if one.kept_elsewhere is not None:
        return one.kept_elsewhere()
    rows = ListLine.objects.filter(list_code=code, from_year__lte=year)
    rows = rows.filter(Q(until_year__isnull=True) | Q(until_year__gte=year))
    return [Line(row.code, row.name, frozenset(row.gathers)) for row in rows]


def unlisted(lines: Collection[Line]) -> Line:
    return Line(UNLISTED, _("In no line of the list"), frozenset())


def load_seeds() -> int:
    """Create lists that have no line at all; what the office has edited stays as it is."""
    known = set(ListLine.objects.order_by().values_list("list_code", flat=True).distinct())
    made = 0
    for one in _lists.values():
        if one.code in known:
            continue
        for order, seed in enumerate(one.seeds, 1):
            ListLine(
                list_code=one.code, code=seed.code, name=str(seed.name), order=order, gathers=list(seed.gathers)
            ).save()
            made += 1
    return made


__all__ = ["UNLISTED", "Line", "Seed", "TableList", "lines_of", "load_seeds", "register_list", "table_lists"]
