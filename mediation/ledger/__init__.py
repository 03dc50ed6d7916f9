"""The office's old ledger of mediation cases, read in as cases of the past or still open, and written out again."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from casemgr.ledgers.definition import Ledger
from mediation.ledger.columns import COLUMNS, FORMS, NUMBER, PERFORMANCE, RESULTS, SOURCES, SUB_SOURCES, TYPES
from mediation.ledger.entries import people
from mediation.ledger.loading import ROWS
from mediation.ledger.writing import rows
from mediation.models import PROCEDURE

LEDGER = Ledger(
    code=PROCEDURE,
    label=gettext_lazy("People's mediation"),
    columns=COLUMNS,
    load=ROWS.load,
    load_many=ROWS.load_many,
    rows=rows,
    action=ROWS.action,
    key=(NUMBER,),
    people=people,
    reader=ROWS.reader,
    take_back=f"{PROCEDURE}.take_back",
    required=(NUMBER, "申请人"),
    words={
        "纠纷来源": tuple(SOURCES),
        "来源细类": tuple(dict.fromkeys(word for words in SUB_SOURCES.values() for word in words)),
        "纠纷类型": tuple(TYPES),
        "调解结果": tuple(RESULTS),
        "协议形式": tuple(FORMS),
        "履行情况": tuple(PERFORMANCE),
    },
)

__all__ = ["LEDGER"]
