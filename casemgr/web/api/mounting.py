"""The JSON API under `/api/v1/`: every package's routers in one place, and one way to say what went wrong.

Why django-ninja, and why forms stay the only rules of input: docs/decisions/0027-api-on-forms.md.
"""

from __future__ import annotations

import logging
from typing import Any, ClassVar

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.renderers import JSONRenderer

from casemgr.actions.api import problem_of
from casemgr.actions.errors import ActionError
from casemgr.pages.api.auth import bearer
from casemgr.pages.api.problems import Problem, problem_response
from casemgr.web.api.description import describe_api

log = logging.getLogger("casemgr.api")
PREFIX = "api/v1/"
VERSION = "1.0.0"


class PlainJson(JSONRenderer):
    """Chinese as it is, not in escapes six times as long."""

    json_dumps_params: ClassVar[dict[str, Any]] = {"ensure_ascii": False}


class CaseApi(NinjaAPI):
    """Operations are named by their function, which is unique; the description gains what ninja does not know."""

    def get_openapi_operation_id(self, operation: Any) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> Any:
        return describe_api(super().get_openapi_schema(path_prefix=path_prefix or f"/{PREFIX}"))


def build() -> NinjaAPI:
    """The API with every router mounted; called once, when the addresses are loaded."""
    from casemgr.web.api import routers

    api = CaseApi(
        title="casemgr",
        version=VERSION,
        description="Mediation, administrative reconsideration and litigation. See docs/api.md.",
        urls_namespace="api",
        docs_url=None,
        openapi_url=None,
        auth=bearer(),
        renderer=PlainJson(),
    )
    _handle_errors(api)
    for prefix, router, tag in routers.every():
        api.add_router(prefix, router, tags=[tag])
    return api


def _handle_errors(api: NinjaAPI) -> None:
    def answer(status: int, detail: Any = "", code: str = ""):
        def handle(request: HttpRequest, error: Exception) -> HttpResponse:
            return problem_response(request, Problem(status, detail or _plain(error), code=code))

        return handle

    def too_large_value(request: HttpRequest, error: Exception) -> HttpResponse:
        log.warning("a value no database takes", exc_info=error)
        return problem_response(request, Problem(422, _("A number or text is larger than anything kept here.")))

    api.add_exception_handler(Problem, problem_response)
    api.add_exception_handler(ActionError, lambda request, error: problem_response(request, problem_of(error)))
    api.add_exception_handler(ValidationError, _wrong_parameters)
    api.add_exception_handler(DjangoValidationError, answer(422))
    api.add_exception_handler(AuthenticationError, answer(401))
    api.add_exception_handler(HttpError, lambda request, error: problem_response(request, Problem(error.status_code)))
    api.add_exception_handler(Http404, answer(404, NOT_FOUND))
    api.add_exception_handler(PermissionDenied, answer(403))
    api.add_exception_handler(RequestDataTooBig, answer(413))
    for error in (SuspiciousOperation, MultiPartParserError, BadRequest):
        api.add_exception_handler(error, answer(400))
    for error in (OverflowError, DataError):
        api.add_exception_handler(error, too_large_value)


NOT_FOUND = gettext_lazy("It does not exist, or it lies outside what you may see.")


def _plain(error: Exception) -> str:
    """The sentence of one of our own refusals; of Django's internal ones nothing."""
    if isinstance(error, PermissionDenied):
        return str(error)
    if isinstance(error, DjangoValidationError):
        return " ".join(str(text) for text in error.messages)
    return ""


def _wrong_parameters(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Of path, query or body, by name; an id that cannot exist is 404."""
    if any(found["loc"][0] == "path" for found in error.errors):
        return problem_response(request, Problem(404, NOT_FOUND))
    errors: dict[str, list[str]] = {}
    for found in error.errors:
        name = ".".join(str(part) for part in found["loc"][1:] if part not in ("payload",)) or "*"
        errors.setdefault(name, []).append(_message(found))
    if any(found["loc"][0] == "body" and found["type"].startswith("json") for found in error.errors):
        return problem_response(request, Problem(400, code="bad-json"))
    return problem_response(request, Problem(422, errors=errors))


def _message(found: dict[str, Any]) -> str:
    if found["type"] == "missing":
        return _("This entry is needed.")
    return _("This is not what is expected here.")
