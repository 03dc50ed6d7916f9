"""Whom to ask when the committee decides: names for people who may not."""

from __future__ import annotations

from datetime import date

from casemgr.cases.models import Case
from casemgr.cases.people.reach import Handlers
from casemgr.organisation.models import User
from mediation.actions.base import COMMITTEE

NAMED_AT_MOST = 3


def who_decides(case: Case, today: date, *, besides: int | None = None) -> list[str]:
    """Names of people who decide for the case's committee or its town office today, without the one given."""
    deciding = Handlers(today).who_hold(COMMITTEE, case.unit_id) - {besides}
    return [user.full_name for user in User.objects.filter(pk__in=deciding).order_by("username")[:NAMED_AT_MOST]]
