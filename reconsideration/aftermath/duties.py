"""What a decision or mediation paper asks of whom, until when, and what proves that it was done (art. 72, 77).

Each duty is an entry of the case's course with a subject of its own, `duty:2`, under which its performance stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casemgr.cases import events
from casemgr.cases.events import Fact
from casemgr.cases.matters import Matter
from casemgr.cases.models import Case
from casemgr.documents.models import Document
from reconsideration.aftermath.terms import EX_OFFICIO, DutyKind
from reconsideration.terms import Outcome

NEW_ACT = "duty:new-act"
"""Subject of an order to make the act anew where no such duty was entered."""
OPENING = ("performance_opened", "duty_added")
TAKEN_AWAY = (Matter.PENALTY, Matter.COERCIVE_MEASURE, Matter.COERCIVE_EXECUTION, Matter.EXPROPRIATION)
"""Acts that may have taken money or things (art. 72(2): fines, levies, confiscation, expropriation, seizure)."""
RETURNED_AFTER = (Outcome.ANNULLED, Outcome.PARTLY_ANNULLED, Outcome.CHANGED)


@dataclass(frozen=True)
class Duty:
    """One thing to be done. `done_on` is None while it is owed."""

    root: Fact
    subject: str
    text: str
    kind: str
    party_id: int | None
    debtor: str
    amount: str
    due_on: date | None
    done_on: date | None
    proof: str

    @property
    def kind_label(self) -> str:
        return str(DutyKind(self.kind).label) if self.kind else ""

    def is_late(self, today: date) -> bool:
        """Done after its day, or still owed after it."""
        return self.due_on is not None and (self.done_on or today) > self.due_on


def duties_of(case: Case, facts: Sequence[Fact] | None = None) -> list[Duty]:
    """In the order in which they were entered. Costs no query where the case's events are prefetched."""
    facts = events.facts_of(case) if facts is None else facts
    opened = sorted((fact for fact in facts if fact.kind in OPENING), key=lambda fact: fact.root.sequence)
    accepted = events.last_of(facts, "performed")
    found = []
    for fact in opened:
        subject = fact.subject or "duty:1"
        done = events.last_of([one for one in facts if one.subject == subject], "duty_performed") or accepted
        due = fact.data.get("due_on")
        found.append(
            Duty(
                fact, subject, fact.data.get("duty", "") or case.facts.performance_duty, fact.data.get("duty_kind", ""),
                fact.party_id, fact.data.get("debtor", ""), fact.data.get("amount", ""),
                date.fromisoformat(due) if due else None, done.occurred_on if done else None,
                done.data.get("proof", "") if done else "",
            )
        )  # fmt: skip
    return found


def open_duties(case: Case, facts: Sequence[Fact] | None = None) -> list[Duty]:
    return [duty for duty in duties_of(case, facts) if duty.done_on is None]


def next_subject(case: Case) -> str:
    """A number once given is not given again, also when its entry was struck."""
    return f"duty:{case.events.filter(kind__in=OPENING).count() + 1}"


def new_act_is_owed(case: Case, facts: Sequence[Fact] | None = None) -> bool:
    """A new act was ordered, and none that counts was made (art. 64; Implementing Regulation 2026, art. 58)."""
    if not case.facts.redo_is_ordered:
        return False
    facts = events.facts_of(case) if facts is None else facts
    return not any(fact.kind in ("redone", "performed") for fact in facts)


def annulled_only_for_procedure(case: Case) -> bool:
    """Then the same act may be made again in a lawful procedure (art. 64(2))."""
    paper = Document.objects.filter(case_id=case.pk, kind="decision", corrects=None).living().order_by("-pk").first()
    return paper is not None and list(paper.data.get("grounds") or []) == ["64-2"]


def restitution_is_due(case: Case, facts: Sequence[Fact]) -> bool:
    """The act may have taken something and fell: return, release or price is ordered ex officio (art. 72(2)), and no
    such duty is entered."""
    if case.facts.matter not in TAKEN_AWAY or case.outcome not in RETURNED_AFTER:
        return False
    return not any(duty.kind in EX_OFFICIO for duty in duties_of(case, facts))


__all__ = [
    "NEW_ACT",
    "OPENING",
    "Duty",
    "annulled_only_for_procedure",
    "duties_of",
    "new_act_is_owed",
    "next_subject",
    "open_duties",
    "restitution_is_due",
]
