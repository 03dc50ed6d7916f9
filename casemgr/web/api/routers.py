"""Which routers stand where. A package adds its own here; a procedure names its router in `extra["api"]`."""

from __future__ import annotations

from collections.abc import Iterator

from ninja import Router

from casemgr.cases.api import router as cases
from casemgr.cases.procedure import procedures
from casemgr.web.api.openapi import router as openapi


def every() -> Iterator[tuple[str, Router | str, str]]:
    """Prefix, router (or where to import it from) and tag."""
    yield "", openapi, "description"
    yield "/cases", cases, "cases"
    for procedure in procedures():
        if "api" in procedure.extra:
            yield f"/{procedure.code}", procedure.extra["api"], procedure.code
