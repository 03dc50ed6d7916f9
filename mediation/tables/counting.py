"""A table for a month, a quarter or a year: submitted months as they were frozen, open ones counted now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from casemgr.indicators.tables.definition import Check, Values, add, from_json, less
from casemgr.organisation.models import Unit
from mediation.models import Correction, ReturnLine, TableReturn
from mediation.tables.areas import Areas
from mediation.tables.definition import Definition, Row, Span
from mediation.tables.months import Month, Rules

BESIDE = ("accepted", "pending")
"""Figures told beside a table: no columns, and never corrected. What is pending is no sum."""
Lines = dict[tuple[int, int], list[Values]]
"""By town and committee: a committee that moved has a line in each, for the months that each of them told."""


@dataclass(frozen=True)
class Line:
    """One committee."""

    unit: Unit
    values: Values


@dataclass(frozen=True)
class TownPart:
    """A town with its committees. `submitted` is what it sent in for a single month; None while that is open."""

    unit: Unit
    lines: tuple[Line, ...]
    values: Values
    submitted: TableReturn | None = None
    frozen: int = 0
    """How many of the months are frozen."""


@dataclass(frozen=True)
class Sheet:
    """The table of some months within somebody's reach: committee → town → all, each the sum of what is below it."""

    definition: Definition
    months: tuple[Month, ...]
    first: date
    last: date
    as_of: date
    basis: str
    towns: tuple[TownPart, ...]
    values: Values
    restated: bool
    corrections: tuple[Correction, ...] = ()
    """Told with one of these months, about earlier ones."""
    broken: tuple[Check, ...] = field(default=())

    @property
    def is_month(self) -> bool:
        return len(self.months) == 1


def sum_lines(rows: Iterable[Row], committees: Collection[int] = ()) -> dict[int, Values]:
    """Rows by committee; the named committees have a line even without any row."""
    grouped: dict[int, list[Values]] = {committee: [] for committee in committees}
    for row in rows:
        grouped.setdefault(row.committee, []).append(row.values)
    return {committee: add(*several) for committee, several in grouped.items()}


def lines_with_beside(
    definition: Definition, rows: Iterable[Row], beside: dict[int, dict[str, int]], committees: Collection[int]
) -> dict[int, Values]:
    """The lines with the figures that stand beside the table."""
    found = sum_lines(rows, committees)
    for committee, figures in beside.items():
        found[committee] = add(found.get(committee, {}), {key: value for key, value in figures.items() if value})
    return found


def sheet(
    definition: Definition,
    months: Sequence[Month],
    reach: Collection[int] | None,
    today: date,
    *,
    restated: bool = True,
    town: int | None = None,
) -> Sheet:
    """The sum of the months within reach; with `town` only of what this town tells.

    A frozen month gives its lines as submitted, with `restated` also the corrections told since; an open one is counted
    from the register as of today; months to come give nothing.
    """
    areas, rules = Areas(), Rules()
    begun = [month for month in months if rules.first_day(month) <= today]
    first, last = rules.first_day(months[0]), rules.last_day(months[-1])
    names = list(begun) if definition.is_submitted else []
    frozen = _frozen(definition, names, areas, reach)
    total: Lines = defaultdict(list)
    if definition.counts_whole and begun:
        span = Span(first, last, today, rules.policy(months[-1]).basis)
        for committee, values in sum_lines(definition.counted(span, reach), _standing(areas, span, reach)).items():
            if (telling := areas.town_of(committee, last)) is not None:
                total[telling.pk, committee].append(values)
        begun = []
    for month in begun:
        for place, values in _of_month(definition, month, rules, areas, reach, today, frozen):
            is_last = month == begun[-1]
            total[place].append(values if is_last else {k: v for k, v in values.items() if k != "pending"})
    if restated:
        for correction in _corrections(corrected__in=[one.pk for one in frozen.values()]):
            if reach is None or correction.committee_id in reach:
                place = correction.corrected.unit_id, correction.committee_id
                total[place].append(from_json(correction.differences))
    if town is not None:
        total = {place: several for place, several in total.items() if place[0] == town}
    towns = _towns(areas, {place: add(*several) for place, several in total.items()}, frozen, months)
    values = add(*(town.values for town in towns))
    told = [
        one
        for month in names
        for one in _corrections(in_year=month.year, in_month=month.month, corrected__table=definition.code)
        if reach is None or one.committee_id in reach
    ]
    basis = rules.policy(months[-1]).basis
    return Sheet(
        definition,
        tuple(months),
        first,
        last,
        min(today, last) if definition.counts_whole else today,
        basis,
        towns,
        values,
        restated,
        tuple(told),
        tuple(definition.broken(values)),
    )


