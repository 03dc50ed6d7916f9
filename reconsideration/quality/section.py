"""What the case page of a closed file shows of quality: its review, and whether it is a model case."""

from __future__ import annotations

from datetime import date
from typing import Any

from casemgr.actions import registry
from casemgr.cases.procedure import ENDED_STAGES
from reconsideration.models import FileReview, ModelCase, ReconsiderationCase


def quality_section(case: ReconsiderationCase, user: Any, today: date) -> dict[str, Any]:
    """Nothing while the case runs; two queries when it is closed."""
    if case.stage not in ENDED_STAGES or case.state == "VOID":
        return {"shows": False}
    review = FileReview.objects.filter(case_id=case.pk).select_related("round").first()
    marked = ModelCase.objects.filter(case_id=case.pk).first()
    told = marked if marked is not None and marked.ended_on is None else None
    may_mark = marked is None and registry.get("model_case.mark").is_permitted(case, user, today)
    return {
        "shows": bool(review or told or may_mark),
        "review": review,
        "told": told,
        "may_mark": may_mark,
        "case": case,
    }
