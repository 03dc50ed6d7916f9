"""Deadlines as pages show them: with the rule's name, its article and whom it binds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casemgr.cases.models import Case, Deadline
from casemgr.cases.procedure import Procedure, Text
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


def about(procedure: Procedure, kind: str, data: Mapping[str, Any], *, masked: bool = False) -> str:
    """What a period is about that began with such an entry; empty where a case has only one of its rule."""
    told = procedure.event_kind(kind).about
    return told(data, masked) if told is not None else ""


def named(name: Text, what: str) -> Text:
    """The rule's name, and what the period is about."""
    return _("%(rule)s (%(what)s)") % {"rule": name, "what": what} if what else name


@dataclass(frozen=True)
class DeadlineRow:
    """One deadline of a case page. `about`: of several periods of one rule, which this is."""

    deadline: Deadline
    rule: Rule | None
    party: str
    about: str = ""

    @property
    def title(self) -> Text:
        return named(self.name, self.about)

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


def row_of(case: Case, deadline: Deadline, names: Mapping[int, str]) -> DeadlineRow:
    """Of a case loaded with its events; `names` of its parties."""
    rule = rule_by(deadline.rule, deadline.law)
    root = next((event for event in case.events.all() if event.pk == deadline.root_event_id), None)
    what = about(case.definition, root.kind, root.data) if root is not None else ""
    return DeadlineRow(deadline, rule, names.get(deadline.party_id, ""), what)


def deadline_rows(case: Case) -> tuple[list[DeadlineRow], list[DeadlineRow]]:
    """The running ones, soonest first, and those that are over, latest first."""
    names = party_names(case)
    rows = [row_of(case, deadline, names) for deadline in case.deadlines.all()]
    running = sorted((r for r in rows if r.deadline.is_running), key=lambda r: r.deadline.due_on or date.max)
    over = [row for row in rows if not row.deadline.is_running]
    over.sort(key=lambda r: r.deadline.met_on or r.deadline.due_on or date.min, reverse=True)
    return running, over
