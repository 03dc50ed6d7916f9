"""A sheet as JSON, as an Excel file of a fixed layout with the rows it counts, and printed on A4 across."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from casemgr.cases.people.export import safe
from casemgr.documents.rendering import DocumentText, KeyValues, Section, SignLines, render_pdf
from casemgr.indicators.tables.asking import Asked
from casemgr.indicators.tables.comparing import Beside, changes
from casemgr.indicators.tables.counting import Sheet
from casemgr.indicators.tables.definition import MEASURE_LABELS, Full, Values, to_json, told
from casemgr.indicators.tables.printing import Part, Written, heading, number, rate_lines, tables
from casemgr.indicators.tables.rows import Shown
from casemgr.pages.dates import long_date
from casemgr.pages.practice import add_sheet

LIMIT = 50_000
"""Rows listed in one file."""
THIN = Side(style="thin")
RULED = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
FIRST_ROW = 6
"""Of the headings in the fixed layout: title, office, period, day and an empty row stand above."""


def title(found: Sheet, request: Asked) -> str:
    return f"{found.table.name} {request.words}"


def particulars(found: Sheet, request: Asked) -> list[tuple[str, str]]:
    """What stands beside every table, so that nobody has to ask what a number means."""
    known = request.known or found.span.as_of
    lines = [
        (_("Reporting period"), f"{long_date(found.span.first)} – {long_date(found.span.last)}"),
        (_("As known on"), long_date(known)),
        (_("How it is counted"), str(found.table.formula)),
        *rate_lines(found.table.rates, found.values),
    ]
    if found.table.missing:
        lines.append((_("Not in it yet"), str(found.table.missing)))
    return lines + remarks(found)


def remarks(found: Sheet) -> list[tuple[str, str]]:
    """What the table says of its sums."""
    if found.table.remarks is None:
        return []
    return [(str(name), text) for name, text in found.table.remarks(Full(found.values), found.span)]


def as_dict(found: Sheet, request: Asked, before: Sequence[Beside] = ()) -> dict[str, Any]:
    """Stable keys; money in yuan as text."""
    full = Full(found.values)
    return {
        "name": found.table.code,
        "label": str(found.table.name),
        "formula": str(found.table.formula),
        "missing": str(found.table.missing),
        "from": found.span.first.isoformat(),
        "to": found.span.last.isoformat(),
        "as_of": (request.known or found.span.as_of).isoformat(),
        "columns": [
            {"code": one.code, "number": one.number, "label": heading(one), "measure": str(one.measure)}
            for one in found.table.columns
        ],
        "total": to_json({one.code: full[one.code] for one in found.table.columns} | _words(found, full)),
        "lines": [
            {
                "code": one.line.code,
                "label": str(one.line.name),
                "values": to_json({**one.values, **_words(found, one.values)}),
            }
            for one in found.lines
        ],
        "remarks": [{"label": name, "text": text} for name, text in remarks(found)],
        "rates": [
            {
                "label": str(rate.label),
                "numerator": rate.numerator(full),
                "denominator": rate.denominator(full),
                "percent": None if (percent := rate.percent(full)) is None else float(percent),
                "divided_by": str(rate.divided_by),
            }
            for rate in found.table.rates
        ],
        "compared": [
            {
                "from": one.sheet.span.first.isoformat(),
                "to": one.sheet.span.last.isoformat(),
                "total": to_json(one.sheet.values),
            }
            for one in before
        ],
        "broken": sorted({check.code for check in _all_broken(found)}),
    }


def _words(found: Sheet, values: Values) -> dict[str, Any]:
    return {one.code: told(one, values) for one in found.table.columns if one.words is not None}


def _all_broken(found: Sheet) -> list[Any]:
    return [*found.broken, *(check for line in found.lines for check in line.broken)]


def parts(found: Sheet, before: Sequence[Beside]) -> list[Part | Written]:
    """What stands across: the lines and their sum; of a table without lines, this period and the earlier ones."""
    if found.table.lines:
        return [*(Part(str(one.line.name), one.values) for one in found.lines), Part(_("Together"), found.values)]
    across: list[Part | Written] = [Part(_("This period"), found.values)]
    changed = {column.code: changes(column, found, before) for column in found.table.columns}
    for place, one in enumerate(before):
        across.append(Part(one.request.words, one.sheet.values))
        across.append(
            Written(pgettext("table", "Difference"), {code: ch[place].more_words for code, ch in changed.items()})
        )
        across.append(Written(_("Rate of change"), {code: ch[place].rate_words for code, ch in changed.items()}))
    return across


def workbook(found: Sheet, request: Asked, before: Sequence[Beside], rows: Iterable[Shown], office: str) -> bytes:
    """The table in its fixed layout, and the rows behind it.

    Row 1 title, 2 office, 3 period, 4 day; headings in row 6; from row 7 one column of the table a row: number, group,
    column, measure, values; then who filled in and checked, the checks that are not met, and how it is counted.
    """
    book = Workbook(write_only=True)
    page = add_sheet(book, found.table.code)
    across = parts(found, before)
    page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight = "landscape", 9, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.freeze_panes = f"E{FIRST_ROW + 1}"
    for letter, width in (("A", 6), ("B", 18), ("C", 34), ("D", 8)):
        page.column_dimensions[letter].width = width
    for place in range(len(across)):
        page.column_dimensions[get_column_letter(5 + place)].width = 13
    page.append([_cell(page, title(found, request), bold=True)])
    page.append([pgettext("table", "Office"), None, safe(office)])
    page.append([_("Reporting period"), None, f"{long_date(found.span.first)} – {long_date(found.span.last)}"])
    page.append([_("As known on"), None, long_date(request.known or found.span.as_of)])
    page.append([])
    heads = (
        _("No."),
        pgettext("table", "Group"),
        pgettext("table", "Column"),
        pgettext("table", "Measure"),
        *(part.name for part in across),
    )
    page.append([_cell(page, head, bold=True, ruled=True) for head in heads])
    for column in found.table.columns:
        label = f"{_('of these: ')}{column.label}" if column.part else str(column.label)
        told = [column.number, str(column.group), label, str(MEASURE_LABELS[column.measure])]
        told += [
            number(column, Full(part.values)[column.code])
            if isinstance(part, Part) and column.words is None
            else part.text(column)
            for part in across
        ]
        page.append([_cell(page, value, ruled=True) for value in told])
    page.append([])
    page.append([_("Filled in by"), None, None, _("Checked by"), None, None, _("Date")])
    page.append([])
    for check in _all_broken(found):
        page.append([_("Not met"), None, safe(str(check.message))])
    for name, text in particulars(found, request):
        page.append([safe(name), None, safe(text)])
    listed = add_sheet(book, _("Rows counted"))
    heads = (_("Case number"), _("Title"), _("Unit"), _("Counted as"), pgettext("table", "From"))
    listed.append([*heads, pgettext("table", "To"), _("Value"), _("In words")])
    for row in rows:
        texts = (row.number, row.title, row.unit, row.kind)
        listed.append([*(safe(str(text)) for text in texts), row.on, row.until, row.value, safe(row.words)])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cell(page: Any, value: Any, *, bold: bool = False, ruled: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, value=safe(value) if isinstance(value, str) else value)
    if bold:
        cell.font = Font(bold=True)
    if ruled:
        cell.border = RULED
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    return cell


def pdf(
    found: Sheet, request: Asked, before: Sequence[Beside], office: str, filled: tuple[str, str] = ("", "")
) -> bytes:
    """A4 across: office, period and day above, the table, lines for who filled in and checked, how it is counted."""
    head = KeyValues(
        (
            (pgettext("table", "Office"), office),
            (_("Reporting period"), f"{long_date(found.span.first)} – {long_date(found.span.last)}"),
            (_("As known on"), long_date(request.known or found.span.as_of)),
        )
    )
    filled_by, checked_by = filled
    people = SignLines(
        (
            f"{_('Filled in by')}　{filled_by}".strip(),
            f"{_('Checked by')}　{checked_by}".strip(),
            _("Seal of the office"),
        )
    )
    words = [f"{name}：{text}" for name, text in particulars(found, request)[2:]]
    words += [f"{_('Not met')}：{check.message}" for check in _all_broken(found)]
    return render_pdf(
        DocumentText(
            title=title(found, request),
            issuer=office,
            sections=(
                Section(blocks=(head,)),
                *tables(found.table.columns, parts(found, before)),
                Section(blocks=(people,)),
                Section(text="\n".join(words)),
            ),
            seal_place=False,
            kind="figures",
        )
    )
