"""The numbers of units for a year, read from the indicators, with the register rows behind them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from casemgr.actions.system import system_actor
from casemgr.assessment.models import SheetEntry, SheetLine, UnitSheet
from casemgr.assessment.sheets.measures import Measure, measures
from casemgr.indicators.definition import Text, indicators
from casemgr.indicators.figures import Figure
from casemgr.indicators.overview import by_unit
from casemgr.indicators.period import year_of
from casemgr.indicators.rows import listing

TITLE = 200


@dataclass(frozen=True)
class Read:
    """A measure as the indicators tell it for one unit."""

    measure: Measure
    figure: Figure | None
    """None where nothing of the unit is counted."""

    @property
    def number(self) -> int:
        if self.figure is None:
            return 0
        hits = self.figure.numerator
        return hits if self.measure.part == "hit" else self.figure.denominator - hits

    @property
    def base(self) -> int:
        return self.figure.denominator if self.figure is not None else 0

    @property
    def indicator_name(self) -> Text:
        return indicators()[self.measure.indicator].name


def read_units(year: int, as_of: date, today: date) -> dict[int, list[Read]]:
    """Every unit that some measure counts; others by `read_unit`. A few queries, whatever the units."""
    known_codes, found = indicators(), defaultdict[int, dict[str, Figure]](dict)
    asked = [known_codes[measure.indicator] for measure in measures()]
    read = by_unit(asked, year_of(year, as_of), system_actor, today)
    for measure in measures():
        for unit, figure in read[measure.indicator].units.items():
            found[unit][measure.code] = figure
    return {unit: [Read(one, figures.get(one.code)) for one in measures()] for unit, figures in found.items()}


def read_unit(sheet: UnitSheet, as_of: date, today: date) -> list[Read]:
    return read_units(sheet.year, as_of, today).get(sheet.unit_id) or [Read(one, None) for one in measures()]


def write_lines(sheet: UnitSheet, as_of: date, today: date) -> None:
    """Keep the numbers and their rows on the sheet; what was told first stays beside what is written later."""
    there = {line.measure: line for line in sheet.lines.all()}
    for order, read in enumerate(read_unit(sheet, as_of, today), 1):
        measure, figure = read.measure, read.figure
        line = there.get(measure.code) or SheetLine(
            sheet=sheet, measure=measure.code, told_number=read.number, told_base=read.base
        )
        line.order, line.name = order, str(measure.name)
        line.indicator, line.part = measure.indicator, measure.part
        line.number, line.base = read.number, read.base
        line.rate = figure.rate if figure is not None else None
        line.target = figure.target if figure is not None else None
        line.save()
        line.entries.all().delete()
        SheetEntry.objects.bulk_create(_entries(line, sheet, as_of, today))


def _entries(line: SheetLine, sheet: UnitSheet, as_of: date, today: date) -> list[SheetEntry]:
    asked = {"unit": str(sheet.unit_id)}
    listed = listing(indicators()[line.indicator], year_of(sheet.year, as_of), system_actor, today, asked)
    rows: list[Any] = list(listed.first())
    return [
        SheetEntry(
            line=line,
            row_id=row.row_id,
            case=shown.case,
            title=(f"{shown.number}　{shown.words}" if shown.number else shown.words)[:TITLE],
            on=row.on,
            is_named=shown.hit == (line.part == "hit"),
        )
        for row, shown in zip(rows, listed.lines(rows), strict=True)
    ]


def restated(sheet: UnitSheet, today: date) -> dict[str, tuple[int, int]]:
    """Numbers of a frozen sheet that the register tells otherwise today for the same day, by measure."""
    if sheet.state != "frozen" or sheet.as_of is None:
        return {}
    now = {read.measure.code: (read.number, read.base) for read in read_unit(sheet, sheet.as_of, today)}
    kept = {line.measure: (line.number, line.base) for line in sheet.lines.all()}
    return {code: now[code] for code, value in kept.items() if code in now and now[code] != value}


__all__ = ["Read", "read_unit", "read_units", "restated", "write_lines"]
