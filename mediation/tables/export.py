"""A sheet as JSON, as an Excel file with the rows it counts, and printed on A4 across."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from casemgr.cases.people.export import safe
from casemgr.documents.rendering import DocumentText, Section, render_pdf
from casemgr.indicators.tables.definition import MEASURE_LABELS, Column, Full, Values, to_json
from casemgr.indicators.tables.printing import (
    WITHHELD,
    Part,
    difference_words,
    heading,
    number,
    rate_lines,
    tables,
)
from casemgr.pages.dates import long_date
from casemgr.pages.practice import add_sheet
from mediation.models import Basis
from mediation.tables.counting import BESIDE, Sheet
from mediation.tables.listing import Shown
from mediation.tables.publishing import ALL, published

LIMIT = 50_000


def period_words(sheet: Sheet) -> str:
    return f"{long_date(sheet.first)} – {long_date(sheet.last)}"


def title(sheet: Sheet) -> str:
    months = sheet.months
    span = str(months[0]) if len(months) == 1 else f"{months[0]} – {months[-1]}"
    return f"{sheet.definition.name} {span}"


def particulars(sheet: Sheet) -> list[tuple[str, str]]:
    """What stands beside every table, so that nobody has to ask what a number means."""
    found = [
        (_("Reporting period"), period_words(sheet)),
        (_("As of"), long_date(sheet.as_of)),
        (_("How it is counted"), str(sheet.definition.formula)),
    ]
    if sheet.definition.is_submitted:
        found.insert(2, (_("A dispute counts"), str(Basis(sheet.basis).label)))
        words = _("with corrections told since") if sheet.restated else _("as submitted, without later corrections")
        found.append((_("Submitted months"), words))
    found += [(label, text) for label, text in rate_lines(sheet.definition.rates, sheet.values)]
    if sheet.definition.beside:
        pending = Full(sheet.values)["pending"]
        found.append((_("Pending at the end of the period"), str(pending)))
    if sheet.definition.missing:
        found.append((_("Not in it yet"), str(sheet.definition.missing)))
    return found


def as_dict(sheet: Sheet) -> dict[str, Any]:
    """Stable keys; money in yuan as text."""
    return {
        "name": sheet.definition.code,
        "label": str(sheet.definition.name),
        "formula": str(sheet.definition.formula),
        "missing": str(sheet.definition.missing),
        "from": sheet.first.isoformat(),
        "to": sheet.last.isoformat(),
        "as_of": sheet.as_of.isoformat(),
        "basis": sheet.basis,
        "restated": sheet.restated,
        "columns": [
            {"code": one.code, "number": one.number, "label": heading(one), "measure": str(one.measure)}
            for one in sheet.definition.columns
        ],
        "total": to_json(sheet.values),
        "towns": [
            {
                "unit": town.unit.code,
                "label": town.unit.name,
                "state": town.submitted.state if town.submitted else None,
                "frozen_months": town.frozen,
                "values": to_json(town.values),
                "committees": [
                    {"unit": line.unit.code, "label": line.unit.name, "values": to_json(line.values)}
                    for line in town.lines
                ],
            }
            for town in sheet.towns
        ],
        "corrections": [
            {
                "month": f"{one.corrected.year}-{one.corrected.month:02d}",
                "unit": one.committee.code,
                "differences": one.differences,
                "reason": one.reason,
                "by": one.by,
                "on": one.made_on.isoformat(),
            }
            for one in sheet.corrections
        ],
        "broken": [check.code for check in sheet.broken],
    }


def workbook(sheet: Sheet, rows: Sequence[tuple[Shown, Values]]) -> bytes:
    """Three sheets: the table committee by committee, corrections, and the rows behind the cases in all."""
    book = Workbook(write_only=True)
    page = add_sheet(book, sheet.definition.code)
    page.append([safe(title(sheet))])
    for name, text in particulars(sheet):
        page.append([safe(name), safe(text)])
    page.append([])
    columns = sheet.definition.columns
    page.append(["", "", *(column.number for column in columns)])
    page.append([_("Unit"), _("State"), *(safe(heading(column)) for column in columns)])
    page.append(["", "", *(str(MEASURE_LABELS[column.measure]) for column in columns)])
    for town in sheet.towns:
        for line in town.lines:
            page.append([safe(f"　{line.unit.name}"), "", *_cells(columns, line.values)])
        state = town.submitted.get_state_display() if town.submitted else ""
        page.append([_bold(page, town.unit.name), state, *_cells(columns, town.values)])
    page.append([_bold(page, _("Together")), "", *_cells(columns, sheet.values)])
    _corrections_sheet(book, sheet)
    listed = add_sheet(book, _("Rows counted"))
    listed.append([_("Case number"), _("In words"), _("Unit"), _("Day"), *(safe(heading(one)) for one in columns)])
    for shown, values in rows:
        number = shown.case.number if shown.case else ""
        listed.append([safe(number), safe(shown.words), safe(shown.unit), shown.on, *_cells(columns, values)])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _bold(page: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, value=safe(text))
    cell.font = Font(bold=True)
    return cell


def _cells(columns: Sequence[Column], values: Values) -> list[Any]:
    full = Full(values)
    return [number(column, full[column.code]) for column in columns]


def _corrections_sheet(book: Workbook, sheet: Sheet) -> None:
    if not sheet.corrections:
        return
    page = add_sheet(book, _("Corrections"))
    page.append([_("Corrected month"), _("Unit"), _("Difference"), _("Reason"), _("By"), _("On")])
    for one in sheet.corrections:
        month = f"{one.corrected.year}-{one.corrected.month:02d}"
        words = difference_words(sheet.definition.columns, one.differences)
        page.append([month, safe(one.committee.name), safe(words), safe(one.reason), safe(one.by), one.made_on])


def pdf(sheet: Sheet, issuer: str) -> bytes:
    """The columns downwards, units across; the town's committees where there is one town only."""
    units = [Part(town.unit.name, town.values) for town in sheet.towns]
    if len(sheet.towns) == 1:
        units = [Part(line.unit.name, line.values) for line in sheet.towns[0].lines]
    sections = tables(sheet.definition.columns, [*units, Part(_("Together"), sheet.values)])
    if sheet.corrections:
        lines = [
            f"{one.corrected.year}-{one.corrected.month:02d}　{one.committee.name}　"
            f"{difference_words(sheet.definition.columns, one.differences)}　{one.reason}　{one.by}　{one.made_on}"
            for one in sheet.corrections
        ]
        sections.append(Section(text="\n".join(lines), heading=_("Corrections of earlier months")))
    sections.append(Section(text="\n".join(f"{name}：{text}" for name, text in particulars(sheet))))
    return _rendered(sheet, issuer, sections)


def published_pdf(sheet: Sheet, issuer: str) -> bytes:
    """What may be hung out or put on the web: towns only, without small counts of sensitive disputes."""
    found = published(sheet)
    units = [Part(town.unit.name, town.values, found.withheld[town.unit.pk]) for town in sheet.towns]
    sections = tables(sheet.definition.columns, [*units, Part(_("Together"), sheet.values, found.withheld[ALL])])
    lines = [f"{name}：{text}" for name, text in particulars(sheet)]
    if found:
        lines.append(
            _(
                "%(mark)s: kept back, so that a small number of family, medical or otherwise sensitive disputes points "
                "at nobody. Numbers beside it are kept back where the sums would give it away."
            )
            % {"mark": WITHHELD}
        )
    return _rendered(sheet, issuer, [*sections, Section(text="\n".join(lines))])


def _rendered(sheet: Sheet, issuer: str, sections: Sequence[Section]) -> bytes:
    return render_pdf(
        DocumentText(title=title(sheet), issuer=issuer, sections=tuple(sections), seal_place=False, kind="figures")
    )


__all__ = ["BESIDE", "as_dict", "difference_words", "particulars", "pdf", "published_pdf", "title", "workbook"]
