"""Public pages are the same for everybody, so one is drawn once in a while and handed out many times.

Kept in the process for ten seconds and by browsers for a minute: what was withdrawn is gone everywhere after that.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

FRESH_SECONDS = 10
BROWSER_SECONDS = 60
MOST = 400

View = Callable[..., HttpResponse]
Key = tuple[str, str]


@dataclass(frozen=True)
class _Kept:
    until: float
    content: bytes
    content_type: str
    etag: str


_kept: dict[Key, _Kept] = {}
_lock = threading.Lock()


def forget() -> None:
    """What was published or withdrawn in this process shows at once."""
    with _lock:
        _kept.clear()


def same_for_everybody(view: View) -> View:
    """Decorates a view whose answer to GET hangs on address and language only: it may not look at who asks."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        key = (request.LANGUAGE_CODE, request.get_full_path())
        kept = _kept.get(key)
        if kept is None or kept.until < time.monotonic():
            response = view(request, *args, **kwargs)
            if response.status_code != 200:
                return response
            kept = _keep(key, response)
        response = HttpResponse(kept.content, content_type=kept.content_type)
        response["Cache-Control"] = f"public, max-age={BROWSER_SECONDS}"
        response["ETag"] = kept.etag
        # The language is in a cookie.
        patch_vary_headers(response, ["Cookie"])
        return get_conditional_response(request, etag=kept.etag, response=response)

    return answer


def _keep(key: Key, response: HttpResponse) -> _Kept:
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    kept = _Kept(time.monotonic() + FRESH_SECONDS, response.content, response["Content-Type"], etag)
    with _lock:
        if len(_kept) >= MOST:
            for old in sorted(_kept, key=lambda one: _kept[one].until)[: MOST // 4]:
                del _kept[old]
        _kept[key] = kept
    return kept


__all__ = ["BROWSER_SECONDS", "FRESH_SECONDS", "forget", "same_for_everybody"]
