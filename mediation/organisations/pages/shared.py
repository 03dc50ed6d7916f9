"""What the pages of all organisations share: who may look, and the forms of their steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from casemgr.actions import record_pages
from casemgr.actions.record_pages import one, steps
from casemgr.pages.clock import today as clock_today
from mediation.organisations.permission import may_look

FORM = "mediation/organisations/form.html"


def require_role(request: HttpRequest) -> date:
    """Today, for people whose roles have to do with people's mediation; 403 for others."""
    today = clock_today()
    if not may_look(request.user, today):
        raise PermissionDenied(_("Your roles have nothing to do with people's mediation."))
    return today


def new_page(
    request: HttpRequest,
    name: str,
    list_name: str,
    initial: dict[str, Any] | None = None,
    *,
    template: str = FORM,
    requires: Callable[[HttpRequest], date] = require_role,
) -> HttpResponse:
    """A record that is made by the action of this name; `requires` turns away whose roles have nothing to do here."""
    return record_pages.new_page(request, name, list_name, initial, template=template, requires=requires)


def action_page(
    request: HttpRequest, subject: models.Model, name: str, list_name: str, template: str = FORM
) -> HttpResponse:
    """One action on one record: its form, or why it is refused."""
    return record_pages.action_page(request, subject, name, list_name, template)


__all__ = ["FORM", "action_page", "new_page", "one", "require_role", "steps"]
