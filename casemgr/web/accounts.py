"""Log-in, log-out, change of password; each leaves a row in the access log."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model, update_session_auth_hash, views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.crypto import salted_hmac
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.audit.access import record_access
from casemgr.operation.first_start.token import is_open
from casemgr.organisation.accounts.sessions import end_sessions
from casemgr.organisation.second_factor import is_enrolled
from casemgr.organisation.tokens.bearer import is_api
from casemgr.organisation.tokens.limits import seconds_to_wait
from casemgr.pages.forms import FormMessages
from casemgr.web import entering


class LogInForm(FormMessages, AuthenticationForm):
    """User name and password; a failure does not say which of the two was wrong."""

    error_messages = {
        "invalid_login": gettext_lazy(
            "User name or password is wrong, or the account is closed. "
            "After five failures log-in is locked for a while."
        ),
        "inactive": gettext_lazy("This account is closed. Ask the administrator."),
    }

    def __init__(self, request: HttpRequest | None = None, *args, **kwargs) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = _("User name")


class ChangePasswordForm(FormMessages, PasswordChangeForm):
    """The old password once, the new one twice; the new one differs from the old."""

    error_messages = {
        **PasswordChangeForm.error_messages,
        "password_mismatch": gettext_lazy("The two new passwords differ. Type the new password again, twice."),
        "password_incorrect": gettext_lazy("The old password is wrong. Type it again."),
        "unchanged": gettext_lazy("The new password must differ from the old one."),
    }
    field_order = ["old_password", "new_password1", "new_password2"]

    def clean_new_password2(self) -> str:
        new = self.cleaned_data.get("new_password2", "")
        if new and self.user.check_password(new):
            self.add_error("new_password1", self.error_messages["unchanged"])
        return new


@method_decorator(login_not_required, name="dispatch")
class LogIn(views.LoginView):
    """The only page an anonymous visitor sees; counts failures (axes) and says how long a lock lasts."""

    template_name = "web/login.html"
    authentication_form = LogInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs, is_empty=is_open())

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        wait = seconds_to_wait(request.META.get("REMOTE_ADDR", ""), request.POST.get("username", ""))
        if not wait:
            return super().post(request, *args, **kwargs)
        context = {"wait_minutes": -(-wait // 60)}
        response = render(request, "web/too_many_tries.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["Retry-After"] = str(wait)
        return response

    def form_valid(self, form: LogInForm) -> HttpResponse:
        user = form.get_user()
        if is_enrolled(user):
            entering.wait_for_code(self.request, user, self.get_success_url())
            return redirect("login_code")
        return entering.enter(self.request, user, self.get_success_url())

    def form_invalid(self, form: LogInForm) -> HttpResponse:
        name = form.cleaned_data.get("username", "")
        # Only a name that exists is kept: people type numbers and passwords into the wrong field.
        account = get_user_model().objects.filter(username=name).first()
        locked = getattr(self.request, "axes_locked_out", False)
        record_access(None, "locked_out" if locked else "log_in_failed", account)
        return super().form_invalid(form)


class LogOut(views.LogoutView):
    """By POST only; clears what the browser kept."""

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            record_access(request.user, "log_out", request.user)
        response = super().post(request, *args, **kwargs)
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


class ChangePassword(views.PasswordChangeView):
    """Asked for at first log-in, open to everybody later."""

    template_name = "web/password_change.html"
    form_class = ChangePasswordForm
    success_url = reverse_lazy("home")

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs, rules=password_validators_help_text_html())

    def form_valid(self, form: ChangePasswordForm) -> HttpResponse:
        user = form.user
        user.must_change_password = False
        form.save()
        update_session_auth_hash(self.request, user)
        ended = end_sessions(user, but=self.request.session.session_key)
        record_access(user, "password_changed", user, sessions_ended=ended)
        messages.success(self.request, _("Your password has been changed."))
        return super(views.PasswordChangeView, self).form_valid(form)


def locked_out(request: HttpRequest, original_response: HttpResponse, credentials: dict | None = None) -> HttpResponse:
    """What axes answers while a user name is locked: how long, and whom to ask. The API has said it itself."""
    if is_api(request):
        return original_response
    context = {"failure_limit": settings.AXES_FAILURE_LIMIT, "lock_minutes": lock_minutes()}
    return render(request, "web/locked_out.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)


def lock_minutes() -> int:
    """How long a lock lasts, in whole minutes."""
    cooloff = settings.AXES_COOLOFF_TIME
    return int((cooloff if isinstance(cooloff, timedelta) else timedelta(hours=cooloff)).total_seconds() // 60)


def counted_name(request: HttpRequest, credentials: dict | None = None) -> str:
    """Under which name axes counts failures: an account's own, else a keyed digest of what was typed.

    People type card numbers and passwords into the wrong field.
    """
    typed = (credentials or {}).get("username") or request.POST.get("username", "")
    if typed and "\0" not in typed and get_user_model().objects.filter(username=typed).exists():
        return typed
    return f"?{salted_hmac('casemgr.web.accounts', typed, algorithm='sha256').hexdigest()[:32]}"
