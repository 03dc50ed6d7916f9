"""The rows behind a number: exactly those that were counted, frozen ones as they were kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from casemgr.cases.models import Case
from casemgr.indicators.tables.definition import Value, from_json
from mediation.models import Correction, ReturnLine, ReturnRow, TableReturn
from mediation.tables.areas import Areas
from mediation.tables.definition import Definition, Row, Span
from mediation.tables.months import Month, Rules


@dataclass(frozen=True)
class Shown:
    """One counted thing in a list. `case` is None where there is none, or the reader may not open it."""

    on: date
    unit: str
    words: str
    value: Value
    case: Case | None = None
    is_hidden: bool = False


def counted_rows(
    definition: Definition,
    months: Sequence[Month],
    committees: Collection[int] | None,
    today: date,
    town: int | None = None,
) -> Iterator[Row]:
    """Every row of the months: of frozen ones as kept, of the others counted now; corrections as rows of their own.

    With `town` only of what this town tells.
    """
    areas, rules = Areas(), Rules()
    begun = [month for month in months if rules.first_day(month) <= today]
    if definition.counts_whole:
        if begun:
            first, last = rules.first_day(months[0]), rules.last_day(months[-1])
            yield from definition.counted(Span(first, last, today, rules.policy(months[-1]).basis), committees)
        return
    for month in begun:
        frozen, span = _frozen(definition, month), rules.span(month, today)
        yield from _kept({unit: pk for unit, pk in frozen.items() if town in (None, unit)}, committees)
        told = set(ReturnLine.objects.filter(table__in=frozen.values()).values_list("committee_id", flat=True))
        asked = areas.open_units(span.last, frozen, told, committees)
        if town is not None:
            asked &= frozenset(areas.of_town(town, span.last))
        if asked:
            yield from definition.counted(span, asked)


def _frozen(definition: Definition, month: Month) -> dict[int, int]:
    if not definition.is_submitted:
        return {}
    rows = TableReturn.objects.frozen().filter(table=definition.code, year=month.year, month=month.month)
    return dict(rows.values_list("unit_id", "pk"))


def _kept(frozen: dict[int, int], committees: Collection[int] | None) -> Iterator[Row]:
    if not frozen:
        return
    rows = ReturnRow.objects.filter(table_id__in=frozen.values()).order_by("on", "pk")
    told = Correction.objects.filter(corrected_id__in=frozen.values()).order_by("made_on", "pk")
    if committees is not None:
        rows, told = rows.filter(committee_id__in=committees), told.filter(committee_id__in=committees)
    for row in rows.iterator(chunk_size=2000):
        yield Row(row.committee_id, row.on, from_json(row.values), row.case_id, row.words)
    for one in told:
        yield Row(one.committee_id, one.made_on, from_json(one.differences), None, one.reason)


def shown(rows: Sequence[Row], column: str, user: Any, today: date) -> list[Shown]:
    """The rows as a list shows them: two queries, whatever their number."""
    units = Areas().units
    ids = {row.case for row in rows if row.case}
    seen = Case.objects.visible_to(user, today).filter(pk__in=ids).in_bulk()
    return [
        Shown(
            on=row.on,
            unit=units[row.committee].name,
            words=str(row.words),
            value=row.values[column],
            case=seen.get(row.case) if row.case else None,
            is_hidden=row.case is not None and row.case not in seen,
        )
        for row in rows
    ]
