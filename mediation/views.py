"""The registration page. What is typed is kept as a draft, and what was sent under one key happens once."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from casemgr.actions import registry
from casemgr.actions.errors import ActionError, Forbidden, InvalidInput, KeyReused
from casemgr.actions.perform import perform
from casemgr.cases.drafts import keeping
from casemgr.pages.clock import today as clock_today
from casemgr.pages.requests import action_input, row_id
from casemgr.pages.row_forms import forget_errors
from mediation.actions.registration import Register
from mediation.campaigns.converting import entries_of
from mediation.models import Lead, LeadState
from mediation.registration.form import PEOPLE, RegisterForm

ADD = "add"
"""The button that adds a row sends the block's name; nothing is registered then."""
DRAFT = "draft"


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register a dispute; `?draft=` goes on with one that was saved."""
    today = clock_today()
    if not registry.get(Register.name).is_permitted(None, request.user, today):
        raise PermissionDenied
    if request.method != "POST":
        return _begin(request, today)
    sent = action_input(request)
    if request.POST.get(ADD) == PEOPLE:
        return _page(request, _unjudged(sent.data, request.user, today, more=True), sent.key)
    try:
        case = perform(Register.name, None, sent.data, request.user, today, key=sent.key)
    except InvalidInput as error:
        form = error.form if isinstance(error.form, RegisterForm) else _unjudged(sent.data, request.user, today)
        return _page(request, form, sent.key, 422)
    except KeyReused:
        return _already(request, sent, today)
    except Forbidden as error:
        raise PermissionDenied(str(error.message)) from error
    except ActionError as error:
        form = RegisterForm(sent.data, actor=request.user, today=today)
        form.is_valid()
        for refusal in error.refusals:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        return _page(request, form, sent.key, error.status)
    messages.success(request, _("Registered as %(number)s.") % {"number": case.number})
    return HttpResponseClientRedirect(case.get_absolute_url()) if request.htmx else redirect(case)


def _begin(request: HttpRequest, today: Any) -> HttpResponse:
    key = request.GET.get(DRAFT, "")
    if key and (done := keeping.performed_with(request.user, key)) is not None:
        return redirect(apps.get_model(done.subject_type)._base_manager.get(pk=done.subject_id))
    entries = keeping.open_draft(request.user, Register.name, key) if key else None
    if entries is None:
        return _page(request, RegisterForm(actor=request.user, today=today, initial=_of_lead(request, today)))
    return _page(request, _unjudged(entries, request.user, today), key)


def _of_lead(request: HttpRequest, today: Any) -> dict[str, Any]:
    """`?lead=`: what screening knows of the dispute already."""
    asked = row_id(request.GET.get("lead"))
    lead = Lead.objects.visible_to(request.user, today).filter(pk=asked).first() if asked else None
    return entries_of(lead) if lead is not None and lead.state == LeadState.FOUND else {}


def _unjudged(data: dict, user: Any, today: Any, *, more: bool = False) -> RegisterForm:
    """The form as typed, without judging it yet; `more`: with an empty row at the end."""
    form = RegisterForm(data, actor=user, today=today)
    if more:
        row = form.people.next_index
        data = data | {f"{PEOPLE}-{row}-name": "", f"{PEOPLE}-{row}-role": "respondent"}
        form = RegisterForm(data, actor=user, today=today)
    for part in (form, *form.people):
        forget_errors(part)
    return form


def _already(request: HttpRequest, sent: Any, today: Any) -> HttpResponse:
    """The line was cut after the registration arrived, and something was changed before it was sent again."""
    done = keeping.performed_with(request.user, sent.key)
    form = _unjudged(sent.data, request.user, today)
    case = apps.get_model(done.subject_type)._base_manager.get(pk=done.subject_id)
    return _page(request, form, sent.key, 409, registered=case)


def _page(request: HttpRequest, form: RegisterForm, key: str | None = None, status: int = 200, **more) -> HttpResponse:
    context = {"form": form, "key": key or "", "action_name": Register.name, **more}
    return render(request, "mediation/register.html", context, status=status)
