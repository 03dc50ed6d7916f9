"""Deadlines as pages show them: with the rule's name, its article and whom it binds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casemgr.cases.models import Case, Deadline
from casemgr.cases.procedure import Text
from casemgr.timelimits import registry
from casemgr.timelimits.citations import cite
from casemgr.timelimits.rules import BOUND_PARTIES, Rule


def rule_by(code: str, law: str = "") -> Rule | None:
    """The version of a rule that a deadline's row names, or any version of a code whose version is gone."""
    try:
        versions = registry.versions(code)
    except registry.UnknownRule:
        return None
    return next((rule for rule in versions if rule.version_code == law), versions[0] if versions else None)


def rule_name(code: str, law: str = "") -> Text:
    rule = rule_by(code, law)
    return rule.name if rule else code


@dataclass(frozen=True)
class DeadlineRow:
    """One deadline of a case page."""

    deadline: Deadline
    rule: Rule | None
    party: str

    @property
    def name(self) -> Text:
        return self.rule.name if self.rule else self.deadline.rule

    @property
    def citation(self) -> str:
        return cite(self.rule) if self.rule else ""

    @property
    def bound(self) -> Text:
        return BOUND_PARTIES.get(self.deadline.bound_party, self.deadline.bound_party)


def party_names(case: Case) -> Mapping[int, str]:
    """Names of the parties as they stand in the case, by party."""
    return {part.party_id: part.name for part in case.participations.all()}


def row_of(deadline: Deadline, names: Mapping[int, str]) -> DeadlineRow:
    rule = rule_by(deadline.rule, deadline.law)
    return DeadlineRow(deadline, rule, names.get(deadline.party_id, ""))


def deadline_rows(case: Case) -> tuple[list[DeadlineRow], list[DeadlineRow]]:
    """The running ones, soonest first, and those that are over, latest first."""
    names = party_names(case)
    rows = [row_of(deadline, names) for deadline in case.deadlines.all()]
    running = sorted((r for r in rows if r.deadline.is_running), key=lambda r: r.deadline.due_on or date.max)
    over = [row for row in rows if not row.deadline.is_running]
    over.sort(key=lambda r: r.deadline.met_on or r.deadline.due_on or date.min, reverse=True)
    return running, over