def _frozen(
    definition: Definition, months: Sequence[Month], areas: Areas, reach: Collection[int] | None
) -> dict[tuple[int, Month], TableReturn]:
    if not months:
        return {}
    rows = TableReturn.objects.frozen().filter(table=definition.code, year__in={month.year for month in months})
    wanted = set(months)
    return {(one.unit_id, month): one for one in rows if (month := Month(one.year, one.month)) in wanted}


def _of_month(
    definition: Definition,
    month: Month,
    rules: Rules,
    areas: Areas,
    reach: Collection[int] | None,
    today: date,
    frozen: dict[tuple[int, Month], TableReturn],
) -> Iterator[tuple[tuple[int, int], Values]]:
    """Town and committee with their line: as the town submitted it, of the other towns as counted now."""
    span = rules.span(month, today)
    returns = {one.pk: unit for (unit, of), one in frozen.items() if of == month}
    told: set[int] = set()
    for line in ReturnLine.objects.filter(table__in=returns):
        told.add(line.committee_id)
        if reach is None or line.committee_id in reach:
            yield (returns[line.table_id], line.committee_id), from_json(line.values)
    asked = areas.open_units(span.last, returns.values(), told, reach)
    if not asked:
        return
    rows = definition.counted(span, asked)
    beside = dict(definition.beside(span, asked)) if definition.beside else {}
    live = lines_with_beside(
        definition, rows, {key: dict(value) for key, value in beside.items()}, _standing(areas, span, asked)
    )
    for committee, values in live.items():
        if (town := areas.town_of(committee, span.last)) is not None:
            yield (town.pk, committee), values


def _standing(areas: Areas, span: Span, reach: Collection[int] | None) -> list[int]:
    return [pk for pk in areas.standing(span.first, span.last) if reach is None or pk in reach]


def _corrections(**conditions: object) -> Iterable[Correction]:
    found = Correction.objects.filter(**conditions).select_related("corrected__unit", "committee")
    return found.order_by("made_on", "pk")


def _towns(
    areas: Areas,
    lines: dict[tuple[int, int], Values],
    frozen: dict[tuple[int, Month], TableReturn],
    months: Sequence[Month],
) -> tuple[TownPart, ...]:
    found = []
    for town_id, committees in areas.by_town(lines).items():
        rows = tuple(Line(areas.units[pk], lines[town_id, pk]) for pk in committees)
        submitted = frozen.get((town_id, months[0])) if len(months) == 1 else None
        count = sum(unit == town_id for unit, _month in frozen)
        found.append(TownPart(areas.units[town_id], rows, add(*(row.values for row in rows)), submitted, count))
    return tuple(found)


def told_elsewhere(definition: Definition, month: Month, town_id: int) -> set[int]:
    """Committees that another town has submitted for this month: one that moved is told by one of the two."""
    others = TableReturn.objects.frozen().filter(table=definition.code, year=month.year, month=month.month)
    lines = ReturnLine.objects.filter(table__in=others.exclude(unit_id=town_id))
    return set(lines.values_list("committee_id", flat=True))


def differences(returned: TableReturn, definition: Definition, today: date) -> dict[int, dict]:
    """What the register says today of a frozen month more (or less) than was submitted and corrected since."""
    span, month = _span(returned, today), Month(returned.year, returned.month)
    committees = {line.committee_id for line in returned.lines.all()}
    committees |= set(Areas().of_town(returned.unit_id, span.last))
    rows = definition.counted(span, committees - told_elsewhere(definition, month, returned.unit_id))
    now = sum_lines(rows)
    before: dict[int, Values] = defaultdict(dict)
    for line in returned.lines.all():
        before[line.committee_id] = {k: v for k, v in from_json(line.values).items() if k not in BESIDE}
    for correction in returned.corrections.all():
        before[correction.committee_id] = add(before[correction.committee_id], from_json(correction.differences))
    found = {pk: less(now.get(pk, {}), before.get(pk, {})) for pk in {*now, *before}}
    return {pk: values for pk, values in sorted(found.items()) if values}


def _span(returned: TableReturn, today: date) -> Span:
    return Span(returned.first_on, returned.last_on, today, returned.basis)
