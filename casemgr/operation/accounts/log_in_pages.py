"""Pages for administrators about how people log in."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casemgr.actions.performing import attempt, blank, is_allowed
from casemgr.operation.accounts.reach import visible_users
from casemgr.organisation.accounts.models import SecondFactorRule
from casemgr.organisation.models import User
from casemgr.organisation.roles import ROLES
from casemgr.pages.clock import today

RULE = "organisation.set_second_factor_rule"


@require_POST
def user_end_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, "organisation.end_sessions", _("The person is logged out everywhere."))


@require_POST
def user_ask_password(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, "organisation.ask_new_password", _("The person is asked for a new password."))


@require_http_methods(["GET", "HEAD", "POST"])
def user_reset_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the reason; the page says what to make sure of before."""
    user, name = _user(request, pk), "organisation.reset_second_factor"
    if not is_allowed(request, name, user, today()):
        raise PermissionDenied(_("Another administrator must do this for you."))
    form, status = blank(request, name, user, today()), 200
    if request.method == "POST":
        outcome = attempt(request, name, user, today())
        if outcome.result is not None:
            messages.success(request, _("The second factor has been taken away, and the person was told."))
            return redirect("user_detail", pk)
        form, status = outcome.form, outcome.status
    context = {"person": user, "form": form, "version": user.version}
    return render(request, "organisation/user_factor.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def second_factor_rules(request: HttpRequest) -> HttpResponse:
    """One line for each role, and the form that changes one."""
    if not is_allowed(request, RULE, None, today()):
        raise PermissionDenied(_("Accounts are kept by administrators."))
    form, status = blank(request, RULE, None, today(), {"role": request.GET.get("role", "")}), 200
    if request.method == "POST":
        outcome = attempt(request, RULE, None, today())
        if outcome.result is not None:
            messages.success(request, _("Saved."))
            return redirect("second_factor_rules")
        form, status = outcome.form, outcome.status
    days = dict(SecondFactorRule.objects.values_list("role", "required_from"))
    rows = [(role, days.get(code)) for code, role in ROLES.items()]
    context = {"form": form, "rows": rows, "day": today()}
    return render(request, "organisation/second_factor_rules.html", context, status=status)


def _step(request: HttpRequest, pk: int, name: str, done: str) -> HttpResponse:
    if attempt(request, name, _user(request, pk), today()).result is not None:
        messages.success(request, done)
    return redirect("user_detail", pk)


def _user(request: HttpRequest, pk: int) -> User:
    if not is_allowed(request, "organisation.create_user", None, today()):
        raise PermissionDenied(_("Accounts are kept by administrators."))
    return get_object_or_404(visible_users(request.user, today()), pk=pk)
