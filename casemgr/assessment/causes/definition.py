"""What a procedure tells of root causes: its findings and the letters about them (`Procedure.extra["causes"]`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from casemgr.cases.models import Case
from casemgr.cases.procedure import Text, procedures
from casemgr.parties.models import Party


@dataclass(frozen=True)
class Cause:
    """One ground: the article as the paper cites it, and the code of the flaw; either may be unknown (empty)."""

    article: str = ""
    flaw: str = ""


@dataclass(frozen=True)
class Agency:
    """Whose act it was: its unit of today where it belongs to the banner, else its record."""

    key: str
    name: str

    @classmethod
    def of(cls, party: Party) -> Agency:
        """Costs no query where `unit__successor` is joined, save for chains of reforms."""
        if party.unit is None:
            return cls(f"p{party.pk}", party.name)
        unit = party.unit.current()
        return cls(f"u{unit.pk}", unit.name)


@dataclass(frozen=True)
class Finding:
    """One act of one agency that was corrected, or over which a suit was lost."""

    source: str
    case_id: int
    number: str
    agency: Agency
    on: date
    acted_on: date | None
    outcome: Text
    causes: tuple[Cause, ...] = ()

    @property
    def flaws(self) -> frozenset[str]:
        return frozenset(cause.flaw for cause in self.causes if cause.flaw)

    @property
    def made_on(self) -> date:
        """When the agency did it; where nobody recorded that, when it was found."""
        return self.acted_on or self.on


@dataclass(frozen=True)
class SentLetter:
    """An opinion or suggestion to one agency. `owes_answer`: whether the law asks for one."""

    source: str
    case_id: int
    number: str
    kind: Text
    agency: Agency
    sent_on: date | None
    due_on: date | None
    answered_on: date | None
    performed_on: date | None
    owes_answer: bool
    causes: tuple[Cause, ...] = ()

    @property
    def flaws(self) -> frozenset[str]:
        return frozenset(cause.flaw for cause in self.causes if cause.flaw)


Reader = Callable[[QuerySet[Case], date | None, date | None], Iterable]


@dataclass(frozen=True)
class CauseSource:
    """`findings(cases, first, last)` of the cases given, by the day found; `letters` likewise, by the day sent.

    None as a day leaves that side open. Each in a fixed number of queries.
    """

    findings: Reader
    letters: Reader


def sources() -> dict[str, CauseSource]:
    """By procedure."""
    return {one.code: one.extra["causes"] for one in procedures() if "causes" in one.extra}


__all__ = ["Agency", "Cause", "CauseSource", "Finding", "SentLetter", "sources"]
