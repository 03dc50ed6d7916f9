"""Which routers stand where. A package adds its own here; a procedure names its router in `extra["api"]`."""

from __future__ import annotations

from collections.abc import Iterator

from ninja import Router

from casemgr.calendar.api import router as calendar
from casemgr.cases.api import registration
from casemgr.cases.api import router as cases
from casemgr.cases.api_work import router as work
from casemgr.cases.procedure import procedures
from casemgr.documents.api import router as documents
from casemgr.documents.referral_letters.api import router as letter_files
from casemgr.documents.uploads.api import router as material_files
from casemgr.indicators.api import router as indicators
from casemgr.indicators.api_further import router as tables
from casemgr.indicators.api_reports import router as reports
from casemgr.jobs.api import router as jobs
from casemgr.ledgers.api import router as ledgers
from casemgr.notices.api import router as notices
from casemgr.parties.api import router as parties
from casemgr.timelimits.api import router as timelimits
from casemgr.web.api import resources
from casemgr.web.api.openapi import router as openapi
from casemgr.web.api.resource_router import router_of
from casemgr.web.api.token import router as token


def every() -> Iterator[tuple[str, Router | str, str]]:
    """Prefix, router (or where to import it from) and tag."""
    yield "", openapi, "description"
    yield "", token, "token"
    yield "/cases", cases, "cases"
    yield "", work, "cases"
    yield "", calendar, "calendar"
    yield "/timelimits", timelimits, "calendar"
    yield "/notices", notices, "notices"
    yield "/jobs", jobs, "jobs"
    yield "/materials", material_files, "materials"
    yield "/referral-letters", letter_files, "referral-letters"
    for resource in resources.every():
        yield f"/{resource.name}", router_of(resource), resource.name
    yield "", registration, "cases"
    yield "/parties", parties, "parties"
    yield "/documents", documents, "documents"
    yield "/indicators", indicators, "indicators"
    yield "/reports", reports, "indicators"
    yield "/tables", tables, "indicators"
    yield "/ledgers", ledgers, "ledgers"
    for procedure in procedures():
        if "api" in procedure.extra:
            yield f"/{procedure.code}", procedure.extra["api"], procedure.code
