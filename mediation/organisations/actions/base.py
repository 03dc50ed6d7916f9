"""Bases of the actions on committees, mediators, studios, filings and agreements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _

from casemgr.actions.action import Action, ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.transitions import is_possible
from mediation.models import Committee, DockAgreement, Filing, Mediator, Studio
from mediation.organisations.permission import COMMITTEE, holds, reaches


class CreateAction(Action):
    """Base: makes a record. The form offers only units within the person's reach."""

    creates: ClassVar[bool] = True
    roles = COMMITTEE

    def is_permitted(self, subject: None, actor, today: date) -> bool:
        return holds(actor, self.roles, today)


class RecordAction(Action):
    """Base: on one record within the person's reach; each one makes a new version of it."""

    model: ClassVar[type[models.Model]]
    roles = COMMITTEE
    transition: ClassVar[str] = ""
    """The method that moves the record on, if it moves."""
    states: ClassVar[tuple[str, ...]] = ()
    """Where it is possible, for actions that move nothing; empty: everywhere."""

    def is_visible(self, subject: Any, actor, today: date) -> bool:
        return type(subject).objects.visible_to(actor, today).filter(pk=subject.pk).exists()

    def is_permitted(self, subject: Any, actor, today: date) -> bool:
        return reaches(actor, self.roles, units_of(subject), today)

    def state_refusal(self, subject: Any, today: date) -> Refusal | None:
        if is_possible(subject, self.transition, self.states):
            return None
        message = _("“%(action)s” is not possible while the state is “%(state)s”.")
        return Refusal("wrong-state", message % {"action": self.label, "state": subject.get_state_display()})

    def execute(self, subject: Any, data: Mapping[str, Any], context: ActionContext) -> Any:
        self.change(subject, data, context)
        if self.transition:
            getattr(subject, self.transition)()
        subject.version += 1
        subject.save()
        return subject

    def change(self, subject: Any, data: Mapping[str, Any], context: ActionContext) -> None:
        raise NotImplementedError


def units_of(subject: Any) -> list[int | None]:
    """The units by which a record is reached; a mediator by the committees they have now, the last if there is none."""
    if isinstance(subject, Committee):
        return [subject.unit_id]
    if isinstance(subject, Studio):
        return [subject.committee.unit_id, subject.town_id]
    if isinstance(subject, Filing):
        return [subject.committee.unit_id]
    if isinstance(subject, Mediator):
        running = subject.engagements.filter(ended_on__isnull=True).values_list("committee__unit_id", flat=True)
        return list(running) or list(subject.engagements.values_list("committee__unit_id", flat=True))
    if isinstance(subject, DockAgreement):
        return list(subject.roster.values_list("committee__unit_id", flat=True))
    return []


def take(subject: models.Model, data: Mapping[str, Any], names: tuple[str, ...]) -> None:
    """Set the columns of these names from the form."""
    for name in names:
        setattr(subject, name, data[name])
