"""Loading rows of the ledger, one by one or by the chunk."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from casemgr.ledgers import case_rows
from casemgr.ledgers.case_rows import CaseRows
from casemgr.pages.sheets import cells
from casemgr.pages.sheets.rows import Row
from mediation.ledger.columns import COLUMNS, ENTRIES, NUMBER, TYPES
from mediation.ledger.entries import Known, past_case
from mediation.ledger.writing import amount, row_of, type_word, with_content
from mediation.models import MediationCase
from mediation.registration.past_bulk import PastDisputeLane

NUMBERS = ("申请人证件号码", "申请人电话", "被申请人证件号码", "被申请人电话")
"""Put right in the registry of parties, not by a ledger."""


def _column_of(name: str, row: Row) -> str:
    if not name.startswith("people"):
        return ENTRIES.get(name, "")
    place = int(found[1]) if (found := re.match(r"people-(\d+)", name)) else 0
    side = "申请人" if place < len(cells.several(row, "申请人")) else "被申请人"
    if "identity" in name:
        return f"{side}证件号码"
    return f"{side}电话" if "phone" in name else side


def _plain(column: str, row: Row) -> str:
    """As the register writes it: a type by the name of its table, an amount with two decimals."""
    text = case_rows.plain(column, row)
    if column == "纠纷类型" and text in TYPES:
        return type_word(TYPES[text])
    if column == "涉及金额":
        try:
            return amount(Decimal(text))
        except InvalidOperation:
            return text
    if column in ("申请人", "被申请人", "调解员"):
        return "、".join(cells.several(row, column))
    return text


ROWS = CaseRows(
    number=NUMBER,
    columns=COLUMNS,
    action="mediation.record_past_case",
    read=past_case,
    known=Known,
    held=lambda numbers: with_content(MediationCase.objects.filter(number__in=numbers).order_by("-pk")),
    row_of=lambda case: row_of(case, lambda party, what: ""),
    lane=PastDisputeLane,
    column_of=_column_of,
    not_compared=NUMBERS,
    plain=_plain,
)
