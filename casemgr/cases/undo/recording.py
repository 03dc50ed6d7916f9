"""Keeping, for every action on a case, which state it left, which it reached, and what it changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Max

from casemgr.audit.context import current
from casemgr.cases.models.register import Case
from casemgr.cases.models.steps import CaseStep

DERIVED = frozenset(
    {
        *("id", "state", "stage", "version", "closed_on", "next_due_on", "next_other_due_on", "created_at"),
        *("number", "number_year", "number_sequence", "procedure", "is_past_record"),
    }
)
"""Columns of a case that follow from something else or never change."""

_open: ContextVar[CaseStep | None] = ContextVar("open_case_step", default=None)


def open_step_of(case: Case) -> CaseStep | None:
    """The step being taken on this case, for the events recorded in it."""
    step = _open.get()
    return step if step is not None and step.case_id == case.pk else None


def said(case: Case, *columns: str) -> None:
    """The step being taken states these columns, whatever they held before: `facts.track`.

    What two steps say alike must stay when one of them is annulled.
    """
    if (step := open_step_of(case)) is not None:
        step.said.update(columns)


@contextmanager
def recorded(case: Case, action: str, today: date, before: Mapping[str, Any]) -> Iterator[None]:
    """Keep what the block does to the (locked) case as one step; one within another on the same case belongs to it.

    `before`: the `snapshot` of the case as it was locked.
    """
    if open_step_of(case) is not None:
        yield
        return
    context = current()
    last = case.steps_taken.aggregate(last=Max("sequence"))["last"] or 0
    step = CaseStep(
        case_id=case.pk,
        sequence=last + 1,
        action=action,
        on=today,
        actor_id=context.actor_id,
        actor_name=context.actor_name,
        from_state=case.state,
    )
    step.said = set()
    CaseStep.objects.bulk_create([step])  # its history begins when it is whole, below
    token = _open.set(step)
    try:
        yield
    finally:
        _open.reset(token)
    now = with_facts(type(case)).get(pk=case.pk)
    after = snapshot(now)
    step.to_state = now.state
    step.changes = {
        name: [before[name], value] for name, value in after.items() if before[name] != value or name in step.said
    }
    step.save()


def snapshot(case: Case) -> dict[str, Any]:
    """Every column that a step may change, as JSON keeps it, of a case that nobody has changed since it was read."""
    found = {f"case.{field.attname}": plain(case, field) for field in case_fields(case)}
    facts = case.facts
    if isinstance(facts, models.Model):
        found |= {f"facts.{field.attname}": plain(facts, field) for field in fact_fields(facts)}
    return found


def with_facts(model: type[Case]) -> models.QuerySet:
    """The cases with their facts in one query, where the model is of a procedure that names them."""
    return model.objects.select_related(model.facts_name) if model.facts_name else model.objects.all()


def facts_of(case: Case) -> models.Model | None:
    """The facts row afresh, or None for a procedure without one."""
    facts = case.definition.facts_of(case)
    return type(facts)._base_manager.get(pk=facts.pk) if isinstance(facts, models.Model) else None


def case_fields(case: Case) -> list[models.Field]:
    return [field for field in case._meta.concrete_fields if field.name not in DERIVED]


def fact_fields(facts: models.Model) -> list[models.Field]:
    return [field for field in facts._meta.concrete_fields if not field.primary_key]


def plain(row: models.Model, field: models.Field) -> Any:
    value = getattr(row, field.attname)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def restored(field: models.Field, value: Any) -> Any:
    """The value of a column from what JSON kept."""
    if value is None or isinstance(field, models.JSONField):
        return value
    return (field.target_field if isinstance(field, models.ForeignKey) else field).to_python(value)
