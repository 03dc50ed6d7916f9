"""The wording in force on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from casemgr.documents.wording.models import Wording, WordingState
from casemgr.documents.wording.passages import Passage


def wording_on(day: date, passages: Iterable[Passage]) -> dict[str, str]:
    """By code, the passages that the office words itself on that day; the others read as in the program."""
    codes = [passage.code for passage in passages]
    if not codes:
        return {}
    rows = Wording.objects.filter(passage__in=codes, state=WordingState.APPROVED, effective_on__lte=day)
    return {row.passage: row.text for row in rows.order_by("effective_on", "pk")}


def in_force(passage: Passage, day: date) -> Wording | None:
    """The version in force, None while the program's own wording was never changed."""
    return (
        Wording.objects.filter(passage=passage.code, state=WordingState.APPROVED, effective_on__lte=day)
        .order_by("-effective_on", "-pk")
        .first()
    )
