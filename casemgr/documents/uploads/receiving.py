"""How much a request may send: judged by its announced length before a byte is read, and again while it streams in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from casemgr.documents.uploads.detection import HEAD, family_of
from casemgr.documents.uploads.file_kinds import MEGABYTE, family_limit
from casemgr.organisation.tokens.bearer import is_api, take_bearer
from casemgr.pages.errors import error_page

STRANGERS_MB = 1
"""What somebody without a log-in may send: a log-in form is far smaller."""
View = TypeVar("View", bound=Callable)


class FileTooLarge(RequestDataTooBig):
    """A file turned out larger than its kind may be while it was coming in."""

    def __init__(self, most_mb: int) -> None:
        super().__init__("a file is too large")
        self.most_mb = most_mb


def takes_files(view: View) -> View:
    """Decorator: the view takes requests as large as the largest kind of file."""
    view.takes_files = True
    return view


def too_large(request: HttpRequest, most_mb: int) -> HttpResponse:
    """413, as a page or as a problem of the API; the rest of the request is not read."""
    message = _("What you sent is larger than %(most)d MB and was not taken. Scan in grey, or send it in parts.")
    text = message % {"most": most_mb}
    if is_api(request):
        problem = {"type": "about:blank", "title": _("Too large"), "status": 413, "detail": text}
        answer: HttpResponse = JsonResponse(problem, status=413, content_type="application/problem+json")
    else:
        answer = error_page(request, 413, message=text, back=_own_page(request))
    return answer


def _own_page(request: HttpRequest) -> str:
    """Where the form stands, when it stands at the address it was sent to."""
    return request.path if request.user.is_authenticated else ""


class BodySizeMiddleware:
    """Refuses a request that announces more than its page takes. Stands before whatever reads the body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = _announced(request)
        if length > STRANGERS_MB * MEGABYTE and length > (most := _most(request)) * MEGABYTE:
            return too_large(request, most)
        return self.get_response(request)


def _announced(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _most(request: HttpRequest) -> int:
    """Megabytes this request may have; asked only of large ones, because it reads the session."""
    if is_api(request):
        # Files are read before the operation asks for a token, so the token is looked up here already.
        take_bearer(request)
        return settings.UPLOAD_REQUEST_MB if request.token else STRANGERS_MB
    if not request.user.is_authenticated:
        return STRANGERS_MB
    try:
        view: Any = resolve(request.path_info).func
    except Resolver404:
        return STRANGERS_MB
    return settings.UPLOAD_REQUEST_MB if getattr(view, "takes_files", False) else settings.REQUEST_MB


class LimitedUpload(FileUploadHandler):
    """Stops a file as soon as it is larger than its first bytes allow it to be."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.limit = settings.REQUEST_MB * MEGABYTE

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start == 0:
            self.limit = family_limit(family_of(raw_data[:HEAD])) or settings.REQUEST_MB * MEGABYTE
        if start + len(raw_data) > self.limit:
            raise FileTooLarge(self.limit // MEGABYTE)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers behind this one keep the file."""
        return None
