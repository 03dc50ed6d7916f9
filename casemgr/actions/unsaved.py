"""Steps on records that are not saved yet, for a batch: judged as `perform` judges a step within another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db import models

from casemgr.actions import registry
from casemgr.actions.action import ActionContext
from casemgr.actions.errors import GuardRefused, InvalidInput, WrongState
from casemgr.actions.records import RecordAction


class Version(NamedTuple):
    """A record as one step left it: what its history row says."""

    action: str
    reason: str
    columns: Mapping[str, Any]


def version_of(record: models.Model, action: str, reason: str = "") -> Version:
    """The record as it stands now; its key, and keys of rows that have none yet, are left out."""
    own, key = record.__dict__, record._meta.pk.attname
    names = (one.attname for one in record._meta.concrete_fields)
    return Version(action, reason, {name: own[name] for name in names if name != key and name in own})


@dataclass
class UnsavedSteps:
    """State, form, guards and effect of each step, in memory; the caller writes the records and their versions.

    One form for each action is filled again and again: only for forms that ask every subject the same.
    """

    actor: Any
    today: date
    _forms: dict[str, Any] = field(default_factory=dict)

    def take(self, name: str, subject: models.Model, data: Mapping[str, Any]) -> Version:
        """:raises ActionError: why it is refused, as `perform` would say; the subject is as it was."""
        action = registry.get(name)
        assert isinstance(action, RecordAction)
        if refusal := action.state_refusal(subject, self.today):
            raise WrongState(refusals=[refusal])
        form = self._form(action, subject, data)
        if not form.is_valid():
            raise InvalidInput(form)
        cleaned = form.cleaned_data
        if refusals := action.guard_refusals(subject, cleaned, self.today):
            raise GuardRefused(refusals=refusals)
        action.move(subject, cleaned, ActionContext(actor=self.actor, today=self.today, form=form))
        return version_of(subject, name, action.reason_of(cleaned))

    def _form(self, action: RecordAction, subject: models.Model, data: Mapping[str, Any]) -> Any:
        form = self._forms.get(action.name)
        if form is None:
            form = self._forms[action.name] = action.build_form(subject, data, None, self.actor, self.today)
        form.subject = subject
        form.fill_again(data)
        return form


__all__ = ["UnsavedSteps", "Version", "version_of"]
