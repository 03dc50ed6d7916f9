"""The course of one of many demo cases: what happened on which day, by chance, as a banner's office works.

Nearly all of it in time; a few papers and decisions late, a few cases suspended for long.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from reconsideration.demo.clerk import Days
from reconsideration.registration.recording import NEW_LAW
from reconsideration.terms import Outcome, Track

OUTCOMES: tuple[tuple[str, int], ...] = (
    (Outcome.UPHELD, 42),
    (Outcome.REQUEST_REJECTED, 16),
    (Outcome.ANNULLED, 14),
    (Outcome.CONFIRMED_ILLEGAL, 12),
    (Outcome.PERFORMANCE_ORDERED, 9),
    (Outcome.PARTLY_ANNULLED, 4),
    (Outcome.CHANGED, 3),
)
ENDS: tuple[tuple[str, int], ...] = (("decided", 61), ("terminated", 22), ("mediated", 12), ("dismissed", 5))
SERVED = {"decided": "decision_served", "terminated": "termination_served", "dismissed": "dismissal_served"}


@dataclass
class Course:
    """`happened` grows in the order of days; what lies after `today` is cut off by `known_on`."""

    chance: random.Random
    received: date
    track: str
    at: date = field(init=False)
    happened: list[dict[str, Any]] = field(default_factory=list)
    outcome: str = ""

    def __post_init__(self) -> None:
        self.at = self.received
        self.is_new_law = self.received >= NEW_LAW
        self.is_quick = self.track == Track.SIMPLIFIED
        self._note("received")
        self._intake()

    def known_on(self, today: date) -> list[dict[str, Any]]:
        """What has happened by `today`."""
        return [entry for entry in self.happened if entry["on"] <= today]

    def _note(self, kind: str, **more: Any) -> None:
        self.happened.append({"kind": kind, "on": self.at, **more})

    def _after(self, least: int, most: int) -> None:
        """Move on by some working days."""
        self.at = Days.after(self.at, self.chance.randint(least, most))

    def _intake(self) -> None:
        way = self.chance.random()
        if way < 0.003:
            self._after(1, 1)
            self._note("voided")
        elif way < 0.07:
            self._after(2, 5)
            self._note("refused")
            self._serve_and_file("refusal_served")
        elif way < 0.13:
            self._correction()
        else:
            self._after(1, 5)
            self._trial()

    def _correction(self) -> None:
        self._after(1, 4)
        self._note("correction_notice_issued")
        self._after(1, 3)
        self._note("correction_notice_served")
        if self.chance.random() < 0.25:
            self._after(11, 14)
            self._note("abandoned")
            self._file()
            return
        self._after(2, 9)
        self._note("corrected")
        self._after(1, 4)
        self._trial()

    def _trial(self) -> None:
        self._note("accepted")
        accepted = self.at
        self._after(1, 3 if self.is_quick else 9 if self.chance.random() < 0.02 else 6)
        self._note("copy_sent")
        self._after(1, 3)
        self._note("copy_served")
        if self.chance.random() < 0.03:
            self._after(12, 13)
            self._note("reply_missing")
        else:
            self._after(2, 5 if self.is_quick else 6)
            self._note("reply_received")
        if self.is_new_law and not self.is_quick:
            self._after(1, 4)
            self._note("opinion_heard")
        stood = self._suspension()
        if stood is not None:
            self._decision(accepted, stood)

    def _suspension(self) -> int | None:
        """How many days the case stood still; None when it does so to this day."""
        if self.chance.random() >= 0.04:
            return 0
        self._after(1, 3)
        self._note("suspended")
        if self.chance.random() < 0.12:
            return None
        began = self.at
        self.at = Days.at_work(self.at + timedelta(days=self.chance.randint(25, 120)))
        self._note("resumed")
        return (self.at - began).days

    def _decision(self, accepted: date, stood: int) -> None:
        length = 30 if self.is_quick else 60
        if not self.is_quick and self.chance.random() < 0.08:
            self._after(1, 2)
            self._note("extended", days=30)
            length = 90
        is_late = self.chance.random() < 0.025
        needed = length + self.chance.randint(3, 20) if is_late else self.chance.randint(length - 32, length - 3)
        self.at = max(Days.after(self.at, 1), Days.at_work(accepted + timedelta(days=stood + max(needed, 9))))
        end = _drawn(self.chance, ENDS)
        if end == "decided":
            self.outcome = _drawn(self.chance, OUTCOMES)
        self._note(end)
        if end == "mediated":
            self._file()
            return
        self._serve_and_file(SERVED[end])

    def _serve_and_file(self, served: str) -> None:
        self._after(1, 4)
        self._note(served)
        if self.outcome == Outcome.PERFORMANCE_ORDERED:
            self._after(2, 5)
            self._note("performance_opened", due_on=self.at + timedelta(days=45))
            self._after(5, 34)
            self._note("performed")
        elif self.chance.random() < 0.12:
            self._after(3, 9)
            self._note("sued")
        self._file()

    def _file(self) -> None:
        self._after(22, 60)
        self._note("archived")


def _drawn(chance: random.Random, weighed: tuple[tuple[str, int], ...]) -> str:
    return chance.choices([word for word, _weight in weighed], [weight for _word, weight in weighed])[0]
