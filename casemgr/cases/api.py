"""The register through the API: what the caller may see, never more."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from casemgr.cases.filters import CaseFilters, visible_cases
from casemgr.cases.rows import with_rows
from casemgr.pages.api.auth import bearer
from casemgr.pages.api.paging import page_of
from casemgr.pages.clock import today as clock_today

router = Router()


@router.get("", auth=bearer())
def list_cases(request: HttpRequest) -> Any:
    """Cases within the caller's scope, newest first."""
    today = clock_today()
    filters = CaseFilters(request.GET, request.user, today)
    found = filters.apply(visible_cases(request.user, today))
    return page_of(request, with_rows(found), filters.order, lambda case: {"id": case.pk, "number": case.number})
