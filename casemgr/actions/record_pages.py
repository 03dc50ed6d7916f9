"""Pages of records that are no cases: their list, a new one, one record, its steps, a form for each step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casemgr.actions import registry
from casemgr.actions.performing import attempt, blank, is_allowed
from casemgr.actions.records import RecordAction
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import paginate

FORM = "records/form.html"
Today = Callable[[HttpRequest], date]
View = Callable[..., HttpResponse]
form_view = require_http_methods(["GET", "HEAD", "POST"])


def today_for(demand: Callable[[Any, date], None]) -> Today:
    """Today, for people whom `demand(user, today)` does not turn away."""

    def require(request: HttpRequest) -> date:
        today = clock_today()
        demand(request.user, today)
        return today

    return require


def one(request: HttpRequest, model: type[models.Model], pk: int, today: date, *joined: str) -> Any:
    """The record, or 404 when it lies outside the person's reach."""
    found = model.objects.visible_to(request.user, today).select_related(*joined).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def steps(subject: models.Model, request: HttpRequest, today: date) -> dict[str, Any]:
    """Context of the pane of steps: the next lawful one, the others, and why some are refused."""
    offers = registry.offers(subject, request.user, today)
    main = next((offer for offer in offers if offer.is_possible and offer.action.primary), None)
    waiting = [offer for offer in offers if not offer.is_possible and offer.action.primary]
    others = [offer for offer in offers if offer is not main and (offer.is_possible or not offer.action.primary)]
    return {"main": main, "waiting": waiting, "others": others}


def new_page(
    request: HttpRequest,
    name: str,
    list_name: str,
    initial: dict[str, Any] | None = None,
    *,
    requires: Today,
    template: str = FORM,
) -> HttpResponse:
    """A record that is made by the action of this name; `requires` turns away whose roles have nothing to do here."""
    today, action, back = requires(request), registry.get(name), reverse(list_name)
    if not is_allowed(request, name, None, today):
        raise PermissionDenied(action.forbidden_message(None, request.user, today))
    form, status = blank(request, name, None, today, initial), 200
    if request.method == "POST":
        outcome = attempt(request, name, None, today)
        if outcome.result is not None:
            messages.success(request, _("Done: %(action)s") % {"action": action.label})
            return redirect(_address(outcome.result) or back)
        form, status = outcome.form, outcome.status
    context = {"action": action, "form": form, "back": back, "crumb": back}
    return render(request, template, context, status=status)


def _address(result: models.Model) -> str:
    return result.get_absolute_url() if hasattr(result, "get_absolute_url") else ""


def action_page(
    request: HttpRequest, subject: models.Model, name: str, list_name: str, template: str = FORM
) -> HttpResponse:
    """One action on one record: its form, or why it is refused."""
    today, action = clock_today(), registry.every().get(name)
    if not isinstance(action, RecordAction) or action.model is not type(subject):
        raise Http404
    if not is_allowed(request, name, subject, today):
        raise PermissionDenied(action.forbidden_message(subject, request.user, today))
    version, status = subject.version, 200
    refused = registry.refusals(action, subject, request.user, today)
    if request.method == "POST":
        outcome = attempt(request, name, subject, today)
        if outcome.result is not None:
            messages.success(request, _("Done: %(action)s") % {"action": action.label})
            return redirect(subject.get_absolute_url())
        form, status, version = outcome.form, outcome.status, outcome.version
        refused = []
    else:
        form = None if refused else blank(request, name, subject, today, _known(action, subject))
        status = 409 if refused else 200
    context = {
        "action": action,
        "form": form,
        "refused": refused,
        "version": version,
        "subject": subject,
        "back": subject.get_absolute_url(),
        "crumb": reverse(list_name),
    }
    return render(request, template, context, status=status)


@dataclass(frozen=True)
class RecordPages:
    """What the pages of every register of records have alike; its list and the page of one record are its own.

    `requires` lets in who has to do with it; `enters` is the action that makes a record; `joined` what a step reads.
    """

    model: type[models.Model]
    list_name: str
    requires: Today
    enters: str = ""
    joined: tuple[str, ...] = ()
    template: str = FORM

    def listed(self, request: HttpRequest, rows: models.QuerySet, order: Sequence[str], today: date) -> dict[str, Any]:
        """Context of the list: one page of the rows, and whether the person may enter another."""
        may_enter = is_allowed(request, self.enters, None, today)
        return {"page": paginate(rows, order, request.GET), "today": today, "may_enter": may_enter}

    def new(self) -> View:
        """The view with the form of a new record."""

        @form_view
        def view(request: HttpRequest) -> HttpResponse:
            return new_page(request, self.enters, self.list_name, requires=self.requires, template=self.template)

        return view

    def step(self) -> View:
        """The view of one action on one record."""

        @form_view
        def view(request: HttpRequest, pk: int, name: str) -> HttpResponse:
            record = one(request, self.model, pk, self.requires(request), *self.joined)
            return action_page(request, record, name, self.list_name, self.template)

        return view


def _known(action: RecordAction, subject: models.Model) -> dict[str, Any]:
    """What is known is filled in; an entry that is still empty keeps the form's own suggestion."""
    return {name: value for name, value in action.form_values(subject, None).items() if value not in (None, "")}


__all__ = ["FORM", "RecordPages", "action_page", "new_page", "one", "steps", "today_for"]
