"""Deadlines follow from events: derived from the procedure's rules, and written by difference."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from casemgr.actions.signals import recomputed
from casemgr.audit.bulk import CHANGED, create_with_history, keep_history_of
from casemgr.calendar.current import current_calendar
from casemgr.calendar.workdays import CalendarStatus
from casemgr.cases.events import Fact, facts_of, same_course
from casemgr.cases.models import Case, Deadline
from casemgr.timelimits.arithmetic import Computation, Period, Suspension, compute
from casemgr.timelimits.rules import ExpiryOf, Planned, Rule

Status = Deadline.Status

VOIDED = "voided"
"""The entry of every procedure that makes a case void."""


@dataclass
class Derived:
    """A deadline as the events give it today."""

    rule: Rule
    root: Fact
    start_on: date
    computation: Computation
    suspensions: list[Suspension] = field(default_factory=list)
    extension_days: int = 0
    status: str = Status.OPEN
    met: Fact | None = None
    is_ours: bool = False

    @property
    def key(self) -> tuple[str, int, int | None]:
        return (self.rule.code, self.root.root.pk, self.root.party_id)

    def values(self) -> dict[str, Any]:
        """The columns of the row."""
        return {
            "law": self.rule.version_code,
            "start_on": self.start_on,
            "nominal_on": self.computation.nominal,
            "due_on": self.computation.due,
            "calendar_status": self.computation.calendar_status,
            "extension_days": self.extension_days,
            "suspensions": [[s.start.isoformat(), s.end.isoformat() if s.end else None] for s in self.suspensions],
            "status": self.status,
            "met_on": self.met.occurred_on if self.met else None,
            "met_by_id": self.met.root.pk if self.met else None,
            "bound_party": self.rule.bound_party,
            "is_ours": self.is_ours,
        }


def derive(case: Case, facts: Sequence[Fact], rules: Iterable[Rule], today: date) -> list[Derived]:
    """All deadlines the facts give. Pure but for the calendar; `today` decides only what has expired."""
    if case.is_past_record:
        return []  # what is not known of a closed case of the past stays open, and no clock runs on it
    case_facts = case.facts
    direct, chained = [], []
    for rule in rules:
        (chained if isinstance(rule.starts_on, ExpiryOf) else direct).append(rule)
    found = [
        derived
        for rule in direct
        for root in _roots(rule, facts)
        if (derived := _derive_one(case, case_facts, rule, root, _start_of(rule, root), facts, today))
    ]
    for rule in chained:
        for base in list(found):
            if base.rule.code not in rule.starts_on.codes or not _has_expired_unmet(base, today):
                continue
            if derived := _derive_one(case, case_facts, rule, base.root, base.computation.due, facts, today):
                found.append(derived)
    return found


def deemed_moves(case: Case, facts: Sequence[Fact], today: date) -> list[tuple[Fact, date]]:
    """What the law let happen at a period's end, where that end now lies on another day: the fact and its new day."""
    return [
        (item.met, item.computation.due)
        for item in derive(case, facts, case.definition.rules, today)
        if item.rule.expiry_action and item.met is not None and item.met.data.get("deemed")
        if item.computation.due not in (None, item.met.occurred_on)
    ]


def _roots(rule: Rule, facts: Sequence[Fact]) -> list[Fact]:
    """The facts that start the rule."""
    kinds = _start_kinds(rule)
    roots = [fact for fact in facts if fact.kind in kinds and _has_start(rule, fact)]
    if not rule.starts_once:
        return roots
    first: dict[int | None, Fact] = {}
    for root in sorted(roots, key=lambda fact: _start_of(rule, fact)):
        first.setdefault(root.party_id, root)
    return list(first.values())


def _start_of(rule: Rule, root: Fact) -> date:
    """The event's day; for a planned day, the day that was planned."""
    if isinstance(rule.starts_on, Planned):
        return date.fromisoformat(root.data["planned_on"])
    return root.occurred_on


def _has_start(rule: Rule, root: Fact) -> bool:
    """A day it happened on; of a planned day also the plan, since not every entry of the kind sets one."""
    if isinstance(rule.starts_on, Planned) and not root.data.get("planned_on"):
        return False
    return root.occurred_on is not None


