"""Whether an agency's head appeared: one agency in one instance, by the sessions held. Pure, without the database.

Appearance Provisions 2020 (CT20), Interpretation 2018 (JS18); the figure is dossier §4.5.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from litigation.terms import COUNTS_AS_HEAD, Level, Remark, Seen, SessionKind

BEFORE_COURT: frozenset[str] = frozenset({Level.FIRST, Level.SECOND, Level.RETRIAL})
"""Instances in which heads appear, each for itself (CT20, art. 1, 7(2)); a review on the papers is none of them."""


@dataclass(frozen=True)
class Day:
    """One session held, as far as one agency is concerned."""

    on: date
    kind: str = SessionKind.SESSION
    calls_head: bool = False
    category: str = ""
    head_came: bool = False
    certificate_on: date | None = None
    is_certificate_refused: bool = False
    left_early: bool = False
    refused_to_explain: bool = False
    has_staff: bool = False
    has_lawyer: bool = False
    absence_ground: str = ""
    has_absence_papers: bool = False
    is_absence_accepted: bool | None = None
    is_after_postponement: bool = False
    is_recorded: bool = False
    """A ledger tells who came, or why not, and nothing else: what it leaves out is no fault."""
    is_unknown: bool = False
    """It tells not even that of this agency."""

    @property
    def is_head(self) -> bool:
        return self.head_came and self.category in COUNTS_AS_HEAD

    @property
    def is_proved(self) -> bool:
        """The certificate reached the court before the session and was accepted (CT20, art. 6)."""
        if self.is_recorded:
            return not self.is_certificate_refused
        return self.certificate_on is not None and self.certificate_on <= self.on and not self.is_certificate_refused

    @property
    def is_attended(self) -> bool:
        return self.is_head and self.is_proved and not self.left_early

    @property
    def is_excused(self) -> bool:
        """A ground of art. 8 with papers on file (art. 9) that the court has not rejected."""
        return bool(self.absence_ground) and self.has_absence_papers and self.is_absence_accepted is not False

    @property
    def has_staff_there(self) -> bool:
        """A head of a subordinate or entrusted body who came counts as staff (CT20, art. 10(2))."""
        return self.has_staff or (self.head_came and self.category not in COUNTS_AS_HEAD)


@dataclass(frozen=True)
class Verdict:
    """`seen` empty: not counted, and `why` says so. `on`: the first session held, whose year it counts in."""

    seen: str = ""
    on: date | None = None
    remarks: tuple[str, ...] = ()
    why: str = ""

    @property
    def is_counted(self) -> bool:
        return self.seen in (Seen.ATTENDED, Seen.JUSTIFIED, Seen.ABSENT)


def verdict_of(days: Iterable[Day], level: str, *, is_covered: bool = False, has_paper: bool = False) -> Verdict:
    """What the sessions of one instance come to for one agency.

    `is_covered`: another defendant's head comes for it (CT20, art. 3); `has_paper`: their agreement or the court's note
    is on file, without which it is absent like any other.
    """
    if level not in BEFORE_COURT:
        return Verdict(why="level")
    held = sorted(
        (day for day in days if day.kind == SessionKind.SESSION and not day.is_unknown), key=lambda day: day.on
    )
    if not held:
        return Verdict(why="no-session")
    came = [day for day in held if day.is_attended]
    asked_again = [day for day in held[1:] if day.calls_head]
    missed = [day for day in asked_again if not day.is_attended]
    if came and not missed:
        return Verdict(Seen.ATTENDED, held[0].on, _remarks(held, is_covered=is_covered))
    if is_covered and has_paper:
        return Verdict(Seen.COVERED, held[0].on, _remarks(held, is_covered=True), why="covered")
    owed = missed if came else held
    seen = Seen.JUSTIFIED if all(day.is_excused for day in owed) else Seen.ABSENT
    return Verdict(seen, held[0].on, _remarks(held, is_covered=False))


def _remarks(held: Sequence[Day], *, is_covered: bool) -> tuple[str, ...]:
    found: set[str] = set()
    has_come = False
    for number, day in enumerate(held):
        found |= _of_day(day)
        is_owed = not has_come or day.calls_head
        is_told_why = day.is_recorded and bool(day.absence_ground)
        if is_owed and not day.is_head and not (day.is_excused or is_told_why) and not is_covered:
            found.add(Remark.AGAIN_ABSENT if day.is_after_postponement else Remark.UNEXPLAINED)
        if number and day.calls_head and not day.is_attended:
            found.add(Remark.NOT_AGAIN)
        has_come = has_come or day.is_attended
    return tuple(code for code in Remark.values if code in found)


def _of_day(day: Day) -> set[str]:
    found: set[str] = set()
    if not day.is_head and not day.has_staff_there and not day.is_recorded:
        found |= {Remark.NOBODY, Remark.LAWYER_ONLY} if day.has_lawyer else {Remark.NOBODY}
    if day.head_came and not day.is_head:
        found.add(Remark.NOT_A_HEAD)
    if day.is_head and not day.is_proved:
        found.add(Remark.NO_CERTIFICATE)
    if day.is_head and day.left_early:
        found.add(Remark.LEFT_EARLY)
    if day.is_head and day.refused_to_explain:
        found.add(Remark.NO_EXPLANATION)
    return found


@dataclass(frozen=True)
class AgencyView:
    """One agency's verdict for the view of the case: `cover` is the verdict of whose head comes for it."""

    verdict: Verdict
    cover: Verdict | None = None


def of_case(agencies: Sequence[AgencyView]) -> Verdict:
    """All agencies of one court number together: attended when each one's head came, or the one agreed for it."""
    taking_part = [one for one in agencies if one.verdict.on is not None]
    if not taking_part:
        return Verdict(why="no-session")
    on = min(one.verdict.on for one in taking_part if one.verdict.on is not None)
    judged = [_seen_of(one) for one in taking_part]
    if all(seen == Seen.ATTENDED for seen in judged):
        return Verdict(Seen.ATTENDED, on)
    is_excused = all(seen in (Seen.ATTENDED, Seen.JUSTIFIED) for seen in judged)
    return Verdict(Seen.JUSTIFIED if is_excused else Seen.ABSENT, on)


def _seen_of(one: AgencyView) -> str:
    if one.verdict.seen != Seen.ATTENDED and one.cover is not None:
        return one.cover.seen
    return Seen.ABSENT if one.verdict.seen == Seen.COVERED else one.verdict.seen


@dataclass(frozen=True)
class Budget:
    """How many of the units still to come this year may be missed. `spare` below zero: the target is out of reach."""

    attended: int
    counted: int
    coming: int
    percent: int | Decimal

    @property
    def is_reached(self) -> bool | None:
        """In whole numbers, never rounded first; None: no case with a session."""
        return self.attended * 100 >= self.percent * self.counted if self.counted else None

    @property
    def spare(self) -> int:
        """Of `coming`, how many may be missed so that the year still reaches the target."""
        left = 100 * (self.attended + self.coming) - self.percent * (self.counted + self.coming)
        return min(self.coming, int(left // 100)) if left >= 0 else -1


__all__ = ["BEFORE_COURT", "AgencyView", "Budget", "Day", "Verdict", "of_case", "verdict_of"]
