"""The ledger of the backlog (积案台账): read in through the backlog's own steps, and written out again."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from casemgr.ledgers.definition import Ledger
from litigation.backlog.ledger.columns import COLUMNS, DUTY, KIND, KINDS, NUMBER, UNIT
from litigation.backlog.ledger.loading import load, load_many, reader
from litigation.backlog.ledger.writing import rows
from litigation.backlog.past_bulk import ACTION
from litigation.models import PROCEDURE

LEDGER = Ledger(
    code="backlog",
    label=gettext_lazy("Backlog"),
    columns=COLUMNS,
    load=load,
    load_many=load_many,
    rows=rows,
    action=ACTION,
    required=(UNIT, NUMBER, KIND, "生效日期", "履行期满日", DUTY),
    words={KIND: tuple(KINDS)},
    procedure=PROCEDURE,
    key=(NUMBER, DUTY),
    reader=reader,
    take_back="backlog.take_back",
)

__all__ = ["COLUMNS", "LEDGER"]
