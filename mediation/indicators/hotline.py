"""Tickets of the 12345 hotline that were handed to people's mediation: answered in time, and visited.

They are referrals of the hotline; the register is counted each time, for many of them open no case.
"""

from __future__ import annotations

from django.db.models import Case, DateField, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Referral
from casemgr.cases.models.referrals import Direction, Dock
from casemgr.cases.void import void_cases
from casemgr.indicators.definition import Dimension, Indicator, Text
from casemgr.indicators.period import Period
from mediation.models import PROCEDURE, Visit

DAY = DateField()


def tickets(period: Period) -> QuerySet[Referral]:
    """Received from the hotline, and neither declined nor withdrawn."""
    found = Referral.objects.filter(dock=Dock.HOTLINE, direction=Direction.IN, procedure=PROCEDURE)
    return found.filter(decline_reason="").exclude(state__in=("DRAFT", "CANCELLED", "DECLINED"))


def due_tickets(period: Period) -> QuerySet[Referral]:
    return tickets(period).filter(result_due_on__isnull=False)


def answered_tickets(period: Period) -> QuerySet[Referral]:
    """With the first return visit in the case opened for the ticket (`visited_on`)."""
    visits = Visit.objects.filter(case_id=OuterRef("opened_case_id")).exclude(void_cases("case__"))
    visited = Subquery(visits.order_by("visited_on", "pk").values("visited_on")[:1], output_field=DAY)
    return tickets(period).filter(result_on__isnull=False).annotate(visited_on=visited)


def ticket_words(row: Referral) -> Text:
    return f"{row.organ_number or row}　{row.get_state_display()}"


ON_TIME = Indicator(
    code="hotline-on-time",
    name=_("12345 tickets answered in time"),
    formula=_(
        "Tickets of the 12345 hotline handed to people's mediation whose result was sent back on or before the day the "
        "ticket sets (or to which it was extended), divided by these and those whose day has passed. A ticket "
        "counts on "
        "the day of its result, a missed one on its last day. Tickets declined, or without a day, do not count."
    ),
    version=1,
    rows=due_tickets,
    is_kept=False,
    case=None,
    hit=Q(result_on__isnull=False, result_on__lte=F("result_due_on")),
    on=Case(When(c_hit=True, then=Least("result_on", "result_due_on")), default=F("result_due_on"), output_field=DAY),
    unit=F("unit_id"),
    dimensions=(Dimension.UNIT,),
    counted=_("answered in time"),
    missed=_("late, or not answered"),
    procedures=(PROCEDURE,),
    row_words=ticket_words,
    link=lambda row: row.get_absolute_url(),
    joined=("number",),
)
VISITED = Indicator(
    code="hotline-visited",
    name=_("12345 tickets visited"),
    formula=_(
        "Tickets of the 12345 hotline answered by people's mediation in the period, of whose dispute a return visit is "
        "recorded, divided by all tickets answered in the period. A visit counts whenever it was made."
    ),
    version=1,
    rows=answered_tickets,
    is_kept=False,
    is_at_once=True,
    case=None,
    hit=Q(visited_on__isnull=False),
    hit_on=F("visited_on"),
    on=F("result_on"),
    unit=F("unit_id"),
    dimensions=(Dimension.UNIT,),
    counted=_("visited"),
    missed=_("not visited"),
    procedures=(PROCEDURE,),
    row_words=ticket_words,
    link=lambda row: row.get_absolute_url(),
    joined=("number",),
)
HOTLINE = (ON_TIME, VISITED)

__all__ = ["HOTLINE"]
