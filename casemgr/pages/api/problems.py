"""Errors of the API: problem+json (RFC 9457), with a sentence a clerk understands, in the caller's language."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEDIA_TYPE = "application/problem+json"
TITLES: Mapping[int, str | Promise] = {
    400: _("The request could not be read"),
    401: _("A valid token is needed"),
    403: _("You may not do this"),
    404: _("Nothing to see at this address"),
    405: _("This address does not take this method"),
    406: _("This form is not available"),
    409: _("This step is not possible now"),
    412: _("Somebody changed the record in the meantime"),
    413: _("Too much was sent at once"),
    415: _("This kind of content is not accepted"),
    422: _("Some entries are wrong or missing"),
    429: _("Too many tries"),
    500: _("Something went wrong in the system"),
    503: _("The system is busy"),
}
CODES: Mapping[int, str] = {
    400: "bad-request",
    401: "token-needed",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    409: "conflict",
    413: "too-large",
    415: "media-type",
    422: "invalid",
    429: "too-many-tries",
    500: "failed",
    503: "busy",
}
_TYPE = "urn:casemgr:problem:"


class Problem(Exception):
    """Raise it anywhere under `/api/`: it becomes the answer.

    `errors`: messages by entry ("people.0.name"; "*" for the whole form). `refusals`: each with code, message, article,
    basis (the article in words) and field; the first one's code and article stand at the top as well.
    `rows`: what is wrong with a sheet, each with row, column and reason.
    """

    def __init__(
        self,
        status: int,
        detail: str | Promise = "",
        *,
        code: str = "",
        article: str = "",
        errors: Mapping[str, Sequence[str]] | None = None,
        refusals: Iterable[Mapping[str, Any]] = (),
        rows: Iterable[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        detail = detail or " ".join(str(text) for texts in (errors or {}).values() for text in texts[:1])[:500]
        super().__init__(str(detail))
        self.status, self.detail, self.errors = status, detail, errors
        self.refusals, self.rows = list(refusals), list(rows)
        first = self.refusals[0] if self.refusals else {}
        self.code = code or first.get("code") or CODES.get(status, "problem")
        self.article = article or first.get("article", "")
        self.headers = dict(headers or {})


def problem_response(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The answer for a problem. `instance` is the address without its query: that may hold a name."""
    content: dict[str, Any] = {
        "type": _TYPE + problem.code,
        "title": str(TITLES.get(problem.status, problem.status)),
        "status": problem.status,
        "detail": str(problem.detail or TITLES.get(problem.status, "")),
        "instance": request.path,
        "code": problem.code,
    }
    if problem.article:
        content["article"] = problem.article
    if problem.errors is not None:
        content["errors"] = {name: [str(text) for text in texts] for name, texts in problem.errors.items()}
    if problem.refusals:
        content["refusals"] = problem.refusals
    if problem.rows:
        content["rows"] = problem.rows
    text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False)
    response = HttpResponse(text, status=problem.status, content_type=MEDIA_TYPE)
    for name, value in problem.headers.items():
        response.headers[name] = value
    if problem.status == 401:
        response.headers.setdefault("WWW-Authenticate", 'Bearer realm="casemgr"')
    response.headers["Cache-Control"] = "no-store"
    return response
