"""A table on paper and in a spreadsheet: columns downwards, what is compared across; how headings and rates read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casemgr.documents.rendering import Cell, Section, Table
from casemgr.indicators.tables.definition import (
    MEASURE_LABELS,
    Column,
    Full,
    Measure,
    Rate,
    Value,
    Values,
    printed,
    told,
)

ACROSS = 17
"""Most units or lines beside each other on a printed page: the banner's fifteen and their sum fit."""
FEWEST_ACROSS, PARTS_WIDTH = 6, 18.0
MOST_SPANNED = 8
"""Lines one name of a group stands beside: what spans them keeps a page from ending between them."""
WITHHELD = "*"


@dataclass(frozen=True)
class Part:
    """One unit or line of a printed table. `withheld`: codes of columns whose number is kept back."""

    name: str
    values: Values
    withheld: frozenset[str] = frozenset()

    def text(self, column: Column) -> str:
        return WITHHELD if column.code in self.withheld else told(column, self.values)


@dataclass(frozen=True)
class Written:
    """A part whose cells are written already, such as differences."""

    name: str
    texts: dict[str, str]

    def text(self, column: Column) -> str:
        return self.texts.get(column.code, "")


def heading(column: Column) -> str:
    group = f"{column.group}　" if column.group else ""
    part = _("of these: ") if column.part else ""
    return f"{group}{part}{column.label}"


def number(column: Column, value: Value) -> Any:
    """For a spreadsheet: money in units of ten thousand yuan."""
    return Decimal(printed(column, value)) if column.measure == Measure.MONEY else value


def difference_words(columns: Sequence[Column], differences: Values) -> str:
    """案件总数 +1；口头协议 -1."""
    found = []
    for column in columns:
        value = differences.get(column.code)
        if value:
            text = f"{Decimal(value):+f}"
            if column.measure == Measure.MONEY:
                text = _("%(amount)s yuan") % {"amount": text}
            found.append(f"{heading(column)} {text}")
    return "；".join(found)


def rate_lines(rates: Iterable[Rate], values: Values) -> Iterator[tuple[str, str]]:
    """Each rate with its two numbers and what it is divided by."""
    full = Full(values)
    for rate in rates:
        percent = rate.percent(full)
        text = f"{percent} %" if percent is not None else "—"
        counted = f"{rate.numerator(full)} / {rate.denominator(full)}"
        words = _("%(rate)s = %(counted)s, divided by %(base)s")
        yield str(rate.label), words % {"rate": text, "counted": counted, "base": rate.divided_by}


def tables(columns: Sequence[Column], parts: Sequence[Part | Written]) -> list[Section]:
    """The parts side by side, in as many tables as they need."""
    count = -(-len(parts) // ACROSS)
    across = -(-len(parts) // count)
    return [
        Section(blocks=(_printed(columns, parts[start : start + across], across),))
        for start in range(0, len(parts), across)
    ]


def _printed(columns: Sequence[Column], parts: Sequence[Part | Written], across: int) -> Table:
    """A group of columns is named beside its lines, a long one again. Tables of one sheet have columns of one width."""
    grouped = any(column.group for column in columns)
    unused = across - len(parts)
    head = (
        Cell("", label=True),
        Cell(pgettext("table", "Column"), label=True, span=2 if grouped else 1),
        *(Cell(part.name, label=True) for part in parts),
        *(Cell("", span=unused) for _one in range(bool(unused))),
    )
    body: list[tuple[Cell, ...]] = []
    for group, members in groupby(columns, key=lambda one: str(one.group)):
        listed = list(members)
        is_named = grouped and bool(group) and len(listed) > 1
        for place, column in enumerate(listed):
            label = _line_label(column, with_group=not is_named)
            named = ()
            if is_named and place % MOST_SPANNED == 0:
                named = (Cell(group, rows=min(MOST_SPANNED, len(listed) - place), align="center"),)
            body.append(
                (
                    Cell(str(column.number), align="right"),
                    *named,
                    Cell(label, span=2 if grouped and not is_named else 1),
                    *(Cell(part.text(column), align="right") for part in parts),
                    *(Cell("", span=unused) for _one in range(bool(unused))),
                )
            )
    unit = PARTS_WIDTH / max(across, FEWEST_ACROSS)
    labels = (0.5, 1.6, 3.4) if grouped else (0.5, 5.0)
    return Table(rows=(head, *body), widths=(*labels, *(unit for _one in range(across))), header_rows=1)


def _line_label(column: Column, *, with_group: bool) -> str:
    group = f"{column.group}　" if with_group and column.group and str(column.group) != str(column.label) else ""
    part = _("of these: ") if column.part else ""
    measure = f"（{MEASURE_LABELS[column.measure]}）" if column.measure != Measure.CASES else ""
    return f"{group}{part}{column.label}{measure}"
