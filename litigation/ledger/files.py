"""To which file a row belongs: a dispute's instances stand in one, and a ledger has no column that says so.

A row goes on with a file of the same plaintiffs, defendants and cause, of which nothing that is told differs, and whose
last instance is one from which this one can follow. Where several fit, the one told just before counts; else it is a
file of its own that names them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from casemgr.cases.models import Participation
from casemgr.pages.sheets import cells
from casemgr.pages.sheets.rows import Row
from casemgr.parties.names import name_key
from litigation.court_numbers import parse
from litigation.ledger.columns import (
    CAUSE,
    DEFENDANT,
    LEVEL,
    LEVELS,
    NUMBER,
    OUTCOME,
    OUTCOMES,
    PLAINTIFF,
    RESPONSIBLE,
    THIRD,
)
from litigation.models import Instance, LitigationCase
from litigation.registration.past import EXECUTIONS, PastFile
from litigation.terms import Level, Outcome

Keys = frozenset[str]
Role = Participation.Role
FOLLOWS: Mapping[str, tuple[str, ...]] = {
    Level.SECOND: (Level.FIRST,),
    Level.RETRIAL: (Level.FIRST, Level.SECOND, Level.RETRIAL, Level.RETRIAL_REVIEW),
    Level.RETRIAL_REVIEW: (Level.FIRST, Level.SECOND, Level.RETRIAL),
}


@dataclass
class Ref:
    """A file as the ledger sees it. Either `case` is written, or `pending` waits in the lane."""

    plaintiffs: Keys
    defendants: Keys
    third: Keys
    cause: str
    responsible: str
    instances: list[tuple[str, str, int]]
    """Level, outcome and year of the number of each."""
    case: LitigationCase | None = None
    pending: PastFile | None = None

    @property
    def written(self) -> LitigationCase | None:
        return self.case or (self.pending.case if self.pending is not None else None)

    def fits(self, told: Ref) -> bool:
        """Whether a row (a file of one instance) goes on with this file."""
        level, _outcome, year = told.instances[0]
        sides = {self.plaintiffs, self.defendants}
        is_execution = level in EXECUTIONS
        if (told.plaintiffs, told.defendants) != (self.plaintiffs, self.defendants) and not (
            is_execution and {told.plaintiffs, told.defendants} == sides
        ):
            return False
        if told.cause and told.cause != self.cause and not is_execution:
            return False
        if (told.third and told.third != self.third) or (told.responsible and told.responsible != self.responsible):
            return False
        return self._can_be_followed_by(level, year)

    def _can_be_followed_by(self, level: str, year: int) -> bool:
        in_court = [one for one in self.instances if one[0] not in EXECUTIONS]
        if level in EXECUTIONS:
            return bool(self.instances)
        if not in_court or year < in_court[-1][2]:
            return False
        last, outcome, _year = in_court[-1]
        if level == Level.FIRST:
            return outcome == Outcome.REMANDED
        return last in FOLLOWS.get(level, ()) and outcome != Outcome.REMANDED


def ref_of(row: Row) -> Ref:
    """A row as a file of one instance."""
    number = parse(cells.text(row, NUMBER))
    level = (number.level if number else None) or LEVELS.get(cells.text(row, LEVEL), "")
    outcome = OUTCOMES.get(cells.text(row, OUTCOME), "")
    return Ref(
        *(_keys(cells.several(row, column)) for column in (PLAINTIFF, DEFENDANT, THIRD)),
        cause=cells.text(row, CAUSE),
        responsible=name_key(cells.text(row, RESPONSIBLE)),
        instances=[(level, outcome, number.year if number else 0)],
    )


def _keys(found: Iterable[str]) -> Keys:
    return frozenset(name_key(name) for name in found)


@dataclass
class Files:
    """The files that the register and the ledger so far hold of the plaintiffs that were expected."""

    refs: dict[str, list[Ref]] = field(default_factory=dict)
    last: Ref | None = None
    """Told just before."""

    def expect(self, rows: Iterable[Row]) -> None:
        """Read from the register the files of all plaintiffs of these rows (of executions also of the other side)."""
        wanted: set[str] = set()
        for row in rows:
            told = ref_of(row)
            wanted |= told.plaintiffs if told.instances[0][0] not in EXECUTIONS else told.plaintiffs | told.defendants
        of_people = Participation.objects.filter(
            case__procedure="litigation", role=Role.APPLICANT, party__name_key__in=wanted, left_on__isnull=True
        )
        found = LitigationCase.objects.filter(pk__in=of_people.values("case_id")).exclude(
            state__in=("VOID", "ARCHIVED")
        )
        content = ("participations__party", "instances")
        for case in found.select_related("litigation_facts__responsible").prefetch_related(*content).order_by("pk"):
            self.add(ref_of_case(case))

    def add(self, ref: Ref) -> None:
        for key in ref.plaintiffs:
            self.refs.setdefault(key, []).append(ref)

    def find(self, told: Ref) -> tuple[Ref | None, list[Ref]]:
        """The file that a row goes on with; or none, and those among which nobody can choose."""
        keys = told.plaintiffs if told.instances[0][0] not in EXECUTIONS else told.plaintiffs | told.defendants
        known = {id(ref): ref for key in keys for ref in self.refs.get(key, ())}
        fitting = [ref for ref in known.values() if ref.fits(told)]
        if self.last is not None and any(ref is self.last for ref in fitting):
            return self.last, []
        return (fitting[0], []) if len(fitting) == 1 else (None, fitting)


def ref_of_case(case: LitigationCase) -> Ref:
    parts = [part for part in case.participations.all() if part.left_on is None]
    sides = [_keys(part.name for part in parts if part.role == role)
             for role in (Role.APPLICANT, Role.RESPONDENT, Role.THIRD_PARTY)]  # fmt: skip
    own = case.litigation_facts
    return Ref(
        *sides,
        cause=own.cause,
        responsible=name_key(own.responsible.name) if own.responsible is not None else "",
        instances=[_told(one) for one in sorted(case.instances.all(), key=lambda one: one.order)],
        case=case,
    )


def _told(instance: Instance) -> tuple[str, str, int]:
    number = parse(instance.court_number)
    return instance.level, instance.outcome, number.year if number else 0


def names_of(refs: Iterable[Ref]) -> str:
    """The numbers of files, as a note says them."""
    cases = [ref.written for ref in refs]
    return "、".join(case.number for case in cases if case is not None)


def note_of(refs: list[Ref]) -> dict[str, Any]:
    """That a row may go on with one of several files."""
    return {"source_note": f"台账未写明与前审的关联，可能属于：{names_of(refs)}"} if refs else {}


__all__ = ["Files", "Ref", "note_of", "ref_of", "ref_of_case"]
