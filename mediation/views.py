"""The registration page; `?lead=` begins it with what screening knows of the dispute already."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest

from casemgr.cases.registration.page import registration_view
from casemgr.pages.requests import row_id
from mediation.actions.registration import Register
from mediation.campaigns.converting import entries_of
from mediation.models import Lead, LeadState


def _of_lead(request: HttpRequest, today: date) -> Mapping[str, Any]:
    asked = row_id(request.GET.get("lead"))
    lead = Lead.objects.visible_to(request.user, today).filter(pk=asked).first() if asked else None
    return entries_of(lead) if lead is not None and lead.state == LeadState.FOUND else {}


register = registration_view(Register, "mediation/register.html", initial=_of_lead)
