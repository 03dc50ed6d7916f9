"""Counting a table: one query for the groups of a base, summed into lines and columns; always from the same marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Sum, Value, When

from casemgr.indicators.tables.definition import Check, Column, Full, Span, Values, add
from casemgr.indicators.tables.facts import Base, Group
from casemgr.indicators.tables.keeping import known_on
from casemgr.indicators.tables.lists import UNLISTED, Line, lines_of, unlisted
from casemgr.indicators.tables.models import KnownMark
from casemgr.indicators.tables.official import WHOLE, Book, OfficialTable
from casemgr.organisation.scope import ALL, scope


@dataclass(frozen=True)
class SheetLine:
    line: Line
    values: Values
    broken: tuple[Check, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A table for a span, as known at the end of a day (None: now), within somebody's reach."""

    table: OfficialTable
    span: Span
    known: date | None
    lines: tuple[SheetLine, ...]
    values: Values
    broken: tuple[Check, ...]

    @property
    def line_values(self) -> dict[str, Values]:
        return {one.line.code: one.values for one in self.lines}


def within_reach(base: Base, user: Any, today: date) -> Q:
    """Marks of the units that the person's roles reach; SYSTEM's reach is everything."""
    if getattr(user, "is_system", False):
        return Q()
    if base.reach is not None:
        return base.reach(user, today)
    units = scope(user, today).unit_ids(base.procedure)
    return Q() if units is ALL else Q(unit_id__in=units)


def marks(base: Base, span: Span, known: date | None, reach: Q) -> QuerySet[KnownMark]:
    """What a table of the span may count: what touches it."""
    found = KnownMark.objects.filter(known_on(known), reach, base=base.code)
    return found.filter(on__lte=span.end, until__gte=span.first)


def groups(base: Base, span: Span, known: date | None, reach: Q) -> list[Group]:
    """The marks by what columns can tell apart: one query for all tables of the base. A period to come has none."""
    if span.end < span.first:
        return []
    begun = Case(When(on__gte=span.first, then=Value(True)), default=Value(False), output_field=BooleanField())
    ended = Case(When(until__lte=span.end, then=Value(True)), default=Value(False), output_field=BooleanField())
    passed = Case(When(on__lt=span.as_of, then=Value(True)), default=Value(False), output_field=BooleanField())
    rows = (
        marks(base, span, known, reach)
        .annotate(has_begun=begun, has_ended=ended, has_passed=passed)
        .order_by()
        .values("kind", "dims", "has_begun", "has_ended", "has_passed")
        .annotate(number=Count("pk"), total=Sum("value"))
        .values_list("kind", "dims", "has_begun", "has_ended", "number", "total", "has_passed")
    )
    return [Group(*row) for row in rows]


def sheet(
    table: OfficialTable, span: Span, known: date | None, reach: Q, found: Sequence[Group] | None = None
) -> Sheet:
    """The table; `found`: the groups where they were read for another table of the base already."""
    if found is None:
        found = groups(table.read_from, span, known, reach)
    lines = lines_of(table.lines, span.last.year) if table.lines else []
    columns = _by_kind(table.columns)
    members = merged(table, found, columns)
    by_line = _by_line(table, members, lines)
    summed = {code: _values(members, columns) for code, members in by_line.items()}
    if table.lines and any(summed.get(UNLISTED, {}).values()):
        lines = [*lines, unlisted(lines)]
    told = tuple(
        SheetLine(line, values, tuple(table.broken(values))) for line in lines for values in [summed.get(line.code, {})]
    )
    values = add(*summed.values())
    if table.whole:
        values = _values((one for one in members if one.dims.get(table.whole) == WHOLE), columns)
    return Sheet(table, span, known, told, values, tuple(table.broken(values)))


def merged(table: OfficialTable, found: Iterable[Group], kinds: Collection[str]) -> list[Group]:
    """The groups by what this table tells apart: a register of years has thousands, of which it needs some dozens."""
    names = {name for column in table.columns for one in counts_of(column) for name in one.where}
    listed = sorted(names | ({table.dim} if table.lines else set()) | ({table.whole} if table.whole else set()))
    sums: dict[tuple[Any, ...], list[Any]] = {}
    for group in found:
        if group.kind in kinds:
            words = tuple(group.dims.get(name, "") for name in listed)
            place = sums.setdefault((group.kind, group.begun, group.ended, group.passed, words), [0, 0])
            place[0] += group.number
            place[1] += group.value
    return [
        Group(kind, dict(zip(listed, words, strict=True)), begun, ended, *several, passed)
        for (kind, begun, ended, passed, words), several in sums.items()
    ]


def sheets(book: Book, span: Span, known: date | None, reach: Q) -> dict[str, Sheet]:
    """Every table of the book: one query a base, and one a list."""
    found = {base.code: groups(base, span, known, reach) for base in book.bases}
    return {one.code: sheet(one, span, known, reach, found[one.base]) for one in book.tables}


def broken_between(book: Book, found: Mapping[str, Sheet]) -> list[str]:
    """What does not hold between the tables, in words."""
    totals = {code: Full(one.values) for code, one in found.items()}
    return [str(check.message) for check in book.checks if not check.holds(totals)]


def _by_line(table: OfficialTable, found: Iterable[Group], lines: Sequence[Line]) -> dict[str, list[Group]]:
    """Groups by line; of a table without lines, all in one. A word gathered twice counts in the first line."""
    if not table.lines:
        return {"": list(found)}
    places: dict[str, str] = {}
    for line in lines:
        for word in line.gathers:
            places.setdefault(word, line.code)
    by_line: dict[str, list[Group]] = defaultdict(list)
    for group in found:
        if table.whole and group.dims.get(table.whole) == WHOLE:
            continue
        by_line[places.get(group.dims.get(table.dim, ""), UNLISTED)].append(group)
    return by_line


def _by_kind(columns: Iterable[Column]) -> dict[str, list[Column]]:
    found: dict[str, list[Column]] = defaultdict(list)
    for column in columns:
        for kind in kinds_of(column):
            found[kind].append(column)
    return found


def kinds_of(column: Column) -> tuple[str, ...]:
    """The kinds of marks the column counts."""
    return tuple(dict.fromkeys(one.kind for one in counts_of(column)))


def counts_of(column: Column) -> tuple[Any, ...]:
    return getattr(column.of, "several", (column.of,))


def _values(members: Iterable[Group], columns: Mapping[str, list[Column]]) -> Values:
    found: dict[str, Any] = {}
    for group in members:
        for column in columns.get(group.kind, ()):
            if value := column.of(group):
                found[column.code] = found.get(column.code, 0) + value
    return found


def line_condition(table: OfficialTable, line: str, year: int) -> Q:
    """Marks of the line; of the sum when it is empty."""
    if not table.lines or not line:
        return Q(**{f"dims__{table.whole}": WHOLE}) if table.whole else Q()
    return _of_line(table, line, year) & (Q(**{f"dims__{table.whole}": ""}) if table.whole else Q())


def _of_line(table: OfficialTable, line: str, year: int) -> Q:
    listed = lines_of(table.lines, year)
    places: dict[str, str] = {}
    for one in listed:
        for word in one.gathers:
            places.setdefault(word, one.code)
    name = f"dims__{table.dim}__in"
    if line == UNLISTED:
        return ~Q(**{name: list(places)}) if places else Q()
    return Q(**{name: [word for word, code in places.items() if code == line]})


def column_condition(column: Column, span: Span) -> Q:
    """Exactly the marks behind the column's number."""
    found = Q(pk__in=[])
    if span.end < span.first:
        return found
    for one in counts_of(column):
        found |= one.condition(span)
    return found
