"""One page for any step on a file, a volume or an appraisal: consequence, form, refusals with their articles."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from casemgr.actions import registry
from casemgr.actions.performing import attempt, blank
from casemgr.cases.models import Case
from casemgr.documents import page


def step_page(
    request: HttpRequest,
    name: str,
    subject: models.Model,
    today: date,
    *,
    back: str,
    about: str,
    case: Case | None = None,
) -> HttpResponse:
    """`back` is where the person returns to; `about` says in a few words what the step is on."""
    action = registry.get(name)
    if not action.is_permitted(subject, request.user, today):
        raise PermissionDenied(_("Your roles do not allow “%(action)s” here.") % {"action": action.label})
    form, status, version = None, 200, action.version_of(subject)
    refusals = registry.refusals(action, subject, request.user, today)
    if request.method == "POST":
        outcome = attempt(request, name, subject, today)
        if outcome.result is not None:
            said = _("Done and recorded: %(action)s") if case is not None else _("Done: %(action)s")
            messages.success(request, said % {"action": action.label})
            return redirect(back)
        form, status, version = outcome.form, outcome.status, outcome.version
    elif not refusals:
        form = blank(request, name, subject, today, initial={key: request.GET[key] for key in request.GET})
    else:
        status = 409
    context: dict[str, Any] = {
        "action": action,
        "form": form,
        "refused": page.reasons(case, refusals) if case else _plain(refusals),
        "version": version,
        "back": back,
        "about": about,
        "case": case,
    }
    return render(request, "volumes/step.html", context, status=status)


def _plain(refusals) -> list[page.Reason]:
    return [page.Reason(refusal.message, refusal.article, refusal.field) for refusal in refusals]
