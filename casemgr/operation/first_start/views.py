"""The page of the first start: for whoever holds the one-time link, while nobody has an account; else there is none."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from casemgr.actions.errors import ActionError, InvalidInput
from casemgr.actions.perform import perform
from casemgr.actions.system import system_actor
from casemgr.audit.access import record_access
from casemgr.operation.first_start.forms import FirstStartForm
from casemgr.operation.first_start.token import opens
from casemgr.pages.clock import today
from casemgr.pages.requests import action_input

BACKEND = "django.contrib.auth.backends.ModelBackend"


@sensitive_post_parameters("password", "password_again")
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def first_start(request: HttpRequest, token: str) -> HttpResponse:
    """Asks for the first administrator and the office's name, then logs that person in and shows what is left to do."""
    if not opens(token, timezone.now()):
        raise Http404
    form, status = FirstStartForm(today=today()), 200
    if request.method == "POST":
        sent = {**action_input(request).data, "must_change_password": ""}
        try:
            user = perform("organisation.first_start", None, sent, system_actor, today())
        except InvalidInput as error:
            form, status = error.form, error.status
        except ActionError as error:  # somebody else was faster
            raise Http404 from error
        else:
            login(request, user, backend=BACKEND)
            record_access(user, "log_in", user)
            messages.success(request, _("Your account is open. This list shows what is left before people can work."))
            return redirect("go_live")
    return render(request, "first_start/page.html", {"form": form}, status=status)
