"""The rows behind a number, exactly; and what makes one number differ from what it was known to be on another day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from casemgr.cases.models import Case
from casemgr.indicators.definition import FOREVER
from casemgr.indicators.tables.counting import column_condition, line_condition
from casemgr.indicators.tables.definition import Column, Span
from casemgr.indicators.tables.facts import Base, Named, plain
from casemgr.indicators.tables.keeping import known_on
from casemgr.indicators.tables.models import KnownMark
from casemgr.indicators.tables.official import OfficialTable

LISTED = 500
"""Differences read for one page."""


@dataclass(frozen=True)
class Shown:
    """One counted mark in a list. `case` is None where the row is no case's; `link`: where it stands."""

    case: Case | None
    number: str
    title: str
    link: str
    unit: str
    on: date
    until: date | None
    kind: str
    words: str
    value: Any


@dataclass(frozen=True)
class Difference:
    """A row that one number counts and the other does not, or counts otherwise. Empty words: it was not counted."""

    case: Case | None
    number: str
    title: str
    link: str
    what: str
    before: str
    after: str


def behind(
    table: OfficialTable, column: Column, line: str, span: Span, known: date | None, reach: Q
) -> QuerySet[KnownMark]:
    """Exactly the marks that the number counts."""
    found = KnownMark.objects.filter(known_on(known), reach, base=table.base)
    return found.filter(column_condition(column, span), line_condition(table, line, span.last.year))


def shown(base: Base, marks: Iterable[KnownMark]) -> list[Shown]:
    """The marks in words; they come with case and unit."""
    marks = list(marks)
    names = names_of(base, marks)
    return [
        Shown(
            case=mark.case,
            **vars(names[mark.row_id]),
            unit=mark.unit.name,
            on=mark.on,
            until=None if mark.until in (FOREVER, mark.on) else mark.until,
            kind=str(base.kinds.get(mark.kind, mark.kind)),
            words=words_of(base, mark.dims),
            value=plain(mark.value),
        )
        for mark in marks
    ]


def names_of(base: Base, marks: Iterable[KnownMark]) -> Mapping[int, Named]:
    """By row: what it is called, and where it stands."""
    found, without = {}, []
    for mark in marks:
        if mark.case is not None:
            link = reverse("case_detail", args=[mark.case_id])
            found[mark.row_id] = Named(mark.case.number, mark.case.title, link)
        else:
            without.append(mark.row_id)
    return {**found, **base.named(without)} if without and base.named is not None else found


def words_of(base: Base, dims: Mapping[str, str]) -> str:
    """What the mark is divided by, in words."""
    found = []
    for name, value in dims.items():
        if value and (label := base.dims.get(name)):
            words = base.words.get(name, {})
            if value in words:
                found.append(f"{label}：{words[value]}")
    return "；".join(found)


def differing(
    table: OfficialTable, column: Column, line: str, span: Span, days: tuple[date | None, date | None], reach: Q
) -> list[Difference]:
    """Rows that were added, are gone or changed between what was known on two days (None: now); the first `LISTED`."""
    before, after = days
    condition = Q(column_condition(column, span)) & line_condition(table, line, span.last.year) & reach
    marks = KnownMark.objects.filter(condition, base=table.base).select_related("case")
    left = marks.filter(known_on(before)).exclude(known_on(after)).order_by("row_id", "on", "pk")[:LISTED]
    right = marks.filter(known_on(after)).exclude(known_on(before)).order_by("row_id", "on", "pk")[:LISTED]
    by_row: dict[int, tuple[list[KnownMark], list[KnownMark]]] = defaultdict(lambda: ([], []))
    for place, several in enumerate((left, right)):
        for mark in several:
            by_row[mark.row_id][place].append(mark)
    names = names_of(table.read_from, [(gone or new)[0] for gone, new in by_row.values()])
    found = []
    for gone, new in by_row.values():
        told = [_told(table.read_from, marks) for marks in (gone, new)]
        if told[0] == told[1]:
            continue
        what = _("changed") if gone and new else _("gone") if gone else _("added")
        one = (gone or new)[0]
        found.append(Difference(one.case, **vars(names[one.row_id]), what=what, before=told[0], after=told[1]))
    return found


def _told(base: Base, marks: Iterable[KnownMark]) -> str:
    lines = []
    for one in marks:
        until = "" if one.until in (FOREVER, one.on) else f" – {one.until.isoformat()}"
        lines.append(f"{base.kinds.get(one.kind, one.kind)} {one.on.isoformat()}{until} {words_of(base, one.dims)}")
    return "\n".join(lines)
