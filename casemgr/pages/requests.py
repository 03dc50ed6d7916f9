"""What a page's form sends to an action: its data, the client-made key and the version that was seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

KEY, VERSION = "request_key", "seen_version"
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
    version = request.POST.get(VERSION, "")
    return ActionInput(data, request.POST.get(KEY) or None, int(version) if version.isdecimal() else None)
