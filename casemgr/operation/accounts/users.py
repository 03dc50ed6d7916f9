"""Pages of accounts and the roles they hold."""

from __future__ import annotations

from datetime import timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casemgr.actions.performing import Outcome, attempt, blank, is_allowed, version_of
from casemgr.audit.models import AccessLog
from casemgr.operation.accounts.reach import visible_users
from casemgr.organisation.accounts.models import SecondFactor
from casemgr.organisation.accounts.sessions import sessions_of
from casemgr.organisation.models import RoleAssignment, User
from casemgr.organisation.roles import ROLES, role_choices
from casemgr.organisation.second_factor import is_enrolled
from casemgr.organisation.tokens.models import SystemAccount
from casemgr.pages.clock import today
from casemgr.pages.errors import error_page
from casemgr.pages.pagination import paginate

SHOWN_ROWS = 20


@require_GET
def user_list(request: HttpRequest) -> HttpResponse:
    """Accounts by name, with filters in the address: q, role, state (open, closed)."""
    _require_administrator(request)
    q, role, state = (request.GET.get(name, "").strip() for name in ("q", "role", "state"))
    users = visible_users(request.user, today())
    if q:
        users = users.filter(Q(full_name__contains=q) | Q(username__icontains=q))
    if role in ROLES:
        holders = RoleAssignment.objects.in_force(today()).filter(role=role).values("user_id")
        users = users.filter(pk__in=holders)
    if state in {"open", "closed"}:
        users = users.filter(is_active=state == "open")
    in_force = RoleAssignment.objects.in_force(today()).select_related("unit").order_by("role")
    users = users.prefetch_related(Prefetch("role_assignments", in_force, to_attr="roles_now"))
    page = paginate(users, ["username"], request.GET)
    context = {"page": page, "q": q, "role": role, "state": state, "roles": role_choices()}
    return render(request, "organisation/user_list.html", context)


@require_http_methods(["GET", "POST"])
def user_create(request: HttpRequest) -> HttpResponse:
    """Open an account; the answer shows the temporary password, once."""
    _require_administrator(request)
    name = "organisation.create_user"
    form, status = blank(request, name, None, today()), 200
    if request.method == "POST":
        outcome = attempt(request, name, None, today())
        if outcome.result is not None:
            return _password_page(request, outcome.result)
        form, status = outcome.form, outcome.status
    return render(request, "organisation/user_create.html", {"form": form}, status=status)


@require_GET
def user_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: roles, state, what was done to it."""
    return _detail(request, _user(request, pk))


@require_POST
def user_rename(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, "organisation.rename_user", "rename_form", _("The name has been changed."))


@require_POST
def user_assign_role(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, "organisation.assign_role", "role_form", _("The role has been given."))


@require_POST
def user_set_active(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, "organisation.set_active", "active_form", _("The account has been changed."))


@require_POST
def user_unlock(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, "organisation.unlock", "", _("The person can log in again."))


@require_POST
def user_reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    outcome = attempt(request, "organisation.reset_password", _user(request, pk), today())
    if outcome.result is None:
        refused = " ".join(outcome.form.non_field_errors())
        return error_page(request, outcome.status, message=refused, back=reverse("user_detail", args=[pk]))
    return _password_page(request, outcome.result)


@require_http_methods(["GET", "POST"])
def role_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End one role of one person."""
    _require_administrator(request)
    held = get_object_or_404(RoleAssignment.objects.select_related("user", "unit"), pk=pk)
    _user(request, held.user_id)
    name = "organisation.end_role"
    if not is_allowed(request, name, held, today()):
        raise PermissionDenied(_("This unit is kept by another administrator."))
    form, status = blank(request, name, held, today(), {"until_on": today()}), 200
    version = version_of(name, held)
    if request.method == "POST":
        outcome = attempt(request, name, held, today())
        if outcome.result is not None:
            messages.success(request, _("The role has been ended."))
            return redirect("user_detail", held.user_id)
        form, status, version = outcome.form, outcome.status, outcome.version
    context = {"held": held, "form": form, "version": version}
    return render(request, "organisation/role_end.html", context, status=status)


def _step(request: HttpRequest, pk: int, name: str, form_name: str, done: str) -> HttpResponse:
    user = _user(request, pk)
    outcome = attempt(request, name, user, today())
    if outcome.result is not None:
        messages.success(request, done)
        return redirect("user_detail", pk)
    return _detail(request, _user(request, pk), outcome, form_name)


def _detail(request: HttpRequest, user: User, outcome: Outcome | None = None, form_name: str = "") -> HttpResponse:
    day = today()
    context = {
        "person": user,
        "system": SystemAccount.objects.filter(user=user).first(),
        "held": user.role_assignments.select_related("unit").order_by("role", "unit__path"),
        "is_locked": _is_locked(user),
        "sessions": sessions_of(user)[:SHOWN_ROWS],
        "has_factor": is_enrolled(user),
        "may_end_sessions": is_allowed(request, "organisation.end_sessions", user, day),
        "may_change": is_allowed(request, "organisation.rename_user", user, day),
        "may_assign": is_allowed(request, "organisation.assign_role", user, day),
        "rename_form": blank(request, "organisation.rename_user", user, day, {"full_name": user.full_name}),
        "role_form": blank(request, "organisation.assign_role", user, day),
        "active_form": blank(request, "organisation.set_active", user, day, {"is_active": user.is_active}),
        "accesses": AccessLog.objects.filter(subject_type=user._meta.label_lower, subject_id=user.pk).order_by("-at")[
            :SHOWN_ROWS
        ],
        "changes": user.history.order_by("-history_date", "-history_id")[:SHOWN_ROWS],
        "day": day,
        "version": user.version,
    }
    if outcome is not None and form_name:
        context[form_name] = outcome.form
        context["sent_form"] = form_name
        context["sent_version"] = outcome.version
    for name in ("rename_form", "role_form", "active_form"):
        context[name].auto_id = f"id_{name}_%s"
    return render(request, "organisation/user_detail.html", context, status=outcome.status if outcome else 200)


def _password_page(request: HttpRequest, user: User) -> HttpResponse:
    """Not redirected to: the password is in this answer only, and in no session."""
    context = {"person": user, "password": getattr(user, "temporary_password", "")}
    return render(request, "organisation/user_password.html", context)


def _is_locked(user: User) -> bool:
    since = timezone.now() - timedelta(hours=settings.AXES_COOLOFF_TIME)
    if SecondFactor.objects.filter(user=user, locked_until__gt=timezone.now()).exists():
        return True
    attempts = AccessAttempt.objects.filter(username=user.username, attempt_time__gte=since)
    return attempts.filter(failures_since_start__gte=settings.AXES_FAILURE_LIMIT).exists()


def _require_administrator(request: HttpRequest) -> None:
    if not is_allowed(request, "organisation.create_user", None, today()):
        raise PermissionDenied(_("Accounts are kept by administrators."))


def _user(request: HttpRequest, pk: int) -> User:
    _require_administrator(request)
    return get_object_or_404(visible_users(request.user, today()), pk=pk)
