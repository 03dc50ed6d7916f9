"""What a page's form sends to an action: its data, the client-made key and the version that was seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse

KEY, VERSION = "request_key", "seen_version"
_KEY = re.compile(r"[\w-]{1,80}", re.ASCII)
_VERSION = re.compile(r"\d{1,9}", re.ASCII)
_NO_VERSION = -1
"""What was sent as a version and is none: it never matches, so that the form counts as stale."""
NOT_DATA = {"csrfmiddlewaretoken", KEY, VERSION, "next"}


@dataclass(frozen=True)
class ActionInput:
    """`data` holds a list for a field that was sent more than once, else the text."""

    data: dict[str, Any]
    key: str | None
    version: int | None


def action_input(request: HttpRequest) -> ActionInput:
    """Read a POST made by a form with `{% request_key %}` (and `{% request_key subject.version %}`)."""
    data = {
        name: values[-1] if len(values) == 1 else values
        for name, values in request.POST.lists()
        if name not in NOT_DATA and values
    }
    key, version = request.POST.get(KEY, ""), request.POST.get(VERSION, "")
    return ActionInput(
        data,
        key if _KEY.fullmatch(key) else None,
        int(version) if _VERSION.fullmatch(version) else _NO_VERSION if version else None,
    )


def row_id(asked: Any) -> int | None:
    """An id as an address or a form sends it; None for what is none, such as ² or a number no database keeps."""
    text = str(asked or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


class PlainTextMiddleware:
    """Answers 400 to a NUL character, which no keyboard types and PostgreSQL cannot keep."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or any(
            "\0" in text
            for sent in (request.GET, request.POST)
            for name, values in sent.lists()
            for text in (name, *values)
        ):
            raise SuspiciousOperation("a NUL character was sent")
        return self.get_response(request)
