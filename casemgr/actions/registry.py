"""Every action of the house by name; and which of them one subject offers one person today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import models

from casemgr.actions.action import Action
from casemgr.actions.errors import Refusal

_actions: dict[str, Action] = {}


def register(*actions: type[Action]) -> None:
    """Make actions known; called from AppConfig.ready() of the package that owns them."""
    for action in actions:
        _actions[action.name] = action()


def get(name: str) -> Action:
    """KeyError for an unknown name: a programming error, not a user's."""
    return _actions[name]


def every() -> dict[str, Action]:
    return dict(_actions)


def for_model(subject: models.Model) -> list[Action]:
    """The actions that take this kind of subject (a proxy's own first)."""
    return [action for action in _actions.values() if action.model is not None and isinstance(subject, action.model)]


@dataclass(frozen=True)
class Offer:
    """An action a person may see on a subject, with why it is refused now, if it is."""

    action: Action
    refusals: tuple[Refusal, ...]

    @property
    def is_possible(self) -> bool:
        return not self.refusals


def offers(subject: models.Model, actor, today: date) -> list[Offer]:
    """What the actor's roles allow on the subject and its state knows, with the refusals of guards that need no form.

    Actions whose state forbids them are left out: they are not the next step of anything.
    """
    result = []
    for action in for_model(subject):
        if not action.listed or action.nested_only or action.creates or not action.is_permitted(subject, actor, today):
            continue
        if action.state_refusal(subject, today):
            continue
        result.append(Offer(action, tuple(action.guard_refusals(subject, None, today))))
    return sorted(result, key=lambda offer: -offer.action.priority(subject))


def refusals(action: Action, subject: models.Model, actor, today: date) -> list[Refusal]:
    """Why one action is refused now: state first, then guards."""
    if refusal := action.state_refusal(subject, today):
        return [refusal]
    return action.guard_refusals(subject, None, today)
