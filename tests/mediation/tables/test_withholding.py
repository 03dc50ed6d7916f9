"""Dossier §6.6: small counts of sensitive types by town are not published, and no sum gives them away."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mediation.tables.withholding import Sum, is_small, withheld

Table = list[list[int]]


def sums_of(table: Table) -> tuple[dict, list[Sum], list]:
    """Towns downwards, types across: each town's cases are the sum of its types, each type's the sum of its towns."""
    towns, kinds = range(len(table)), range(len(table[0]))
    values = {(town, kind): table[town][kind] for town in towns for kind in kinds}
    values |= {(town, "all"): sum(table[town]) for town in towns}
    values |= {("banner", kind): sum(table[town][kind] for town in towns) for kind in kinds}
    values["banner", "all"] = sum(map(sum, table))
    sums = [Sum(tuple((town, kind) for kind in kinds), (town, "all")) for town in [*towns, "banner"]]
    sums += [Sum(tuple((town, kind) for town in towns), ("banner", kind)) for kind in [*kinds, "all"]]
    return values, sums, [(town, "all") for town in [*towns, "banner"]]


def readers_tables(table: Table, hidden: frozenset) -> list[Table]:
    """Every table of counts that agrees with what is published: an attack by trying them all."""
    towns, kinds = range(len(table)), range(len(table[0]))
    lines = []
    for town in towns:
        free = [kind for kind in kinds if (town, kind) in hidden]
        rest = sum(table[town][kind] for kind in free)
        lines.append(
            [
                [dict(zip(free, some, strict=True)).get(kind, table[town][kind]) for kind in kinds]
                for some in product(range(rest + 1), repeat=len(free))
                if sum(some) == rest
            ]
        )
    return [
        list(one)
        for one in product(*lines)
        if all(
            ("banner", kind) in hidden or sum(line[kind] for line in one) == sum(row[kind] for row in table)
            for kind in kinds
        )
    ]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=3))
@example([[1, 0, 0], [0, 0, 0]])
@example([[1, 3, 0], [1, 0, 4], [4, 4, 4]])
@example([[2, 0, 0], [2, 0, 0], [0, 0, 0]])
def test_nobody_computes_a_small_count(table: Table) -> None:
    """Of every small count in the first, sensitive, type at least two values stay possible."""
    values, sums, kept = sums_of(table)
    small = [(town, 0) for town in [*range(len(table)), "banner"] if is_small(values[town, 0])]
    hidden = withheld(values, small, sums, kept)
    assert hidden.issuperset(small) and hidden.isdisjoint(kept)
    if not small:
        assert not hidden
        return
    possible = readers_tables(table, hidden)
    for town, kind in small:
        if town == "banner":
            assert len({sum(line[kind] for line in one) for one in possible}) > 1
        else:
            assert len({one[town][kind] for one in possible}) > 1


@pytest.mark.parametrize(
    ("table", "most"),
    [
        ([[1, 5, 9], [6, 7, 9], [8, 8, 8]], 4),
        ([[1, 5, 9], [2, 7, 9], [8, 8, 8]], 4),
        ([[4, 5, 9], [6, 7, 9], [8, 8, 8]], 0),
    ],
)
def test_no_more_is_kept_back_than_needed(table: Table, most: int) -> None:
    values, sums, kept = sums_of(table)
    small = [(town, 0) for town in range(3) if is_small(values[town, 0])]
    assert len(withheld(values, small, sums, kept)) == most
