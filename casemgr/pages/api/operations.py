"""Pieces of an operation: ids that no database refuses, and how a body that we read ourselves is described."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Path
from pydantic import Field

Id = Annotated[int, Path(ge=1, le=2**63 - 1)]
"""An id in a path: any number a database takes, so that an unknown one is 404 and no error."""

Day = Annotated[str | None, Field(json_schema_extra={"format": "date"})]


def sends(
    schema: dict[str, Any] | None = None, *, with_files: bool = False, with_key: bool = True, with_version: bool = False
) -> dict[str, Any]:
    """`openapi_extra` of an operation that reads its own body (`casemgr.pages.api.body`).

    :param schema: of the JSON object; by default any: the action's own schema is asked for at its address.
    """
    accepted: dict[str, Any] = {"application/json": {"schema": schema or {"type": "object"}}}
    if with_files:
        part = {"type": "object", "properties": {"data": {"type": "string", "contentMediaType": "application/json"}}}
        accepted["multipart/form-data"] = {"schema": part}
    parameters = []
    if with_key:
        parameters.append(_header("Idempotency-Key", "Repeated with the same body, the step happens once.", 80))
    if with_version:
        parameters.append(_header("If-Match", "The version you read; “version” in the body does the same.", 20))
    return {"requestBody": {"content": accepted, "required": False}, "parameters": parameters}


def _header(name: str, description: str, most: int) -> dict[str, Any]:
    schema = {"type": "string", "maxLength": most}
    return {"in": "header", "name": name, "required": False, "schema": schema, "description": description}
