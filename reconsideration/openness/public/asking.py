"""Public pages that take something: progress by code, complaints and their answers, the language."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from casemgr.actions.errors import ActionError
from casemgr.actions.perform import perform
from casemgr.actions.system import system_actor
from casemgr.organisation.tokens.limits import wait_for
from casemgr.pages.clock import today as clock_today
from reconsideration.openness.codes.looking import look_up, look_up_complaint
from reconsideration.openness.complaints.forms import PublicForm
from reconsideration.openness.public.forms import AnswerCodeForm, ProgressForm
from reconsideration.openness.public.progress import progress_of


def address_of(request: HttpRequest) -> str:
    return request.META.get("REMOTE_ADDR", "")


def private_page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Kept by no cache, found by no search engine."""
    response = render(request, template, {**context, "is_private": True}, status=status)
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    """The same for whatever was tried."""
    response = private_page(request, "public/too_many.html", {"wait": wait}, HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(wait)
    return response


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def public_progress(request: HttpRequest) -> HttpResponse:
    """Code and word are posted and answered at once: they stand in no address, log or history of a browser."""
    if request.method != "POST":
        return private_page(request, "public/progress.html", {"form": ProgressForm()})
    form = ProgressForm(request.POST)
    if not form.is_valid():
        return private_page(request, "public/progress.html", {"form": form})
    answer = look_up(form.cleaned_data["code"], form.cleaned_data["word"], address_of(request))
    if answer.wait:
        return too_many(request, answer.wait)
    if answer.found is None:
        return private_page(request, "public/progress.html", {"form": ProgressForm(), "is_unknown": True})
    context = {"progress": progress_of(answer.found), "today": clock_today()}
    return private_page(request, "public/progress_found.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def public_complaint(request: HttpRequest) -> HttpResponse:
    """Takes a complaint; the code for its answer is shown once."""
    today = clock_today()
    if request.method != "POST":
        return private_page(request, "public/complaint.html", {"form": PublicForm(today=today)})
    form = PublicForm(request.POST, today=today)
    if not form.is_valid():
        return private_page(request, "public/complaint.html", {"form": form})
    if wait := wait_for(("complaints-sent", address_of(request), settings.PUBLIC_COMPLAINTS_PER_ADDRESS)):
        return too_many(request, wait)
    try:
        complaint: Any = perform("complaint.lodge", None, form.cleaned_data, system_actor, today)
    except ActionError as error:
        form.add_error(None, [str(refusal.message) for refusal in error.refusals] or [str(error)])
        return private_page(request, "public/complaint.html", {"form": form}, error.status)
    return private_page(request, "public/complaint_taken.html", {"complaint": complaint})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def public_answer(request: HttpRequest) -> HttpResponse:
    """What became of a complaint, for whoever has its code."""
    if request.method != "POST":
        return private_page(request, "public/answer.html", {"form": AnswerCodeForm()})
    form = AnswerCodeForm(request.POST)
    if not form.is_valid():
        return private_page(request, "public/answer.html", {"form": form})
    answer = look_up_complaint(form.cleaned_data["code"], address_of(request))
    if answer.wait:
        return too_many(request, answer.wait)
    context = {"form": AnswerCodeForm(), "is_unknown": answer.found is None, "complaint": answer.found}
    return private_page(request, "public/answer.html", context)


@csrf_exempt
@login_not_required
@require_POST
def public_language(request: HttpRequest) -> HttpResponse:
    """Another language for this browser, and back to the public page one was on. Nothing that could be forged: the
    pages that carry the button are the same for everybody and hold no token."""
    back = request.POST.get("next", "")
    home = reverse("public_home")
    response = HttpResponseRedirect(back if back.startswith(home) and "\\" not in back else home)
    code = request.POST.get("language", "")
    if code in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )
    return response
