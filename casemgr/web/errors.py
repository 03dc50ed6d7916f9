"""Django's error handlers, in plain words; under `/api/` errors stay the API's own."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casemgr.documents.rendering import MissingGlyphs
from casemgr.documents.uploads.receiving import FileTooLarge, too_large
from casemgr.pages.errors import error_page


class UnprintableMiddleware:
    """A list or table whose PDF holds a character no font can print is refused like a step, wherever it was asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, MissingGlyphs):
            return None
        return error_page(request, exception.status, message=exception.message)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, FileTooLarge):
        return too_large(request, exception.most_mb)
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 403, message=str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 404)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form is older than the log-in: it was open in another window, or cookies are off."""
    return render(request, "web/csrf.html", status=403)


def failed(request: HttpRequest) -> HttpResponse:
    """Uses nothing that may itself have failed: no database, no session."""
    return render(request, "web/500.html", status=500, using=None)
