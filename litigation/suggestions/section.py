"""What the case page shows of a suggestion, recipient by recipient, and of a supervision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from casemgr.cases import events
from casemgr.cases.events import Fact
from casemgr.cases.models import Case, Deadline, Participation
from litigation.file_kinds import is_suggestion, is_supervision
from litigation.suggestions.terms import Adoption, Result, SupervisionResult


@dataclass(frozen=True)
class RecipientLine:
    """One recipient: answered and performed are two things."""

    part: Participation
    received_on: date | None
    due_on: date | None
    is_late: bool
    answered: Fact | None
    adoption: str
    performed: Fact | None


def suggestion_section(case: Case, user: Any, today: date) -> dict[str, Any]:
    """Nothing for another kind of file."""
    if not is_suggestion(case):
        return {"letter": None}
    facts = events.facts_of(case)
    rows = list(case.deadlines.all())
    closed = events.last_of(facts, "suggestion_closed")
    return {
        "letter": case.suggestion_letter,
        "lines": [_line(part, facts, rows, today) for part in recipients_of(case)],
        "followed": [fact for fact in facts if fact.kind == "suggestion_followed_up"],
        "result": Result(closed.data["result"]).label if closed is not None else "",
    }


def supervision_section(case: Case, user: Any, today: date) -> dict[str, Any]:
    """Nothing for another kind of file."""
    if not is_supervision(case):
        return {"supervision": None}
    facts = events.facts_of(case)
    decided = events.last_of(facts, "supervision_decided")
    return {
        "supervision": case.supervision,
        "papers": [fact for fact in facts if fact.kind in ("papers_asked", "papers_handed_over")],
        "decided": decided,
        "result": SupervisionResult(decided.data["result"]).label if decided is not None else "",
    }


def recipients_of(case: Case) -> list[Participation]:
    """To whom the letter went, the first named first."""
    rows = case.participations.filter(role=Participation.Role.RESPONDENT, left_on__isnull=True)
    return list(rows.select_related("party").order_by("order", "id"))


def is_answer_missing(case: Case) -> bool:
    """Whether some recipients have answered and others have not."""
    if not is_suggestion(case):
        return False
    done = {fact.party_id for fact in events.facts_of(case) if fact.kind == "suggestion_answered"}
    return any(part.party_id not in done for part in recipients_of(case))


def _line(part: Participation, facts: list[Fact], rows: list[Deadline], today: date) -> RecipientLine:
    own = [fact for fact in facts if fact.party_id == part.party_id]
    received = events.last_of(own, "suggestion_received")
    answers = [fact for fact in own if fact.kind == "suggestion_answered"]
    clock = next((row for row in rows if row.party_id == part.party_id and not row.rule.endswith("-PERFORM")), None)
    is_late = clock is not None and (
        clock.status == Deadline.Status.MET_LATE
        or (clock.status == Deadline.Status.OPEN and clock.due_on is not None and clock.due_on < today)
    )
    return RecipientLine(
        part,
        received.occurred_on if received is not None else None,
        clock.due_on if clock is not None else None,
        is_late,
        answers[-1] if answers else None,
        Adoption(answers[-1].data["adoption"]).label if answers else "",
        events.last_of(own, "suggestion_performed"),
    )


SUGGESTION_SECTIONS = (
    ("litigation/_suggestion.html", suggestion_section),
    ("litigation/_supervision.html", supervision_section),
)
