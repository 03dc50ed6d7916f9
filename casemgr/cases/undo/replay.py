"""What a case is when one step is taken away: state and columns from the steps that remain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from casemgr.actions import registry
from casemgr.cases.models import Case, CaseStep
from casemgr.cases.undo.recording import case_fields, fact_fields, facts_of, restored


class Blocked(Exception):
    """A later step cannot stand without the one taken away."""

    def __init__(self, step: CaseStep) -> None:
        self.step = step
        super().__init__(step.action)


@dataclass(frozen=True)
class Outcome:
    """State after the replay, and the columns that take another value."""

    state: str
    values: dict[str, Any] = field(default_factory=dict)


def replayed(case: Case, steps: Sequence[CaseStep], without: CaseStep) -> Outcome:
    """`steps`: all of the case, in order. :raises Blocked: naming the first later step that must go first."""
    standing = [step for step in steps if step.is_standing and step.pk != without.pk]
    state = steps[0].from_state
    for position, step in enumerate(standing):
        state = _repeat(case, step, state, standing[position + 1 :])
    return Outcome(state, _values(steps, standing, without))


def _repeat(case: Case, step: CaseStep, state: str, later: Sequence[CaseStep]) -> str:
    """The state after the step is taken again from `state`."""
    action = registry.every().get(step.action)
    if state == step.from_state:
        return step.to_state
    if step.moved:
        returns = any(follower.to_state == step.from_state for follower in later)
        if returns or not _has_transition(case, state, step.to_state):
            raise Blocked(step)
        return step.to_state
    states = getattr(action, "states", ())
    transition = getattr(action, "transition", "")
    if (states and state not in states) or (transition and not _has_transition(case, state, step.to_state)):
        raise Blocked(step)
    return state


def _has_transition(case: Case, source: str, target: str) -> bool:
    return any(
        transition.target == target and transition.source in (source, "*")
        for transition in case.get_all_state_transitions()
    )


def _values(steps: Sequence[CaseStep], standing: Sequence[CaseStep], without: CaseStep) -> dict[str, Any]:
    """Each column the step changed: as the last remaining step left it, else as it was before the first."""
    found = {}
    for name in without.changes:
        last = next((step.changes[name][1] for step in reversed(standing) if name in step.changes), None)
        if any(name in step.changes for step in standing):
            found[name] = last
        else:
            found[name] = next(step.changes[name][0] for step in steps if name in step.changes)
    return found


def replay(case: Case, outcome: Outcome) -> None:
    """Write state and columns; the one place beside transitions that may. The caller settles the case read anew."""
    case._meta.get_field("state").set_state(case, outcome.state)
    for column in case_fields(case):
        if (name := f"case.{column.attname}") in outcome.values:
            setattr(case, column.attname, restored(column, outcome.values[name]))
    case.save()
    facts = facts_of(case)
    if facts is None:
        return
    changed = False
    for column in fact_fields(facts):
        if (name := f"facts.{column.attname}") in outcome.values:
            setattr(facts, column.attname, restored(column, outcome.values[name]))
            changed = True
    if changed:
        facts.save()
