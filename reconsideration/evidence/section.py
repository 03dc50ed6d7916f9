"""What the case page shows of evidence and investigations: how much of whom, what waits, what the law bars."""

from __future__ import annotations

from datetime import date
from typing import Any

from reconsideration.case_contents import has
from reconsideration.case_records import ON_TRIAL
from reconsideration.evidence.law import bars, owed_by_applicant
from reconsideration.models import Evidence, Investigation, ReconsiderationCase

SHOWN = 12


def evidence_section(case: ReconsiderationCase, user: Any, today: date) -> dict[str, Any]:
    """Beyond the one question which records there are, a query for each kind that there is."""
    pieces = list(Evidence.objects.standing().filter(case_id=case.pk)) if has(case, "evidence") else []
    parts = {part.pk: part for part in case.participations.all()}
    for piece in pieces:
        piece.case = case
        piece.given_by = parts.get(piece.given_by_id)
    looked_into = Investigation.objects.standing().filter(case_id=case.pk).select_related("officer", "second_officer")
    return {
        "pieces": [(piece, bars(piece, today)) for piece in pieces[:SHOWN]],
        "count": len(pieces),
        "waiting": sum(not piece.finding for piece in pieces),
        "investigations": list(looked_into) if has(case, "investigations") else [],
        "owed": owed_by_applicant(case, pieces) if case.state in ON_TRIAL else [],
        "case": case,
    }
