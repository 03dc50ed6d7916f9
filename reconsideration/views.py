"""The registration page. Everything typed comes back with the errors beside it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casemgr.actions import registry
from casemgr.actions.errors import Conflict, Forbidden, InvalidInput
from casemgr.actions.perform import perform
from casemgr.pages.clock import today as clock_today
from casemgr.pages.requests import action_input
from casemgr.pages.row_forms import forget_errors
from reconsideration.actions.registration import Register
from reconsideration.registration.form import PEOPLE, RESPONDENTS, RegisterForm

ADD = "add"
"""The button that adds a row sends the block's name; nothing is registered then."""
MOST_SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register an application for reconsideration."""
    today = clock_today()
    if not registry.get(Register.name).is_permitted(None, request.user, today):
        raise PermissionDenied
    if request.method != "POST":
        shown = {f"{block}_shown": _count(request, block) for block in (PEOPLE, RESPONDENTS)}
        return _page(request, RegisterForm(actor=request.user, today=today, **shown))
    sent = action_input(request)
    if (block := request.POST.get(ADD)) in (PEOPLE, RESPONDENTS):
        return _page(request, _with_one_more(sent.data, block, request.user, today))
    try:
        case = perform(Register.name, None, sent.data, request.user, today, key=sent.key)
    except InvalidInput as error:
        return _page(request, error.form, 422)
    except Conflict as error:
        form = RegisterForm(sent.data, actor=request.user, today=today)
        form.add_error(None, str(error.message))
        return _page(request, form, 409)
    except Forbidden as error:
        raise PermissionDenied(str(error.message)) from error
    messages.success(request, _("Registered as %(number)s.") % {"number": case.number})
    return redirect(case)


def _count(request: HttpRequest, block: str) -> int:
    """How many empty rows the address asks for, as in `?people=2`."""
    asked = request.GET.get(block, "")
    return min(max(int(asked), 1), MOST_SHOWN) if asked.isdecimal() and len(asked) < 4 else 1


def _with_one_more(data: dict, block: str, user, today) -> RegisterForm:
    """The form as typed, unjudged, with an empty row more in the block."""
    form = RegisterForm(data, actor=user, today=today)
    rows = form.people if block == PEOPLE else form.respondents
    form = RegisterForm(data | {f"{block}-{rows.next_index}-name": ""}, actor=user, today=today)
    for part in (form, *form.people, *form.respondents):
        forget_errors(part)
    return form


def _page(request: HttpRequest, form: RegisterForm, status: int = 200) -> HttpResponse:
    return render(request, "reconsideration/register.html", {"form": form}, status=status)
