"""What ninja's OpenAPI document lacks: problems, the scopes of each operation, and what is not said per operation."""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

PROBLEM_SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "RFC 9457, with what a clerk and a program need to know.",
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "code": {"type": "string", "description": "Stable word for programs."},
        "article": {"type": "string", "description": "The article that forbids it."},
        "errors": {
            "type": "object",
            "description": "Messages by entry; “*” is the form as a whole, “people.0.name” the first row's name.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
        "rows": {
            "type": "array",
            "description": "What is wrong with a sheet: the heading is row 1; without a column the whole row.",
            "items": {
                "type": "object",
                "properties": {
                    "row": {"type": "integer"},
                    "column": {"type": "string"},
                    "reason": {"type": "string"},
                },
            },
        },
        "refusals": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                    "article": {"type": "string"},
                    "basis": {"type": "string"},
                    "field": {"type": ["string", "null"]},
                },
            },
        },
    },
}
METHODS = ("get", "post", "put", "patch", "delete")


def describe_api(found: dict[str, Any]) -> dict[str, Any]:
    """The document, completed, in plain JSON values."""
    found = json.loads(json.dumps(found, cls=DjangoJSONEncoder))
    components = found.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    components["responses"] = {"Problem": {"description": "Why it was refused", "content": content}}
    components["parameters"] = {
        "Language": {
            "in": "header",
            "name": "Accept-Language",
            "required": False,
            "schema": {"type": "string"},
            "description": "zh-hans (default) or en",
        }
    }
    found.pop("servers", None)
    for path in found["paths"].values():
        for method in METHODS:
            if operation := path.get(method):
                operation["responses"].setdefault("default", {"$ref": "#/components/responses/Problem"})
                operation["parameters"].append({"$ref": "#/components/parameters/Language"})
    return found
