"""Trying an annulment without doing it: what would change, and which later step would lose its ground."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from casemgr.actions import registry
from casemgr.actions.errors import Refusal
from casemgr.actions.held import apart
from casemgr.cases import deadlines, events
from casemgr.cases.models import Case, CaseStep, Deadline
from casemgr.cases.procedure import Text
from casemgr.cases.undo.replay import replay, replayed


class _TakeBack(Exception):
    pass


@contextmanager
def _tried() -> Iterator[None]:
    """Run a block in a savepoint that is always rolled back."""
    try:
        with apart(), transaction.atomic():
            yield
            raise _TakeBack
    except _TakeBack:
        pass


def _without(case: Case, step: CaseStep) -> Case:
    """The case as the annulment would leave it; inside `_tried`."""
    outcome = replayed(case, list(case.steps_taken.all()), step)
    copy = type(case).objects.get(pk=case.pk)
    for event in step.events.order_by("sequence"):
        events.record(copy, events.STRIKE, event.occurred_on, corrects=event)
    replay(copy, outcome)
    return type(case).objects.get(pk=case.pk)


def broken_guard(case: Case, step: CaseStep, today: date) -> tuple[CaseStep, Refusal] | None:
    """The first later step whose legal conditions held with the step and no longer hold without it."""
    later = [one for one in case.steps_taken.all() if one.sequence > step.sequence and one.is_standing]
    if not later:
        return None
    held = {one.pk: _refused(case, one) for one in later}
    found: list[tuple[CaseStep, Refusal]] = []
    with _tried():
        trial = _without(case, step)
        for one in later:
            new = [refusal for refusal in _refused(trial, one) if refusal.code not in {r.code for r in held[one.pk]}]
            if new:
                found.append((one, new[0]))
                break
    return found[0] if found else None


def _refused(case: Case, step: CaseStep) -> list[Refusal]:
    action = registry.every().get(step.action)
    return action.guard_refusals(case, None, step.on) if action is not None else []


@dataclass
class Effect:
    """What an annulment would do, for the person who is asked to confirm it."""

    state_before: Text
    state_after: Text
    moved: list[tuple[Deadline, date | None, date | None]] = field(default_factory=list)
    gone: list[Deadline] = field(default_factory=list)
    sentences: list[Text] = field(default_factory=list)


def effect_of(case: Case, step: CaseStep, today: date) -> Effect:
    """State before and after, deadlines that move or vanish. :raises Blocked: it cannot be done."""
    from casemgr.cases.undo import consequences

    before: dict[Any, Deadline] = {(row.rule, row.root_event_id, row.party_id): row for row in case.deadlines.all()}
    definition = case.definition
    effect = Effect(definition.state(case.state).label, "")
    with _tried():
        trial = _without(case, step)
        effect.state_after = definition.state(trial.state).label
        deadlines.sync(trial, today)
        after = {(row.rule, row.root_event_id, row.party_id): row for row in trial.deadlines.all()}
    for key, row in before.items():
        if key not in after:
            effect.gone.append(row)
        elif after[key].due_on != row.due_on or after[key].status != row.status:
            effect.moved.append((row, row.due_on, after[key].due_on))
    for consequence in consequences.every():
        effect.sentences.extend(consequence.describe(case, step))
    return effect
