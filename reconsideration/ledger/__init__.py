"""The office's old ledger of reconsideration cases, read in as cases of the past and written out again."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from casemgr.ledgers.definition import Ledger
from reconsideration.ledger.columns import COLUMNS, MATTERS, METHODS, NO, NUMBER, OUTCOMES, TRACKS, YES
from reconsideration.ledger.entries import people
from reconsideration.ledger.loading import ROWS
from reconsideration.ledger.writing import rows
from reconsideration.models import PROCEDURE

LEDGER = Ledger(
    code=PROCEDURE,
    label=gettext_lazy("Administrative reconsideration"),
    columns=COLUMNS,
    load=ROWS.load,
    load_many=ROWS.load_many,
    rows=rows,
    action=ROWS.action,
    key=(NUMBER,),
    people=people,
    reader=ROWS.reader,
    take_back=f"{PROCEDURE}.take_back",
    required=(NUMBER, "申请人", "被申请人"),
    words={
        "申请方式": tuple(METHODS),
        "审理程序": tuple(TRACKS),
        "事项类别": tuple(MATTERS),
        "结案方式": tuple(OUTCOMES),
        "是否起诉": (YES, NO),
    },
)

__all__ = ["LEDGER"]
