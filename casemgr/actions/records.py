"""Bases of the actions on records that are no cases: each has a version, and a scope of its own (`visible_to`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _

from casemgr.actions.action import Action, ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.transitions import is_possible
from casemgr.organisation.scope import scope


class ByRole:
    """Mixin of an action that whoever holds one of its roles at some unit may take."""

    roles: ClassVar[tuple[str, ...]]

    def is_permitted(self, subject: Any, actor: Any, today: date) -> bool:
        return scope(actor, today).has_role(self.roles)


class CreateAction(Action):
    """Makes a record. The form offers only units within the person's reach; a subclass says who may."""

    creates: ClassVar[bool] = True


class EnterAction(CreateAction):
    """Makes a record of exactly what the form says."""

    makes: ClassVar[type[models.Model]]
    columns: ClassVar[tuple[str, ...]]

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> Any:
        made = self.makes()
        take(made, data, self.columns)
        made.save()
        return made


class RecordAction(Action):
    """On one record that the person can see; each step makes a new version of it. A subclass says who may."""

    model: ClassVar[type[models.Model]]
    columns: ClassVar[tuple[str, ...]] = ()
    """What the form changes of the record, where that is all that `change` does."""
    transition: ClassVar[str] = ""
    """The method that moves the record on, if it moves."""
    states: ClassVar[tuple[str, ...]] = ()
    """Where it is possible, for actions that move nothing; empty: everywhere."""

    def is_visible(self, subject: Any, actor: Any, today: date) -> bool:
        return type(subject).objects.visible_to(actor, today).filter(pk=subject.pk).exists()

    def state_refusal(self, subject: Any, today: date) -> Refusal | None:
        if is_possible(subject, self.transition, self.states):
            return None
        message = _("“%(action)s” is not possible while the state is “%(state)s”.")
        return Refusal("wrong-state", message % {"action": self.label, "state": subject.get_state_display()})

    def execute(self, subject: Any, data: Mapping[str, Any], context: ActionContext) -> Any:
        self.move(subject, data, context)
        subject.save()
        return subject

    def move(self, subject: Any, data: Mapping[str, Any], context: ActionContext) -> None:
        """The step's whole effect on the record, which is saved afterwards."""
        self.change(subject, data, context)
        if self.transition:
            getattr(subject, self.transition)()
        subject.version += 1

    def change(self, subject: Any, data: Mapping[str, Any], context: ActionContext) -> None:
        """Set what the form says; the record is saved afterwards."""
        if not self.columns:
            raise NotImplementedError
        take(subject, data, self.columns)


def take(subject: models.Model, data: Mapping[str, Any], names: tuple[str, ...]) -> None:
    """Set the columns of these names from the form."""
    for name in names:
        setattr(subject, name, data[name])


__all__ = ["ByRole", "CreateAction", "EnterAction", "RecordAction", "take"]
