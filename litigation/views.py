"""The registration pages; of a suit, `?over=` begins it with what the register knows of the case that is sued over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest

from casemgr.cases.registration.page import registration_view
from casemgr.pages.requests import row_id
from litigation.actions.nonlitigation import RegisterEnforcement
from litigation.actions.registration import Register
from litigation.actions.suggestions import RegisterSuggestion
from litigation.actions.supervision import RegisterSupervision
from litigation.registration.sued_over import entries_of, sued_over


def _of_case(request: HttpRequest, today: date) -> Mapping[str, Any]:
    asked = row_id(request.GET.get("over"))
    earlier = sued_over(asked, request.user, today) if asked else None
    return entries_of(earlier) if earlier is not None else {}


register_enforcement = registration_view(RegisterEnforcement, "litigation/register_enforcement.html")
register = registration_view(Register, "litigation/register.html", initial=_of_case)
register_suggestion = registration_view(RegisterSuggestion, "litigation/register_suggestion.html")
register_supervision = registration_view(RegisterSupervision, "litigation/register_supervision.html")
