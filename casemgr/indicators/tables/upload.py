"""Files for other platforms, laid out as the office says: rows of single cases, or the lines of a table.

No platform publishes its layout; the one that comes with casemgr is an example.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from io import StringIO
from typing import Any

from django.utils.translation import gettext as _

from casemgr.indicators.definition import FOREVER
from casemgr.indicators.reading import not_recused
from casemgr.indicators.tables.asking import Asked
from casemgr.indicators.tables.counting import marks, sheet, within_reach
from casemgr.indicators.tables.definition import Full, told
from casemgr.indicators.tables.facts import Base, Named, bases, plain
from casemgr.indicators.tables.models import KnownMark, Layout
from casemgr.indicators.tables.official import OfficialTable, official_tables
from casemgr.indicators.tables.printing import heading
from casemgr.indicators.tables.rows import names_of
from casemgr.pages.sheets.text_cells import as_text
from casemgr.pages.sheets.writing import Sheet, workbook

LIMIT = 50_000
Record = dict[str, Any]


class TooMany(ValueError):
    """More rows than one file holds."""


def known_fields(of: str) -> dict[str, str]:
    """What a row of these may say, by the field's name: `application.on` is the day the application came in."""
    if of in bases():
        return _fields_of_cases(bases()[of])
    table = official_tables()[of]
    found = {"year": _("Year"), "part": _("Part of the year"), "from": _("First day"), "to": _("Last day")}
    found |= {"line": _("Code of the line"), "line_name": _("Name of the line")}
    return found | {f"column.{one.code}": heading(one) for one in table.columns}


def _fields_of_cases(base: Base) -> dict[str, str]:
    found = {"number": _("Case number"), "title": _("Title"), "unit": _("Unit")}
    for kind, label in base.kinds.items():
        found |= {
            f"{kind}.on": _("%(what)s: from") % {"what": label},
            f"{kind}.until": _("%(what)s: to") % {"what": label},
            f"{kind}.value": _("%(what)s: value") % {"what": label},
        }
        found |= {f"{kind}.{dim}": f"{label}：{words}" for dim, words in base.dims.items()}
    return found


def file_of(layout: Layout, request: Asked, user: Any, today: date) -> tuple[bytes, int]:
    """The file, and how many rows it has. :raises TooMany:"""
    records = list(_records(layout, request, user, today))
    columns = [(head, name) for head, name in layout.columns]
    rows = [[_written(layout, name, record.get(name, "")) for _head, name in columns] for record in records]
    heads = [head for head, _name in columns]
    if layout.form == Layout.Form.XLSX:
        return workbook([Sheet(layout.name, heads, rows)]), len(rows)
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([[_safe(value) for value in row] for row in rows])
    encoding = "gb18030" if layout.form == Layout.Form.GB18030 else "utf-8-sig"
    return text.getvalue().encode(encoding), len(rows)


def _records(layout: Layout, request: Asked, user: Any, today: date) -> Iterator[Record]:
    if layout.of in bases():
        return _cases(bases()[layout.of], request, user, today)
    return _lines(official_tables()[layout.of], request, user, today)


def _lines(table: OfficialTable, request: Asked, user: Any, today: date) -> Iterator[Record]:
    """Line by line, then the sum."""
    found = sheet(table, request.span, request.known, within_reach(table.read_from, user, today))
    common = {"year": request.year, "part": request.part if request.part is not None else ""}
    common |= {"from": request.span.first, "to": request.span.last}
    listed = [(one.line.code, str(one.line.name), one.values) for one in found.lines]
    if not table.lines:
        listed = []
    for code, name, values in [*listed, ("", _("Together"), found.values)]:
        full = Full(values)
        cells = {f"column.{one.code}": told(one, full) if one.words else full[one.code] for one in table.columns}
        yield {**common, "line": code, "line_name": name, **cells}


def _cases(base: Base, request: Asked, user: Any, today: date) -> Iterator[Record]:
    """One row for each row that has a mark of the base's first kind in the period; of several of a kind, the last."""
    rows = not_recused(marks(base, request.span, request.known, within_reach(base, user, today)), user)
    first = next(iter(base.kinds))
    main = list(rows.filter(kind=first).order_by("on", "pk").values_list("row_id", flat=True)[: LIMIT + 1])
    if len(main) > LIMIT:
        raise TooMany(_("More than %(limit)s rows: choose a shorter period.") % {"limit": LIMIT})
    by_row: dict[int, list[KnownMark]] = defaultdict(list)
    for mark in rows.select_related("case", "unit").order_by("on", "pk").iterator(chunk_size=2000):
        by_row[mark.row_id].append(mark)
    names = names_of(base, [by_row[row][0] for row in dict.fromkeys(main)])
    for row in dict.fromkeys(main):
        yield _case(names[row], by_row[row])


def _case(named: Named, several: list[KnownMark]) -> Record:
    found: Record = {"number": named.number, "title": named.title, "unit": several[0].unit.name}
    for one in several:
        until = "" if one.until in (FOREVER, one.on) else one.until
        found |= {f"{one.kind}.on": one.on, f"{one.kind}.until": until, f"{one.kind}.value": plain(one.value)}
        found |= {f"{one.kind}.{dim}": word for dim, word in one.dims.items()}
    return found


def _written(layout: Layout, name: str, value: Any) -> Any:
    if isinstance(value, date):
        return value.strftime(layout.days)
    codes: Mapping[str, str] = layout.codes.get(name, {})
    return codes.get(str(value), value)


def _safe(value: Any) -> str:
    """No cell of a file that opens in a spreadsheet begins a formula."""
    return str(value) if isinstance(value, int) else as_text(value)
