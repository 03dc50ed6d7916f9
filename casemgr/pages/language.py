"""Chinese first: a page is in the language the person chose, not in the one an old browser shell happens to send."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from casemgr.organisation.tokens.bearer import is_api


class LanguageMiddleware:
    """The cookie of the language switch decides, else `settings.LANGUAGE_CODE`; only the API heeds Accept-Language."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(self._language(request)):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    @staticmethod
    def _language(request: HttpRequest) -> str:
        if is_api(request) and request.headers.get("Accept-Language"):
            return translation.get_language_from_request(request)
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
