"""Loading rows of the ledger, one by one or by the chunk."""

from __future__ import annotations

from casemgr.ledgers.case_rows import CaseRows
from casemgr.pages.sheets.rows import Row
from reconsideration.ledger.columns import COLUMNS, ENTRIES, NUMBER
from reconsideration.ledger.entries import Known, past_case
from reconsideration.ledger.writing import row_of, with_content
from reconsideration.models import ReconsiderationCase
from reconsideration.registration.past_bulk import PastCaseLane


def _column_of(name: str, row: Row) -> str:
    if name.startswith("people"):
        return "申请人证件号码" if "identity" in name else "申请人"
    return "被申请人" if name.startswith("respondents") else ENTRIES.get(name, "")


ROWS = CaseRows(
    number=NUMBER,
    columns=COLUMNS,
    action="reconsideration.record_past_case",
    read=past_case,
    known=Known,
    held=lambda numbers: with_content(ReconsiderationCase.objects.filter(number__in=numbers).order_by("-pk")),
    row_of=lambda case: row_of(case, lambda party, what: ""),
    lane=PastCaseLane,
    column_of=_column_of,
    not_compared=("申请人证件号码", "承办人", "是否起诉"),
)
