"""The yearly holiday notices through the API, for those whom their pages concern."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from casemgr.actions.resources import Resource
from casemgr.calendar.models import HolidayNotice
from casemgr.timelimits.holiday_notices import APPROVE, ENTER


def _visible(user, today: date) -> QuerySet[HolidayNotice]:
    if not user.role_codes(today) & {*ENTER, *APPROVE}:
        raise PermissionDenied
    return HolidayNotice.objects.all()


HOLIDAY_NOTICES = Resource(
    "holiday-notices",
    HolidayNotice,
    _visible,
    columns=(
        *("year", "number", "issued_on", "state", "withdraws", "days", "is_corrected_by_hand", "reason"),
        *("entered_by_name", "entered_at", "approved_by_name", "approved_at"),
    ),
    creating=("calendar.enter_notice", "calendar.withdraw_notice"),
)
