"""Migrations in a third of the time: Django's historical models without the work that nobody needs.

Django renders, at every model that a migration creates, all models connected with it anew, which in a register is
nearly all of them; and django-fsm connects a receiver for every historical model with a state and never lets go of
it, so that each rendering is slower than the one before. A new model has nothing that points at it yet, and
historical models carry no transitions: neither is needed. The tables that come out are the same
(tests/operation/test_quick_migrations.py).
"""

from __future__ import annotations

from typing import Any

from django.db.migrations.state import ModelState, ProjectState
from django_fsm import FSMFieldMixin

HISTORICAL = "__fake__"
"""The module that Django gives to the models of a migration's state."""

slow_add_model = ProjectState.add_model
slow_contribute = FSMFieldMixin.contribute_to_class


def install() -> None:
    """For this process; without it migrations only take longer."""
    ProjectState.add_model = _add_model
    FSMFieldMixin.contribute_to_class = _contribute_to_class


def uninstall() -> None:
    ProjectState.add_model = slow_add_model
    FSMFieldMixin.contribute_to_class = slow_contribute


def _add_model(state: ProjectState, model_state: ModelState) -> None:
    apps = state.__dict__.pop("apps", None)  # a cached property: without it Django only keeps the books
    slow_add_model(state, model_state)
    if apps is not None:
        state.__dict__["apps"] = apps
        apps.render_multiple([model_state])


def _contribute_to_class(field: Any, model: type, name: str, private_only: bool = False, **kwargs: Any) -> None:
    if model.__module__ == HISTORICAL:
        super(FSMFieldMixin, field).contribute_to_class(model, name, private_only=private_only, **kwargs)
    else:
        slow_contribute(field, model, name, private_only=private_only, **kwargs)
