"""`perform`: the only way anything of legal meaning changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import date
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from casemgr.actions import capacity, held, registry
from casemgr.actions.action import Action, ActionContext
from casemgr.actions.errors import (
    ActionError,
    Forbidden,
    GuardRefused,
    InvalidInput,
    KeyReused,
    NotVisible,
    Refusal,
    StaleVersion,
    WrongState,
)
from casemgr.actions.models import PerformedKey
from casemgr.actions.signals import Performed, concluded, performed
from casemgr.audit.context import audited
from casemgr.organisation.office import read_once
from casemgr.organisation.roles import SYSTEM

_depth: ContextVar[int] = ContextVar("perform_depth", default=0)
_undo: ContextVar[list[Callable[[], None]]] = ContextVar("perform_undo")
_done: ContextVar[list[Performed]] = ContextVar("perform_done")


def on_rollback(undo: Callable[[], None]) -> None:
    """Have `undo` called if the running action is rolled back: for what it made outside the database (a file)."""
    _undo.get().append(undo)


def perform(
    name: str,
    subject: models.Model | None,
    data: Mapping[str, Any] | None,
    actor,
    today: date,
    *,
    version: int | None = None,
    key: str | None = None,
    files: Mapping[str, Any] | None = None,
) -> models.Model:
    """Perform an action and return its subject, or what it created.

    One transaction: lock, version, scope and role, form, state and guards, effect, history, `performed`. A nested call
    shares the transaction and the actor, and may do what its outer action may (issuing a decision decides the case).
    The outermost ends with `concluded`, for all that was performed in it.

    :param data: the form's input as a page or the API sends it; plain Python values are accepted.
    :param version: the version the caller saw; None skips the comparison.
    :param key: client-made idempotency key; repeated with the same input the action happens once.
    :raises ActionError: a subclass that says why; nothing was written.
    """
    action = registry.get(name)
    nested = _depth.get() > 0
    token = _depth.set(_depth.get() + 1)
    if not nested:
        _undo.set([])
        _done.set([])
    made, done = len(_undo.get()), len(_done.get())
    try:
        if files and not nested:
            action.prepare(files)
        with held.action(), read_once(), transaction.atomic(), audited(**_audit_values(actor, action, nested)):
            result = _perform(
                action, subject, dict(data or {}), actor, today, version, None if nested else key, files, nested
            )
            if not nested and (steps := tuple(_done.get())):
                concluded.send(sender=type(action), steps=steps)
            return result
    except BaseException:
        del _done.get()[done:]
        undoing = _undo.get()
        while len(undoing) > made:
            undoing.pop()()
        raise
    finally:
        _depth.reset(token)


def _audit_values(actor, action: Action, nested: bool) -> dict:
    values: dict[str, Any] = {"action": action.name}
    if not nested:
        values |= {"actor_id": actor.pk, "actor_name": actor.full_name}
    return values


def _perform(action, subject, data, actor, today, version, key, files, nested) -> models.Model:
    fingerprint = fingerprint_of(action, subject, data, files) if key else ""
    record = None
    if key:
        record, done = _claim_key(action, actor, key, fingerprint)
        if done is not None:
            return done
    locked = action.lock(subject)
    if locked is not None and not nested and not action.is_visible(locked, actor, today):
        raise NotVisible
    if not nested and not _may_perform(action, locked, actor, today):
        raise Forbidden(action.forbidden_message(locked, actor, today))
    if version is not None and locked is not None and action.version_of(locked) != version:
        raise StaleVersion(action.version_of(locked))
    if locked is not None and (refusal := action.state_refusal(locked, today)):
        raise WrongState(refusals=[refusal])
    form = action.build_form(locked, data, files, actor, today)
    if not form.is_valid():
        raise InvalidInput(form)
    cleaned = form.cleaned_data
    if refusals := action.guard_refusals(locked, cleaned, today):
        raise GuardRefused(refusals=refusals)
    context = ActionContext(actor=actor, today=today, form=form, key=key)
    in_place = {} if nested or locked is None else capacity.values_of(action, locked, actor, today)
    with audited(reason=action.reason_of(cleaned), **in_place):
        result = action.run(locked, cleaned, context)
    performed.send(sender=type(action), action=action, subject=result, data=cleaned, context=context)
    _done.get().append(Performed(action, result, context))
    if record is not None:
        record.subject_type, record.subject_id = result._meta.label_lower, result.pk
        record.save(update_fields=["subject_type", "subject_id"])
    return result


def _may_perform(action: Action, subject: models.Model | None, actor, today: date) -> bool:
    if action.nested_only and SYSTEM not in actor.role_codes(today):
        return False
    return action.is_permitted(subject, actor, today)


def fingerprint_of(action: Action, subject: models.Model | None, data: Mapping, files: Mapping | None = None) -> str:
    """What a key remembers of its input, so that the same key with another input is refused."""
    sent = sorted((name, file.name, file.size) for name, several in _listed(files) for file in several)
    where = f"{action.name}|{subject.pk if subject is not None else ''}|{sent or ''}|"
    text = where + json.dumps(data, default=str, sort_keys=True, ensure_ascii=False)
    # Keyed: a plain digest of a form with a document number in it could be guessed.
    return salted_hmac("casemgr.actions.fingerprint", text, algorithm="sha256").hexdigest()


def _listed(files: Mapping | None) -> list[tuple[str, list]]:
    """Files by field; a field of a form may have taken several."""
    if hasattr(files, "lists"):
        return list(files.lists())
    return [(name, [file]) for name, file in (files or {}).items()]


def _claim_key(action: Action, actor, key: str, fingerprint: str) -> tuple[PerformedKey | None, models.Model | None]:
    """Insert the key's row, or find what it has already done. A rival with the same key waits here for the first."""
    actor_id = actor.pk or 0
    try:
        with transaction.atomic():
            return PerformedKey.objects.create(
                actor_id=actor_id, key=key, action=action.name, fingerprint=fingerprint
            ), None
    except IntegrityError:
        earlier = PerformedKey.objects.get(actor_id=actor_id, key=key)
    if earlier.fingerprint != fingerprint or earlier.action != action.name:
        raise KeyReused(
            refusals=[
                Refusal("key-reused", _("This request key was already used for something else. Open the page again."))
            ]
        )
    subject = apps.get_model(earlier.subject_type)._base_manager.get(pk=earlier.subject_id)
    return None, subject


__all__ = ["ActionError", "perform"]
