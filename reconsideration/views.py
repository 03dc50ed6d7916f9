"""The registration page."""

from __future__ import annotations

from casemgr.cases.registration.page import registration_view
from reconsideration.actions.registration import Register

register = registration_view(Register, "reconsideration/register.html")
