"""One step of a page that is not a case's: perform the action, or give the form back with what was refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import BaseForm
from django.http import Http404, HttpRequest

from casemgr.actions import registry
from casemgr.actions.errors import ActionError, Forbidden, InvalidInput, NotVisible, StaleVersion
from casemgr.actions.news import reconcile
from casemgr.actions.perform import perform
from casemgr.pages.requests import action_input


@dataclass(frozen=True)
class Outcome:
    """`result` when it was done; else the filled form with its errors and the HTTP status to answer with.

    `version` is what the form shown again rests on; after somebody else's change the form carries the news of it.
    """

    result: models.Model | None = None
    form: BaseForm | None = None
    status: int = 200
    version: int | None = None


def attempt(request: HttpRequest, name: str, subject: models.Model | None, today: date) -> Outcome:
    """Perform the action with the request's form; 403 and 404 are raised as Django's own."""
    sent = action_input(request)
    try:
        files = request.FILES or None
        result = perform(name, subject, sent.data, request.user, today, version=sent.version, key=sent.key, files=files)
        return Outcome(result)
    except NotVisible as error:
        raise Http404 from error
    except Forbidden as error:
        raise PermissionDenied(error.message) from error
    except InvalidInput as error:
        return Outcome(form=error.form, status=error.status, version=sent.version)
    except StaleVersion as error:
        action = registry.get(name)
        now = type(subject)._default_manager.get(pk=subject.pk)
        found = reconcile(action, now, sent.data, sent.version, request.user, today)
        found.form.add_error(None, error.message)
        return Outcome(form=found.form, status=error.status, version=found.version)
    except ActionError as error:
        form = registry.get(name).build_form(subject, sent.data, None, request.user, today)
        form.is_valid()
        for refusal in error.refusals:
            form.add_error(refusal.field, str(refusal.message))
        return Outcome(form=form, status=error.status, version=sent.version)


def blank(
    request: HttpRequest, name: str, subject: models.Model | None, today: date, initial: Mapping | None = None
) -> BaseForm:
    """The action's empty form for a page, filled with `initial`."""
    form = registry.get(name).build_form(subject, None, None, request.user, today)
    form.initial.update(initial or {})
    return form


def version_of(name: str, subject: models.Model) -> int | None:
    """What a form on the subject sends along, so that a change in the meantime is noticed."""
    return registry.get(name).version_of(subject)


def is_allowed(request: HttpRequest, name: str, subject: models.Model | None, today: date) -> bool:
    return registry.get(name).is_permitted(subject, request.user, today)
