"""Parties below fourteen: their data are sensitive, and a guardian agrees to their use (PIPL, art. 28, 31).

Who speaks for a minor, and signs, is the ground's `casemgr.cases.representation` (Civil Code, art. 19, 20, 23).
"""

from __future__ import annotations

from dataclasses import dataclass

from casemgr.cases import events
from casemgr.cases.models import Case, Participation
from casemgr.parties.data_requests.law import GUARDIAN_BELOW
from casemgr.parties.models import Party
from mediation.course.people import SIDES

ANSWERS = ("guardian_consented", "guardian_refused")


@dataclass(frozen=True)
class Child:
    """One such party. `answer`: what its guardian last said, None when nobody was asked."""

    part: Participation
    age: int
    answer: events.Fact | None

    @property
    def has_consent(self) -> bool:
        return self.answer is not None and self.answer.kind == "guardian_consented"


def children_of(case: Case) -> list[Child]:
    """By the age on the day the case was opened, from which on their data are kept; unknown ages are nobody's."""
    found = []
    for part in case.participations.all():
        age = part.party.age_on(case.opened_on) if _is_asked(part) else None
        if age is not None and age < GUARDIAN_BELOW:
            found.append((part, age))
    if not found:
        return []
    said = [fact for fact in events.facts_of(case) if fact.kind in ANSWERS]
    last = {fact.party_id: fact for fact in said}
    return [Child(part, age, last.get(part.party_id)) for part, age in found]


def _is_asked(part: Participation) -> bool:
    return part.role in SIDES and part.left_on is None and part.party.kind == Party.Kind.PERSON
