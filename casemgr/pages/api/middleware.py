"""Around everything under `/api/`: size, NUL characters, and no error that is not problem+json."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from casemgr.organisation.tokens.bearer import is_api
from casemgr.pages.api.problems import MEDIA_TYPE, Problem, problem_response
from casemgr.pages.errors import EXPLANATIONS

KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate")


class ApiMiddleware:
    """Stands inside the language, so that what it says is in the caller's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_api(request):
            return self.get_response(request)
        if problem := _size_problem(request):
            return problem_response(request, problem)
        response = self.get_response(request)
        if response.status_code < 400 or response.headers.get("Content-Type", "").startswith(MEDIA_TYPE):
            return response
        if settings.DEBUG and response.status_code >= 500:
            return response
        explanation = EXPLANATIONS.get(response.status_code)
        problem = Problem(
            response.status_code,
            f"{explanation.what} {explanation.what_next}" if explanation else "",
            headers={name: response.headers[name] for name in KEPT_HEADERS if name in response.headers},
        )
        return problem_response(request, problem)


def _size_problem(request: HttpRequest) -> Problem | None:
    """Refused by what the request says of itself, before a byte is read."""
    declared = request.META.get("CONTENT_LENGTH") or "0"
    is_form = request.content_type == "multipart/form-data"
    most = settings.API_MAX_UPLOAD_BYTES if is_form else settings.API_MAX_JSON_BYTES
    if declared.isdecimal() and len(declared) < 16 and int(declared) <= most:
        return None
    return Problem(413, _("At most %(size)s MB can be sent in one request.") % {"size": most // 2**20})
