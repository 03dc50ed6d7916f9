"""Opinion and suggestion letters, and what came back (Reconsideration Law 2023, art. 76, 77; Regulation 2026, art. 69).

A letter goes to an organ that need not be a party: its receipt, report and correction are entries under its own
subject, `letter:17`, with the id of its paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import pgettext_lazy

from casemgr.cases import events
from casemgr.cases.events import Fact
from casemgr.cases.models import Case

OPINION, SUGGESTION = "opinion_letter_issued", "suggestion_letter_issued"
ISSUED = (OPINION, SUGGESTION)
RECEIVED = {OPINION: "opinion_letter_served", SUGGESTION: "suggestion_letter_served"}
ANSWERED = {OPINION: "opinion_reported", SUGGESTION: "suggestion_answered"}


class LetterStanding(models.TextChoices):
    """Where a letter stands."""

    SENT = "sent", pgettext_lazy("letter", "Receipt not recorded")
    WAITS = "waits", pgettext_lazy("letter", "Waits for the report")
    OVERDUE = "overdue", pgettext_lazy("letter", "Report overdue")
    REPORTED = "reported", pgettext_lazy("letter", "Reported, not put right")
    DONE = "done", pgettext_lazy("letter", "Put right")
    NO_DUTY = "no_duty", pgettext_lazy("letter", "Received; no answer is owed")
    ANSWERED = "answered", pgettext_lazy("letter", "Answered")


@dataclass(frozen=True)
class Letter:
    """One letter with what is recorded of it. `party_id` is the organ's."""

    root: Fact
    organ: str
    party_id: int | None
    issued_on: date | None
    received_on: date | None
    answered_on: date | None
    answer: str
    put_right_on: date | None
    due_on: date | None = None

    @property
    def subject(self) -> str:
        return self.root.subject

    @property
    def document_id(self) -> int | None:
        return self.root.data.get("document")

    @property
    def is_opinion(self) -> bool:
        return self.root.kind == OPINION

    @property
    def is_open(self) -> bool:
        """An opinion letter must be performed like a decision (art. 77(1)); nobody owes an answer to a suggestion."""
        return self.is_opinion and self.put_right_on is None

    def standing(self, today: date) -> LetterStanding:
        if self.received_on is None:
            return LetterStanding.SENT
        if not self.is_opinion:
            return LetterStanding.ANSWERED if self.answered_on else LetterStanding.NO_DUTY
        if self.put_right_on is not None:
            return LetterStanding.DONE
        if self.answered_on is not None:
            return LetterStanding.REPORTED
        is_late = self.due_on is not None and self.due_on < today
        return LetterStanding.OVERDUE if is_late else LetterStanding.WAITS


def letters_of(case: Case, facts: Sequence[Fact] | None = None) -> list[Letter]:
    """In the order of issue. Costs no query where the case's events and deadlines are prefetched."""
    facts = events.facts_of(case) if facts is None else facts
    issued = [fact for fact in facts if fact.kind in ISSUED]
    due = {row.root_event_id: row.due_on for row in case.deadlines.all() if row.rule == "R-OPIN"} if issued else {}
    found = []
    for fact in issued:
        own = [one for one in facts if one.subject == fact.subject]
        received = events.last_of(own, RECEIVED[fact.kind])
        answered = events.last_of(own, ANSWERED[fact.kind])
        done = events.last_of(own, "opinion_performed")
        found.append(
            Letter(
                fact,
                fact.data.get("organ", ""),
                fact.party_id,
                fact.occurred_on,
                received.occurred_on if received else None,
                answered.occurred_on if answered else None,
                answered.data.get("report", "") if answered else "",
                done.occurred_on if done else None,
                due.get(received.root.pk) if received else None,
            )
        )
    return found


__all__ = ["ANSWERED", "ISSUED", "OPINION", "RECEIVED", "SUGGESTION", "Letter", "LetterStanding", "letters_of"]
