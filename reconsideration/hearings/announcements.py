"""Open hearings, as the public may read of them: no names but the respondent's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from casemgr.cases.models import Participation
from casemgr.pages.dates import moment
from reconsideration.models import Hearing
from reconsideration.states import UNDER_TRIAL


@dataclass(frozen=True)
class Announced:
    """`begins_at`: 09:00."""

    on: date
    begins_at: str
    room_name: str
    subject: str
    respondent_name: str
    seats_free: int


def announced_hearings(today: date, most: int = 50) -> list[Announced]:
    """Open, announced, planned for today or later, soonest first; two queries. Confidential cases are never told."""
    respondents = Participation.objects.filter(role=Participation.Role.RESPONDENT, left_on=None).order_by("order", "pk")
    rows = Hearing.objects.open().filter(
        is_open=True, announced_on__lte=today, booking__starts_at__gte=moment(today),
        case__state__in=UNDER_TRIAL, case__confidentiality="normal",
    )  # fmt: skip
    rows = rows.select_related("booking__room").order_by("booking__starts_at", "pk")
    rows = rows.prefetch_related(Prefetch("case__participations", respondents, to_attr="respondents"))
    return [
        Announced(
            on=row.on,
            begins_at=f"{timezone.localtime(row.booking.starts_at):%H:%M}",
            room_name=row.booking.room.name if row.booking.room else _("Remote"),
            subject=row.announcement,
            respondent_name="、".join(part.name for part in row.case.respondents),
            seats_free=row.seats - row.seats_taken,
        )
        for row in rows[:most]
    ]
