"""What a request of the API sends: a JSON object, or a multipart form with files; both become a form's plain data.

One convention for every action: an entry's name is the form's. A list of plain values fills an entry with several
answers; a list of objects fills the rows of a block: `{"people": [{"name": "…"}]}` is what the page calls
`people-0-name`. In a multipart request the part `data` holds the JSON object, and each file stands under its entry.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from casemgr.pages.api.problems import Problem

VERSION, DATA = "version", "data"
_KEY = re.compile(r"[\w-]{1,80}", re.ASCII)
_MATCH = re.compile(r'(?:W/)?"?(\d{1,9})"?', re.ASCII)
_NAME = re.compile(r"[\w-]{1,80}", re.ASCII)
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
DEEPEST = 4
MOST_ENTRIES = 20_000


@dataclass(frozen=True)
class Sent:
    """`version` and `key` as `perform` takes them."""

    data: dict[str, Any]
    files: Any
    version: int | None
    key: str | None


def sent_by(request: HttpRequest) -> Sent:
    """:raises Problem: 400, 415 or 422 when it cannot be read."""
    payload, files = read(request)
    version = payload.pop(VERSION, None)
    if version is not None and (not isinstance(version, int) or isinstance(version, bool) or abs(version) >= 2**31):
        text = _("The version is the number that the record had when you read it.")
        raise Problem(422, text, errors={VERSION: [text]})
    return Sent(form_data(payload), files, version if version is not None else _if_match(request), _key(request))


def read(request: HttpRequest) -> tuple[dict[str, Any], Any]:
    """The JSON object of the request, and its files."""
    if request.content_type == "multipart/form-data":
        texts = {name: values[-1] if len(values) == 1 else values for name, values in request.POST.lists()}
        sent = parse(texts.pop(DATA).encode()) if isinstance(texts.get(DATA), str) else {}
        if VERSION in texts and str(texts[VERSION]).isdecimal() and len(str(texts[VERSION])) < 10:
            texts[VERSION] = int(texts[VERSION])
        return {**texts, **sent}, request.FILES or None
    body = request.body
    if not body.strip():
        return {}, None
    if request.content_type != "application/json":
        raise Problem(415, _("Send JSON (application/json), or multipart/form-data when there are files."))
    return parse(body), None


def parse(body: bytes) -> dict[str, Any]:
    """:raises Problem: 400, it is no JSON object."""
    try:
        found = json.loads(body.decode(), parse_float=_number, parse_constant=_no_constant)
    except (ValueError, RecursionError, ArithmeticError):
        raise Problem(400, _("This is no valid JSON in UTF-8."), code="bad-json") from None
    if not isinstance(found, dict):
        raise Problem(400, _("A JSON object is expected: {…}."), code="bad-json")
    _check(found, 0)
    return found


def _number(text: str) -> Decimal | int:
    """A whole number is one however it is written: 12.0, 1e3."""
    value = Decimal(text)
    return int(value) if value.adjusted() < 19 and value == value.to_integral_value() else value


def _no_constant(text: str) -> None:
    raise ValueError(text)


def _check(value: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise Problem(400, _("The JSON is nested deeper than any form here."), code="bad-json")
    if isinstance(value, str) and _UNKEEPABLE.search(value):
        raise Problem(400, _("A text holds a character that cannot be kept."), code="bad-character")
    if isinstance(value, dict):
        for name, entry in value.items():
            _check(name, depth)
            _check(entry, depth + 1)
    elif isinstance(value, list):
        for entry in value:
            _check(entry, depth + 1)


def form_data(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Flat data for a form; what is null is left out.

    :raises Problem: 422, it nests in a way no form reads.
    """
    flat: dict[str, Any] = {}
    _flatten(payload, "", flat)
    if len(flat) > MOST_ENTRIES:
        raise Problem(413, _("Too many entries were sent at once."))
    return flat


def _flatten(payload: Mapping[str, Any], prefix: str, flat: dict[str, Any]) -> None:
    for name, value in payload.items():
        if not _NAME.fullmatch(name):
            raise Problem(422, _("There is no such entry here: %(names)s") % {"names": name[:40]})
        full = f"{prefix}{name}"
        if value is None:
            continue
        if isinstance(value, Mapping):
            _flatten(value, f"{full}-", flat)
        elif isinstance(value, list) and any(isinstance(entry, Mapping) for entry in value):
            for index, row in enumerate(value):
                if not isinstance(row, Mapping):
                    raise Problem(422, errors={full: [_("All rows of a block are objects.")]})
                _flatten(row, f"{full}-{index}-", flat)
        elif isinstance(value, list) and any(isinstance(entry, list) for entry in value):
            raise Problem(422, errors={full: [_("A list of lists fills no entry.")]})
        elif isinstance(value, list):
            flat[full] = [entry for entry in value if entry is not None]
        else:
            flat[full] = value


def entry_name(form_name: str) -> str:
    """How errors name an entry: people-0-name → people.0.name, the form as a whole → *."""
    return "*" if form_name in ("__all__", "") else form_name.replace("-", ".")


def _if_match(request: HttpRequest) -> int | None:
    sent = request.headers.get("If-Match", "").strip()
    if sent in ("", "*"):
        return None
    found = _MATCH.fullmatch(sent)
    # An ETag that is no version of ours never matches.
    return int(found[1]) if found else -1


def _key(request: HttpRequest) -> str | None:
    sent = request.headers.get("Idempotency-Key", "").strip()
    if not sent:
        return None
    if not _KEY.fullmatch(sent):
        raise Problem(
            400,
            _("An idempotency key consists of at most 80 letters, digits, hyphens and underscores."),
            code="bad-key",
        )
    return sent
