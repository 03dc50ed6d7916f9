"""Settlements follow their entries: a struck one is gone, a corrected day counts, an end that was struck reopens it."""

from __future__ import annotations

from casemgr.cases import events
from casemgr.cases.models import Case
from litigation.models import SuitSettlement

Result = SuitSettlement.Result


def follow_settlements(case: Case) -> None:
    """The rows as the entries have them."""
    rows = list(case.suit_settlements.all())
    if not rows:
        return
    facts = events.facts_of(case)
    begun = {fact.data["settlement"]: fact for fact in facts if fact.kind == "settlement_begun"}
    ended = {fact.data["settlement"]: fact for fact in facts if fact.kind == "settlement_ended"}
    for row in rows:
        if row.pk not in begun:
            row.delete()
            continue
        end = ended.get(row.pk)
        kept = {
            "begun_on": begun[row.pk].occurred_on,
            "ended_on": end.occurred_on if end else None,
            "result": end.data["result"] if end else Result.OPEN,
            "terms": end.data["terms"] if end else "",
        }
        if any(getattr(row, name) != value for name, value in kept.items()):
            for name, value in kept.items():
                setattr(row, name, value)
            row.save()


__all__ = ["follow_settlements"]
