"""A list of units, as the page reads it."""

from __future__ import annotations

from casemgr.operation.sheets.reading import Rows
from casemgr.organisation.imports import COLUMNS, ImportResult, load_units

REQUIRED = ("单位代码", "单位名称", "单位类别")
LIMIT = 5000


def load(rows: Rows, *, dry_run: bool = False) -> ImportResult:
    """Load the rows, or only say what would come of them.

    A column that no row fills is left alone; in one that some row fills an empty cell means empty.
    """
    filled = {name for _number, row in rows for name in row if name in COLUMNS} | {*REQUIRED}
    keyed = [(number, {COLUMNS[name]: row.get(name, "") for name in filled}) for number, row in rows]
    return load_units(keyed, dry_run=dry_run)
