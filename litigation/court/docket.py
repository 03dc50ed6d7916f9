"""Sessions to come and sessions without a record, as far as a person may see their files."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from casemgr.cases.models import Case
from casemgr.pages.dates import moment
from litigation.models import PROCEDURE, Appearance, CourtSession
from litigation.states import RUNNING
from litigation.terms import SessionKind


def open_everywhere() -> QuerySet[CourtSession]:
    """Planned and neither held nor called off, in suits that are still before the court."""
    found = CourtSession.objects.filter(
        held_on=None, called_off_on=None, in_instance__case__procedure=PROCEDURE,
        in_instance__case__state__in=(*RUNNING, "SUSPENDED"),
    )  # fmt: skip
    return found.select_related("in_instance__case")


def visible_sessions(user: Any, today: date) -> QuerySet[CourtSession]:
    """Open sessions of the suits that the person sees."""
    cases = Case.objects.filter(procedure=PROCEDURE).visible_to(user, today)
    return open_everywhere().filter(in_instance__case__in=cases.order_by().values("pk"))


def coming(sessions: QuerySet[CourtSession], today: date) -> QuerySet[CourtSession]:
    return sessions.filter(planned_at__gte=moment(today))


def unrecorded(sessions: QuerySet[CourtSession], today: date) -> QuerySet[CourtSession]:
    """Their day is over and nobody has written how they went."""
    return sessions.filter(planned_at__lt=moment(today))


def without_head(sessions: QuerySet[CourtSession]) -> QuerySet[CourtSession]:
    """Court sessions for which some agency has neither named a head nor explained the absence."""
    missing = Appearance.objects.filter(
        session=OuterRef("pk"), head_name="", absence_ground="", standing__head_of__isnull=True
    )
    return sessions.filter(Exists(missing), kind=SessionKind.SESSION)
