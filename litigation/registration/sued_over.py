"""What the register knows of a reconsideration that a suit is brought over."""

from __future__ import annotations

from datetime import date
from typing import Any

from casemgr.cases.models import Case
from litigation.codefendants import Result

RESULTS = {
    "upheld": Result.UPHELD,
    "request_rejected": Result.CLAIM_REJECTED,
    "annulled": Result.CHANGED,
    "changed": Result.CHANGED,
    "confirmed_illegal": Result.CHANGED,
    "confirmed_void": Result.CHANGED,
    "perform_ordered": Result.CHANGED,
    "partly_annulled": Result.PARTLY,
    "not_accepted": Result.NOT_ACCEPTED,
    "dismissed": Result.NOT_ACCEPTED,
}
"""The outcome a reconsideration case bears in the register → what it did to the act. A person looks at it."""


def sued_over(pk: int, user: Any, today: date) -> Case | None:
    """The case, if the person may see it and it is none of litigation itself."""
    seen = Case.objects.visible_to(user, today).filter(pk=pk).exclude(procedure="litigation")
    return seen.select_related("act__agency").first()


def entries_of(case: Case) -> dict[str, Any]:
    """What the form proposes: the act, the matter, what was decided. Parties are chosen by name as always."""
    found: dict[str, Any] = {
        "reconsideration_number": case.number,
        "after_reconsideration": RESULTS.get(case.outcome, ""),
    }
    if case.act is not None:
        found |= {
            "act_title": case.act.title,
            "act_number": case.act.number,
            "acted_on": case.act.acted_on,
            "matter": case.act.kind,
        }
    return found
