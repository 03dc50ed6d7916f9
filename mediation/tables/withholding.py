"""Which numbers a published table keeps back, so that nobody can tell whose dispute a 1 or a 2 stands for.

Dossier §6.6, small-cell rule: counts of 1 and 2 in a sensitive type by town are not published. A reader may not be able
to compute them from the sums either; so other numbers are kept back with them (docs/decisions/0046).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

SMALLEST_PUBLISHED = 3
"""Counts below it, other than nought, are small."""
_FIELD = (1 << 61) - 1
"""Equations are solved modulo this prime: a cell that they determine is determined in whole numbers as well."""
Cell = Hashable
Number = int | Decimal


@dataclass(frozen=True)
class Sum:
    """`parts` together give `whole`, and a reader knows it."""

    parts: tuple[Cell, ...]
    whole: Cell


def is_small(value: Number) -> bool:
    return 0 < value < SMALLEST_PUBLISHED


def withheld(
    values: Mapping[Cell, Number], small: Collection[Cell], sums: Sequence[Sum], kept: Collection[Cell] = ()
) -> frozenset[Cell]:
    """The small cells, and as few others as keep a reader of the rest from computing one of them.

    `kept` are published whatever happens, such as the cases in all. Where nothing less is safe, every cell that
    the sums hang together with is kept back.
    """
    hidden, order, added = set(small), {cell: place for place, cell in enumerate(values)}, []
    while (told := computable(values, hidden, sums)) and not told.isdisjoint(small):
        more = _next(sorted(told, key=order.__getitem__), values, hidden, sums, kept)
        if more is None:
            return frozenset(hidden | (_connected(set(small), sums) - set(kept)))
        hidden.add(more)
        added.append(more)
    for cell in added:  # some proved useless once others were kept back
        if computable(values, hidden - {cell}, sums).isdisjoint(small):
            hidden.remove(cell)
    return frozenset(hidden)


def _next(
    told: Sequence[Cell],
    values: Mapping[Cell, Number],
    hidden: Collection[Cell],
    sums: Sequence[Sum],
    kept: Collection[Cell],
) -> Cell | None:
    """What to keep back beside the cells that can still be computed.

    First in sums that hide a single number: best one that another such sum asks for as well, no nought, and small.
    """
    counts = {one: sum(part in hidden for part in one.parts) for one in sums if one.whole not in hidden}
    touching = [one for one in counts if any(cell in one.parts for cell in told)]
    for one in sorted(touching, key=lambda one: counts[one]):
        free = [part for part in one.parts if part not in hidden and part not in kept]
        if free:
            alone = {
                part: sum(not count for other, count in counts.items() if other != one and part in other.parts)
                for part in free
            }
            return min(free, key=lambda part: (not values[part], alone[part], values[part]))
    wholes = [one.whole for one in touching if one.whole not in kept]
    return wholes[0] if wholes else None


def _connected(cells: set[Cell], sums: Sequence[Sum]) -> set[Cell]:
    found, before = set(cells), 0
    while len(found) != before:
        before = len(found)
        for one in sums:
            members = {*one.parts, one.whole}
            if not found.isdisjoint(one.parts) or one.whole in found:
                found |= members
    return found


def computable(values: Mapping[Cell, Number], hidden: Collection[Cell], sums: Sequence[Sum]) -> set[Cell]:
    """The hidden cells that can be computed from the rest: by the sums, or because no count is below nought."""
    equations = list(_equations(values, hidden, sums))
    return _by_elimination(equations) | _by_bounds(equations, hidden)


@dataclass
class _Equation:
    """The positive hidden cells less the negative ones give `rest`."""

    factors: dict[Cell, int]
    rest: Number


def _equations(values: Mapping[Cell, Number], hidden: Collection[Cell], sums: Sequence[Sum]) -> Iterator[_Equation]:
    for one in sums:
        factors = {part: 1 for part in one.parts if part in hidden}
        rest: Number = 0 if one.whole in hidden else values[one.whole]
        rest -= sum(values[part] for part in one.parts if part not in hidden)
        if one.whole in hidden:
            factors[one.whole] = -1
        if factors:
            yield _Equation(factors, rest)


def _by_elimination(equations: Sequence[_Equation]) -> set[Cell]:
    """Cells alone in a row of the reduced system."""
    solved: dict[Cell, dict[Cell, int]] = {}
    for equation in equations:
        row = {cell: factor % _FIELD for cell, factor in equation.factors.items()}
        for pivot in [cell for cell in row if cell in solved]:
            _subtract(row, solved[pivot], row[pivot])
        if not row:
            continue
        pivot = next(iter(row))
        inverse = pow(row[pivot], -1, _FIELD)
        row = {cell: factor * inverse % _FIELD for cell, factor in row.items()}
        for other in solved.values():
            if pivot in other:
                _subtract(other, row, other[pivot])
        solved[pivot] = row
    return {pivot for pivot, row in solved.items() if len(row) == 1}


def _subtract(row: dict[Cell, int], other: Mapping[Cell, int], times: int) -> None:
    for cell, factor in other.items():
        value = (row.get(cell, 0) - times * factor) % _FIELD
        if value:
            row[cell] = value
        else:
            row.pop(cell, None)


def _by_bounds(equations: Sequence[_Equation], hidden: Collection[Cell]) -> set[Cell]:
    """Cells whose least and greatest possible value meet, no number being below nought."""
    low: dict[Cell, Number] = dict.fromkeys(hidden, 0)
    high: dict[Cell, Number | None] = dict.fromkeys(hidden, None)
    changed = True
    while changed:
        changed = False
        for equation in equations:
            for cell, factor in equation.factors.items():
                least, most = _others(equation, cell, low, high)
                if factor < 0:
                    least, most = (None if most is None else -most), (None if least is None else -least)
                if least is not None and least > low[cell]:
                    low[cell], changed = least, True
                if most is not None and ((now := high[cell]) is None or most < now):
                    high[cell], changed = most, True
    return {cell for cell in hidden if high[cell] == low[cell]}


def _others(
    equation: _Equation, cell: Cell, low: Mapping[Cell, Number], high: Mapping[Cell, Number | None]
) -> tuple[Number | None, Number | None]:
    """Between what the cell, times its factor, must lie for the others to make up the rest; None: anything."""
    least: Number | None = equation.rest
    most: Number | None = equation.rest
    for other, factor in equation.factors.items():
        if other == cell:
            continue
        upper = high[other]
        down, up = (upper, low[other]) if factor > 0 else (-low[other], None if upper is None else -upper)
        least = None if least is None or down is None else least - down
        most = None if most is None or up is None else most - up
    return least, most