def _start_kinds(rule: Rule) -> tuple[str, ...]:
    if isinstance(rule.starts_on, Planned):
        return rule.starts_on.kinds
    return rule.starts_on if isinstance(rule.starts_on, tuple) else (rule.starts_on,) if rule.starts_on else ()


def _has_expired_unmet(base: Derived, today: date) -> bool:
    due = base.computation.due
    if due is None or base.status in (Status.MET, Status.ENDED):
        return False
    return due < today


def _derive_one(
    case: Case, case_facts, rule: Rule, root: Fact, start: date, facts: Sequence[Fact], today: date
) -> Derived | None:
    if not rule.in_force_for(law=case.law_version, on=start):
        return None
    if rule.applies_if is not None and not rule.applies_if(case, case_facts, root):
        return None
    period = rule.period_for(case, case_facts, root)
    if period is None:
        return None
    following = [
        fact
        for fact in facts
        if fact.root.pk != root.root.pk and _concerns(fact, root)
        if _follows(fact, root) or (fact.kind in rule.met_beforehand_by and fact.occurred_on is not None)
    ]
    if rule.pauses_if is not None and not rule.pauses_if(case, case_facts, root):
        stops = {kind for pair in rule.pauses for kind in pair}
        following = [fact for fact in following if fact.kind not in stops]
    if rule.reopened_by and (reopened := [fact for fact in following if fact.kind in rule.reopened_by]):
        following = [f for f in following if f.kind not in rule.ended_by or f.order > reopened[-1].order]
    following = _without_undone(case, rule, period, start, following)
    closing = _closing(case, rule, following)
    computation, suspensions, extension = _count(rule, period, start, following, closing)
    if closing is not None and closing.kind in rule.ended_in_time_by and _is_after(closing, computation.due):
        following = [fact for fact in following if fact.kind not in rule.ended_in_time_by]
        closing = _closing(case, rule, following)
        computation, suspensions, extension = _count(rule, period, start, following, closing)
    is_ours = rule.ours or (rule.ours_if is not None and rule.ours_if(case, case_facts, root))
    derived = Derived(rule, root, start, computation, suspensions, extension, is_ours=is_ours)
    derived.met = closing
    derived.status = _status(rule, computation, closing, today)
    return derived


def _without_undone(case: Case, rule: Rule, period: Period, start: date, following: Sequence[Fact]) -> Sequence[Fact]:
    """The facts without what met the period and was undone, such as by withdrawal, before the period's end."""
    for undoing in [fact for fact in following if fact.kind in rule.unmet_by]:
        left = [fact for fact in following if fact.kind not in rule.met_by or fact.order > undoing.order]
        computation, *_ = _count(rule, period, start, left, _closing(case, rule, left))
        if not _is_after(undoing, computation.due):
            following = left
    return following


def _closing(case: Case, rule: Rule, following: Sequence[Fact]) -> Fact | None:
    """What meets or ends the period: the first such fact, or the one that reaches the last party."""
    waiting = set(rule.met_for_each(case)) if rule.met_for_each else set()
    for fact in following:
        if _ends(rule, fact):
            return fact
        if fact.kind in rule.met_by:
            waiting.discard(fact.party_id)
            if not waiting or fact.party_id is None:
                return fact
    return None


def _ends(rule: Rule, fact: Fact) -> bool:
    """Nothing is due any more: by the rule, or because the case was entered by mistake."""
    return fact.kind in rule.ended_by or fact.kind == VOIDED


def _count(
    rule: Rule, period: Period, start: date, following: Sequence[Fact], closing: Fact | None
) -> tuple[Computation, list[Suspension], int]:
    """The period with its stops, and with every extension granted while it still ran, up to the rule's cap."""
    suspensions = _suspensions(rule, following, until=closing)
    calendar, extension = current_calendar(), 0
    computation = compute(period, start, calendar, suspensions=suspensions)
    for fact in following:
        if closing is not None and fact.order > closing.order:
            break
        if fact.kind not in rule.extended_by or _is_after(fact, computation.due):
            continue
        extension = min(extension + int(fact.data.get("days", 0)), rule.extension_cap or 0)
        computation = compute(period, start, calendar, suspensions=suspensions, extension_days=extension)
    return computation, suspensions, extension


def _is_after(fact: Fact, due: date | None) -> bool:
    return due is not None and fact.occurred_on > due


