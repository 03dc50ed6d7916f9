"""A day as a ledger has it: as exactly as it is known."""

from __future__ import annotations

from casemgr.cases.events import Fact
from casemgr.cases.models import Event
from casemgr.pages.sheets.approximations import told


def day_of(fact: Fact | None) -> str:
    """The day, the month, or the words of the source that tell a day only about; empty when none is known."""
    if fact is None:
        return ""
    root = fact.root
    if root.precision == Event.Precision.DAY or fact.corrected_by is not None:
        return fact.occurred_on.isoformat() if fact.occurred_on else ""
    if (words := told(root.as_written)) is not None and words.written:
        return words.written
    return f"{fact.occurred_on:%Y-%m}" if fact.occurred_on else ""


__all__ = ["day_of"]
