"""What the case page shows of the committee: grounds that the facts speak for, questions, opinions, their adoption."""

from __future__ import annotations

from datetime import date
from typing import Any

from reconsideration.case_records import ON_TRIAL
from reconsideration.committee.guards import adoption_is_owed, consultations_of
from reconsideration.committee.triggers import proposals
from reconsideration.models import ConsultedMember, ReconsiderationCase


def committee_section(case: ReconsiderationCase, user: Any, today: date) -> dict[str, Any]:
    """No query where the committee was not asked, two where it was."""
    found = consultations_of(case)
    if not found:
        return {"rows": [], "proposals": proposals(case) if case.state in ON_TRIAL else []}
    members: dict[int, list[ConsultedMember]] = {}
    for one in ConsultedMember.objects.filter(consultation__in=found).select_related("member"):
        members.setdefault(one.consultation_id, []).append(one)
    rows = [(one, [m for m in members.get(one.pk, []) if not m.stands_aside],
             [m for m in members.get(one.pk, []) if m.stands_aside]) for one in found]  # fmt: skip
    return {"rows": rows, "proposals": [], "owes_adoption": adoption_is_owed(today)}
