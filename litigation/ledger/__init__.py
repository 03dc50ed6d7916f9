"""The office's ledger of suits (应诉台账): a row for each court number, instances of one dispute in one file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from casemgr.ledgers.definition import Ledger
from litigation.ledger.columns import (
    COLUMNS,
    DEFENDANT,
    LEVEL,
    LEVELS,
    NUMBER,
    OUTCOME,
    OUTCOMES,
    PAPER,
    PAPERS,
    PLAINTIFF,
)
from litigation.ledger.entries import people, reader
from litigation.ledger.loading import load, load_many
from litigation.ledger.writing import rows
from litigation.models import PROCEDURE
from litigation.registration.past_bulk import ACTION

LEDGER = Ledger(
    code=PROCEDURE,
    label=gettext_lazy("Litigation follow-up"),
    columns=COLUMNS,
    load=load,
    load_many=load_many,
    rows=rows,
    action=ACTION,
    key=(NUMBER,),
    people=people,
    reader=reader,
    take_back=f"{PROCEDURE}.take_back",
    required=(NUMBER, PLAINTIFF, DEFENDANT),
    words={LEVEL: tuple(LEVELS), PAPER: tuple(PAPERS), OUTCOME: tuple(OUTCOMES)},
)

__all__ = ["LEDGER"]
