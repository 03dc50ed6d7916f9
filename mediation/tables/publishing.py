"""A table as it may leave the office: town by town, without numbers that point at single disputes (dossier §6.6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casemgr.indicators.tables.definition import Full, Values
from mediation.tables.counting import Sheet
from mediation.tables.definition import Definition
from mediation.tables.withholding import Sum, is_small, withheld

ALL = 0
"""The line of all towns; a town's is its unit's key."""
Place = tuple[int, str]


@dataclass(frozen=True)
class Published:
    """`withheld`: by line, the codes of the columns whose number is kept back."""

    withheld: dict[int, frozenset[str]]

    def __bool__(self) -> bool:
        return any(self.withheld.values())


def published(sheet: Sheet) -> Published:
    """What is kept back of the towns' lines and of the line of all towns."""
    definition = sheet.definition
    lines: dict[int, Values] = {town.unit.pk: Full(town.values) for town in sheet.towns}
    lines[ALL] = Full(sheet.values)
    asked = [column.code for column in definition.columns if column.sensitive]
    summed = {code for parts, whole in definition.sums for code in (*parts, whole)}
    columns = [column.code for column in definition.columns if column.code in summed or column.sensitive]
    values = {(line, code): found[code] for line, found in lines.items() for code in columns}
    small = [(line, code) for line in lines for code in asked if is_small(lines[line][code])]
    wholes = {(line, whole) for line in lines for _parts, whole in definition.sums}
    hidden = withheld(values, small, list(_sums(definition, lines, columns)), wholes)
    found = {line: {code for at, code in hidden if at == line} for line in lines}
    for codes in found.values():
        codes |= {column.code for column in definition.columns if column.goes_with in codes}
    return Published({line: frozenset(codes) for line, codes in found.items()})


def _sums(definition: Definition, lines: dict[int, Values], columns: list[str]) -> Iterator[Sum]:
    towns = [line for line in lines if line != ALL]
    for code in columns:
        yield Sum(tuple((town, code) for town in towns), (ALL, code))
    for parts, whole in definition.sums:
        for line in lines:
            yield Sum(tuple((line, code) for code in parts), (line, whole))
