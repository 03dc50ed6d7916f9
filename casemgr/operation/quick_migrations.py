"""Migrations in a fraction of the time: Django's historical models without the work that nobody needs.

Django renders, at every model, field, index or constraint that a migration adds, all models connected with it anew,
which in a register is nearly all of them; and django-fsm connects a receiver for every historical model with a state
and never lets go of it, so that each rendering is slower than the one before. A new model has nothing that points at
it yet, what points at a model does not ask for its other columns, and historical models carry no transitions: none of
it is needed. Before a migration's own code runs, Django renders everything anew (`is_delayed`). The tables that come
out are the same (tests/operation/test_quick_migrations.py).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.migrations.state import ModelState, ProjectState
from django_fsm import FSMFieldMixin

HISTORICAL = "__fake__"
"""The module that Django gives to the models of a migration's state."""

slow_add_model = ProjectState.add_model
slow_add_field = ProjectState.add_field
slow_append_option = ProjectState._append_option
slow_contribute = FSMFieldMixin.contribute_to_class


def install() -> None:
    """For this process; without it migrations only take longer."""
    ProjectState.add_model = _add_model
    ProjectState.add_field = _rendering_one(slow_add_field)
    ProjectState._append_option = _rendering_one(slow_append_option)
    FSMFieldMixin.contribute_to_class = _contribute_to_class


def render_as_django_does() -> None:
    """For this process: every model connected with a changed one is rendered anew."""
    ProjectState.add_model = slow_add_model
    ProjectState.add_field = slow_add_field
    ProjectState._append_option = slow_append_option


def _add_model(state: ProjectState, model_state: ModelState) -> None:
    apps = state.__dict__.pop("apps", None)  # a cached property: without it Django only keeps the books
    slow_add_model(state, model_state)
    if apps is not None:
        state.__dict__["apps"] = apps
        apps.render_multiple([model_state])


def _rendering_one(change: Callable[..., None]) -> Callable[..., None]:
    """The change of a model's state, with the model itself rendered anew and no other."""

    def changed(state: ProjectState, app_label: str, model_name: str, *args: Any, **kwargs: Any) -> None:
        apps = state.__dict__.pop("apps", None)
        change(state, app_label, model_name, *args, **kwargs)
        if apps is not None:
            state.__dict__["apps"] = apps
            state.is_delayed = True
            with apps.bulk_update():
                apps.unregister_model(app_label, model_name)
            apps.render_multiple([state.models[app_label, model_name]])

    return changed


def _contribute_to_class(field: Any, model: type, name: str, private_only: bool = False, **kwargs: Any) -> None:
    if model.__module__ == HISTORICAL:
        super(FSMFieldMixin, field).contribute_to_class(model, name, private_only=private_only, **kwargs)
    else:
        slow_contribute(field, model, name, private_only=private_only, **kwargs)
