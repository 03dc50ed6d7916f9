"""A figure as JSON, as an Excel file and as a printed sheet: the table, its formula, and the rows it counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook

from casemgr.cases.people.export import safe
from casemgr.documents.rendering import Cell, DocumentText, Section, render_pdf
from casemgr.documents.rendering import Table as PrintedTable
from casemgr.indicators.definition import DIMENSION_LABELS, Dimension, Kind
from casemgr.indicators.figures import Figure, Table
from casemgr.indicators.rows import RowLine
from casemgr.pages.dates import long_date
from casemgr.pages.practice import add_sheet

LIMIT = 50_000
"""Rows listed in one file."""


def as_dict(found: Table) -> dict[str, Any]:
    """The keys of the stable interface, and the lines of the table."""
    return {
        "name": found.indicator.code,
        "label": str(found.indicator.name),
        **_values(found.total),
        "formula": str(found.indicator.formula),
        "version": found.indicator.version,
        "from": found.period.first.isoformat(),
        "to": found.period.last.isoformat(),
        "as_of": found.period.as_of.isoformat(),
        "target_by": found.target.by_on.isoformat() if found.target else None,
        "by": str(found.by),
        "lines": [{"key": line.key, "label": str(line.label), **_values(line.figure)} for line in found.lines],
    }


def _values(figure: Figure) -> dict[str, Any]:
    found: dict[str, Any] = {
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "rate": _number(figure.rate),
        "target": _number(figure.target),
        "reached": figure.reached,
        "needed": figure.needed,
    }
    if figure.indicator.kind == Kind.LOAD:
        found |= {"opened": figure.opened, "closed": figure.closed}
    if figure.indicator.kind == Kind.DAYS:
        found["median"] = _number(figure.median)
    return found


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def particulars(found: Table) -> list[tuple[str, str]]:
    """What stands beside every table, so that nobody has to ask what a number means."""
    target = found.total.target
    pairs = [
        (_("Reporting period"), f"{long_date(found.period.first)} – {long_date(found.period.last)}"),
        (_("As of"), long_date(found.period.as_of)),
        (_("Formula"), f"{found.indicator.formula}"),
        (_("Version of the formula"), str(found.indicator.version)),
    ]
    if target is not None and found.target is not None:
        pairs.append((_("Target"), f"{_plain(target)}　{long_date(found.target.by_on)}"))
        if found.indicator.kind == Kind.RATE and not found.indicator.base_is_fixed:
            pairs.append((_("Still needed"), _("so many more, every one of them in time and counted as well")))
    return pairs


def headings(found: Table) -> list[str]:
    """Of the columns that `cells` fills."""
    first = str(DIMENSION_LABELS[found.by])
    if found.indicator.kind == Kind.LOAD:
        return [first, _("Open cases"), _("Opened in the period"), _("Closed in the period")]
    if found.indicator.kind == Kind.DAYS:
        return [first, str(found.indicator.counted), _("Days on average"), _("Median of the days")]
    return [first, str(found.indicator.counted), _("counted"), _("Rate %"), _("still needed")]


def cells(label: str, figure: Figure) -> list[Any]:
    """One line of the table as values; an empty rate where there is nothing to count."""
    if figure.indicator.kind == Kind.LOAD:
        return [label, figure.numerator, figure.opened, figure.closed]
    if figure.indicator.kind == Kind.DAYS:
        return [label, figure.denominator, _number(figure.rate), _number(figure.median)]
    needed = figure.needed if figure.needed is not None else ""
    return [label, figure.numerator, figure.denominator, _number(figure.rate), needed]


def none_of(by: str) -> str:
    """What a line is called that has no key."""
    return _("Nobody yet") if by == Dimension.OFFICER else pgettext("figures", "Not entered")


def _lines(found: Table) -> Iterator[list[Any]]:
    for line in found.lines:
        yield cells(str(line.label) or none_of(found.by), line.figure)
    yield cells(_("Together"), found.total)


def workbook(found: Table, rows: Iterable[RowLine]) -> bytes:
    """Two sheets: the figures with their formula, and the rows they count."""
    book = Workbook(write_only=True)
    sheet = add_sheet(book, str(found.indicator.name))
    sheet.append([safe(str(found.indicator.name))])
    for name, text in particulars(found):
        sheet.append([safe(name), safe(text)])
    sheet.append([])
    sheet.append([safe(text) for text in headings(found)])
    for values in _lines(found):
        sheet.append([safe(value) if isinstance(value, str) else value for value in values])
    listed = add_sheet(book, _("Rows counted"))
    is_days = found.indicator.kind == Kind.DAYS
    listed.append([_("Case number"), _("Title"), _("Unit"), _("Handler"), _("Period"), _("Counted on"),
                   _("Days") if is_days else str(found.indicator.counted), _("In words")])  # fmt: skip
    for row in rows:
        texts = (row.number, row.title, row.unit, row.officer, row.rule)
        told = row.days if is_days else _("yes") if row.hit else _("no")
        listed.append([*(safe(str(text)) for text in texts), row.on, told, safe(row.words)])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def pdf(found: Table, issuer: str) -> bytes:
    """The table with its formula on A4."""
    head = tuple(Cell(text, label=True) for text in headings(found))
    body = [
        tuple(Cell("" if value is None else _plain(value), align="left" if not place else "right")
              for place, value in enumerate(values))
        for values in _lines(found)
    ]  # fmt: skip
    printed = PrintedTable(rows=(head, *body), widths=(3.0,) + (1.4,) * (len(head) - 1), header_rows=1)
    words = "\n".join(f"{name}：{text}" for name, text in particulars(found))
    definition = DocumentText(
        title=str(found.indicator.name),
        issuer=issuer,
        sections=(Section(blocks=(printed,)), Section(text=words)),
        seal_place=False,
        kind="record",
    )
    return render_pdf(definition)


def _plain(value: Any) -> str:
    return f"{value:f}".rstrip("0").rstrip(".") if hasattr(value, "quantize") else str(value)
