"""Actions through the API: what `perform` says, as answers; and what an action asks for, as a schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _

from casemgr.actions import registry
from casemgr.actions.action import Action
from casemgr.actions.errors import ActionError, InvalidInput, Refusal
from casemgr.actions.perform import perform
from casemgr.pages.api.body import Sent, entry_name, sent_by
from casemgr.pages.api.problems import Problem
from casemgr.pages.api.schema import action_schema
from casemgr.pages.articles import basis_in_words
from casemgr.pages.forms import refusing_unknown


def perform_sent(
    request: HttpRequest,
    name: str,
    subject: models.Model | None,
    today: date,
    *,
    statute: str = "",
    given: Mapping[str, Any] | None = None,
) -> models.Model:
    """Perform the action with what the request sends; the result is its subject, or what it created.

    :param given: entries that the address says; the request cannot say otherwise.
    :param statute: whose bare article numbers the refusals cite.
    :raises Problem: 403, 404, 409 or 422, as `perform` says; 400 and 415 when the request cannot be read.
    """
    sent = sent_by(request)
    sent.data.update(given or {})
    _check_types(registry.get(name), sent)
    try:
        with refusing_unknown(sent.data):
            return perform(
                name, subject, sent.data, request.user, today, version=sent.version, key=sent.key, files=sent.files
            )
    except ActionError as error:
        raise problem_of(error, statute) from error


def problem_of(error: ActionError, statute: str = "") -> Problem:
    """What was refused, as the API says it."""
    if isinstance(error, InvalidInput):
        found: dict[str, list[str]] = {}
        for name, texts in error.form.errors.items():
            found.setdefault(entry_name(name), []).extend(str(text) for text in texts)
        return Problem(error.status, code="invalid", errors=found)
    rows = refusal_rows(error.refusals, statute)
    errors = {row["field"]: [row["message"]] for row in rows if row["field"]} or None
    return Problem(error.status, error.message, refusals=rows, errors=errors)


def refusal_rows(refusals: Iterable[Refusal], statute: str = "") -> list[dict[str, Any]]:
    return [
        {
            "code": refusal.code,
            "message": str(refusal.message),
            "article": str(refusal.article),
            "basis": basis_in_words(str(refusal.article), statute),
            "field": entry_name(refusal.field) if refusal.field else None,
        }
        for refusal in refusals
    ]


def offer_rows(subject: models.Model, actor, today: date, statute: str = "") -> list[dict[str, Any]]:
    """The actions a person may see on the subject now, each with why it is refused."""
    return [
        {
            "name": offer.action.name,
            "label": str(offer.action.label_for(subject)),
            "possible": offer.is_possible,
            "refusals": refusal_rows(offer.refusals, statute),
        }
        for offer in registry.offers(subject, actor, today)
    ]


def action_on(subject: models.Model, name: str) -> Action:
    """:raises Problem: 404, no such action, or none of this kind of subject, or one that nobody is offered."""
    action = registry.every().get(name)
    if action is None or action.creates or action.nested_only or not isinstance(subject, action.model or ()):
        raise Problem(404, _("There is no such step for this record."), code="no-such-action")
    return action


def described(action: Action, subject: models.Model | None, actor, today: date, statute: str = "") -> dict[str, Any]:
    """What the action asks for and why it is refused now, if it is.

    :raises Problem: 403, the person's roles do not allow it here.
    """
    if not action.is_permitted(subject, actor, today):
        raise Problem(403, _("Your roles do not allow “%(action)s” here.") % {"action": action.label})
    refusals = registry.refusals(action, subject, actor, today) if subject is not None else []
    return {
        "name": action.name,
        "label": str(action.label_for(subject) if subject is not None else action.label),
        "binding": action.binding,
        "consequence": str(action.consequence),
        "version": action.version_of(subject) if subject is not None else None,
        "possible": not refusals,
        "refusals": refusal_rows(refusals, statute),
        "schema": action_schema(action, subject, actor, today),
    }


_TEXTS = (forms.CharField, forms.DateField, forms.IntegerField)


def _check_types(action: Action, sent: Sent) -> None:
    """What a page could never send, a program may: true for a text would be kept as “True”."""
    known = getattr(action.form, "base_fields", {})
    wrong = {
        entry_name(name): [_("A text or number is expected here.")]
        for name, value in sent.data.items()
        if isinstance(known.get(name), _TEXTS)
        and not isinstance(known[name], forms.BooleanField)
        and isinstance(value, bool | list)
    }
    if wrong:
        raise Problem(422, errors=wrong)
