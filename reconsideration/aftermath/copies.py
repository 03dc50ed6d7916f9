"""What must be copied to the superior department: decision and opinion letters against own departments (art. 79(2))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casemgr.cases.events import Fact
from casemgr.cases.models import Case, Participation
from casemgr.parties.models import Party
from reconsideration.aftermath.letters import letters_of

DECISION = "decision"
OWN_DEPARTMENTS = (Party.AgencyKind.DEPARTMENT, Party.AgencyKind.JUSTICE_BUREAU)


@dataclass(frozen=True)
class Copy:
    """One paper to copy: `what` is `decision`, or the letter's subject."""

    what: str
    organ: str


def departments(case: Case) -> list[Participation]:
    """Respondents that are departments of this government."""
    return [
        part
        for part in case.participations.all()
        if part.role == Participation.Role.RESPONDENT and part.party.agency_kind in OWN_DEPARTMENTS
    ]


def copies_due(case: Case, facts: Sequence[Fact]) -> list[Copy]:
    """In effect, against an own department, and not copied yet."""
    kinds = {fact.kind for fact in facts}
    if not kinds & {"decision_served", "opinion_letter_served"}:
        return []
    own = departments(case)
    if not own:
        return []
    done = {fact.data.get("what") for fact in facts if fact.kind == "copied_to_superior"}
    found = []
    if "decision_served" in kinds and case.state not in ("DECIDED",) and DECISION not in done:
        found.append(Copy(DECISION, "、".join(part.name for part in own)))
    mine = {part.party_id for part in own}
    found += [
        Copy(letter.subject, letter.organ)
        for letter in letters_of(case, facts)
        if letter.is_opinion and letter.received_on and letter.party_id in mine and letter.subject not in done
    ]
    return found


__all__ = ["DECISION", "Copy", "copies_due", "departments"]
