"""The code at log-in, and the page on which a person sets up, renews or takes away their own second factor."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django.views.generic import FormView

from casemgr.actions.outbox import tell
from casemgr.audit.access import record_access
from casemgr.organisation import second_factor as factor
from casemgr.organisation.middleware import MUST_ENROL
from casemgr.organisation.models import User
from casemgr.organisation.second_factor import Answer
from casemgr.pages.clock import today
from casemgr.pages.forms import Form
from casemgr.web import entering

ISSUER = "casemgr practice" if settings.PRACTICE else "casemgr"
LOCK_MINUTES = int(factor.LOCK.total_seconds() // 60)


class CodeForm(Form):
    """Six digits; with `recovery=True` also a code from paper."""

    code = forms.CharField(label=gettext_lazy("Code from your authenticator"), max_length=20)

    def __init__(self, *args: Any, recovery: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "num"}
        if recovery:
            field.label = _("Recovery code")
            field.widget.attrs = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}

    def refuse(self, answer: Answer) -> None:
        """Say what was wrong with the code, and what to do."""
        if answer is Answer.LOCKED:
            text = _("Too many wrong codes. Wait %(minutes)s minutes, or ask the administrator.")
            self.add_error(None, text % {"minutes": LOCK_MINUTES})
        else:
            self.add_error("code", _("This code is wrong or was used already. Wait for the next one and type that."))


@method_decorator((login_not_required, never_cache, sensitive_post_parameters("code")), name="dispatch")
class LogInCode(FormView):
    """Asked after the right password of a person who has a second factor."""

    template_name = "web/login_code.html"
    form_class = CodeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect("home")
        waiting = entering.who_waits(request)
        if waiting is None:
            messages.warning(request, _("That took too long. Log in again."))
            return redirect("login")
        self.person, self.next_page = waiting
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict:
        return {**super().get_form_kwargs(), "recovery": "recovery" in self.request.GET}

    def get_context_data(self, **kwargs: Any) -> dict:
        return super().get_context_data(**kwargs, recovery="recovery" in self.request.GET)

    def form_valid(self, form: CodeForm) -> HttpResponse:
        answer = factor.check(self.person, form.cleaned_data["code"])
        if not answer:
            if answer is Answer.LOCKED:
                tell("factor_locked", [self.person.pk], once=f"factor-locked:{self.person.pk}:{today()}")
            form.refuse(answer)
            status = HTTPStatus.TOO_MANY_REQUESTS if answer is Answer.LOCKED else HTTPStatus.UNPROCESSABLE_ENTITY
            return self.render_to_response(self.get_context_data(form=form), status=status)
        if answer is Answer.RECOVERY:
            left = factor.codes_left(self.person)
            tell("recovery_code_used", [self.person.pk], left=left)
            messages.warning(self.request, _("Recovery code used; %(count)s are left.") % {"count": left})
        return entering.enter(self.request, self.person, self.next_page)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Set it up (QR, then the first code), or see that it is there."""
    user = request.user
    if factor.is_enrolled(user):
        return _kept(request, CodeForm(auto_id="id_new_%s"), CodeForm(auto_id="id_off_%s"))
    if "begin" in request.POST:
        factor.begin(user)
        return redirect("second_factor")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if codes := factor.confirm(user, form.cleaned_data["code"]):
            request.session.pop(MUST_ENROL, None)
            return _codes_page(request, codes)
        form.refuse(Answer.WRONG)
    context = {"form": form, "must": request.session.get(MUST_ENROL, False)}
    if secret := factor.begun(user):
        context["picture"] = qr_code(factor.provisioning_uri(user, secret, ISSUER))
        context["secret"] = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return render(request, "web/second_factor_enrol.html", context, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters("code")
@require_POST
def new_codes(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes, against a code of the authenticator."""
    form = CodeForm(request.POST, auto_id="id_new_%s")
    if _proves(request.user, form):
        return _codes_page(request, factor.new_recovery_codes(request.user))
    return _kept(request, form, CodeForm(auto_id="id_off_%s"))


@never_cache
@sensitive_post_parameters("code")
@require_POST
def turn_off(request: HttpRequest) -> HttpResponse:
    """Where no role asks for it, the person may do without again."""
    form = CodeForm(request.POST, auto_id="id_off_%s")
    if not factor.is_required(request.user, today()) and _proves(request.user, form):
        factor.remove(request.user)
        record_access(request.user, "factor_removed", request.user)
        messages.success(request, _("You log in with the password alone again."))
        return redirect("my_account")
    return _kept(request, CodeForm(auto_id="id_new_%s"), form)


def _proves(user: User, form: CodeForm) -> bool:
    if not form.is_valid() or not factor.is_enrolled(user):
        return False
    answer = factor.check(user, form.cleaned_data["code"])
    if not answer:
        form.refuse(answer)
    return bool(answer)


def _kept(request: HttpRequest, new_form: CodeForm, off_form: CodeForm) -> HttpResponse:
    if not factor.is_enrolled(request.user):
        return redirect("second_factor")
    context = {
        "new_form": new_form,
        "off_form": off_form,
        "left": factor.codes_left(request.user),
        "is_required": factor.is_required(request.user, today()),
    }
    return render(request, "web/second_factor.html", context, status=422 if new_form.errors or off_form.errors else 200)


def _codes_page(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """Not redirected to: the codes are in this answer only, and in no session."""
    return render(request, "web/recovery_codes.html", {"codes": codes})


def qr_code(text: str) -> str:
    """An SVG element for the page itself: no image address could leak the secret, and the CSP forbids none of it."""
    return mark_safe(segno.make(text, error="m").svg_inline(scale=5, border=4, omitsize=False, svgclass="qr"))
