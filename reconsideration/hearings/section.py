"""What the case page shows of hearings: whether one must be held, when, with what missing, and what came of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from casemgr.cases import events
from reconsideration.hearings.lacks import of_periods
from reconsideration.hearings.listing import joined, lines_of
from reconsideration.hearings.reading import is_heard, must_be_heard
from reconsideration.hearings.terms import MandatoryGround
from reconsideration.models import Hearing, ReconsiderationCase


def hearings_section(case: ReconsiderationCase, user: Any, today: date) -> dict[str, Any]:
    """No query where none was ever planned."""
    labels = dict(MandatoryGround.choices)
    grounds = [labels[code] for code in case.facts.hearing_grounds if code in labels]
    shown: dict[str, Any] = {
        "grounds": grounds,
        "is_owed": must_be_heard(case) and not is_heard(case),
        "requested_on": case.facts.hearing_requested_on,
        "answer": case.facts.hearing_answer,
        "lines": [],
    }
    if not any(fact.kind.startswith("hearing_") for fact in events.facts_of(case)):
        return shown
    rows = list(joined(Hearing.objects.filter(case_id=case.pk)).order_by("number"))
    for row in rows:
        row.case = case
    lines = lines_of(rows, today)
    for line in lines:
        line.lacks.extend(of_periods(line.hearing, case.deadlines.all(), today))
    return {**shown, "lines": lines}