def _follows(fact: Fact, root: Fact) -> bool:
    return fact.occurred_on is not None and (
        fact.occurred_on > root.occurred_on
        or (fact.occurred_on == root.occurred_on and fact.root.sequence > root.root.sequence)
    )


def _concerns(fact: Fact, root: Fact) -> bool:
    """An event of another party, or another instalment or instance, does not touch this clock."""
    same_party = root.party_id is None or fact.party_id in (None, root.party_id)
    return same_party and same_course(fact.subject, root.subject)


def _suspensions(rule: Rule, following: Sequence[Fact], until: Fact | None) -> list[Suspension]:
    """The stops of the clock, merged where grounds overlap; an open one has no end."""
    spans: list[tuple[date, date | None]] = []
    for starts, ends in rule.pauses:
        opened: date | None = None
        depth = 0  # an inspection may lie within the time of an appraisal
        for fact in following:
            if until is not None and fact.order > until.order:
                break
            if fact.kind == starts:
                opened = opened or fact.occurred_on
                depth += 1
            elif fact.kind == ends and opened is not None:
                depth -= 1
                if not depth:
                    spans.append((opened, fact.occurred_on))
                    opened = None
        if opened is not None:
            spans.append((opened, None))
    merged: list[list[date | None]] = []
    for start, end in sorted(spans, key=lambda span: span[0]):
        if merged and (merged[-1][1] is None or start <= merged[-1][1]):
            if merged[-1][1] is not None and (end is None or end > merged[-1][1]):
                merged[-1][1] = end
        else:
            merged.append([start, end])
    return [Suspension(start, end) for start, end in merged]


def _status(rule: Rule, computation: Computation, closing: Fact | None, today: date) -> str:
    due = computation.due
    if closing is None:
        if due is None:  # a stop that begins after the last day stops nothing
            return Status.PAUSED
        is_gone = rule.lapses and due < today
        return Status.LAPSED if is_gone and computation.calendar_status == CalendarStatus.PUBLISHED else Status.OPEN
    if closing.data.get("deemed"):
        return Status.LAPSED
    if _ends(rule, closing):
        return Status.LAPSED if _is_after(closing, due) else Status.ENDED
    return Status.MET if due is None or _done_on(closing) <= due else Status.MET_LATE


def _done_on(fact: Fact) -> date:
    """What was posted before the end is in time: the postmark counts (Civil Procedure Law, art. 85(4))."""
    sent_on = fact.data.get("sent_on")
    return date.fromisoformat(sent_on) if sent_on else fact.occurred_on


def sync(case: Case, today: date) -> list[Deadline]:
    """Write the case's deadlines by difference and set its next due days; returns the rows that changed."""
    facts = facts_of(case)
    derived = {item.key: item for item in derive(case, facts, case.definition.rules, today)}
    rows = {(row.rule, row.root_event_id, row.party_id): row for row in case.deadlines.all()}
    new, changed = [], []
    for key, row in rows.items():
        if key not in derived:
            row.delete()
    for key, item in derived.items():
        row = rows.get(key)
        values = item.values()
        if row is None:
            new.append(Deadline(case_id=case.pk, rule=key[0], root_event_id=key[1], party_id=key[2], **values))
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            Deadline.objects.filter(pk=row.pk).update(**values)
            changed.append(row)
    create_with_history(new)
    keep_history_of(changed, CHANGED, timezone.now())
    case.next_due_on, case.next_other_due_on = next_due_days(derived.values())
    if hasattr(case, "_prefetched_objects_cache"):
        case._prefetched_objects_cache.pop("deadlines", None)
    return [*new, *changed]


def next_due_days(derived: Iterable[Derived]) -> tuple[date | None, date | None]:
    """The first day due of our own running periods, and of others'."""
    running = [item for item in derived if item.status == Status.OPEN and item.computation.due]
    ours = min((item.computation.due for item in running if item.is_ours), default=None)
    return ours, min((item.computation.due for item in running if not item.is_ours), default=None)


def derive_again(case: Case, today: date) -> list[Deadline]:
    """`sync` of a locked case outside of any action, with its next due days saved and `recomputed` sent."""
    before = (case.next_due_on, case.next_other_due_on)
    changed = sync(case, today)
    if changed or before != (case.next_due_on, case.next_other_due_on):
        case.save(update_fields=["next_due_on", "next_other_due_on"])
    recomputed.send(sender=type(case), case=case, today=today)
    return changed
