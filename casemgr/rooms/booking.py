"""Taking rooms, people and heads for a time, so that nobody is taken twice; what the loser is told."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casemgr.actions.errors import GuardRefused, Refusal
from casemgr.cases.models import Case
from casemgr.pages.dates import long_date
from casemgr.parties.models import Party
from casemgr.rooms.models import Booking, Claim, Room

SOON = timedelta(days=14)
"""How far ahead the next free time is looked for."""


@dataclass(frozen=True)
class Wanted:
    """What a booking takes, and when. `people` are users; `agencies` those whose head is taken."""

    starts_at: datetime
    ends_at: datetime
    room: Room | None = None
    people: tuple[Any, ...] = ()
    agencies: tuple[Any, ...] = ()

    def claims(self) -> list[Claim]:
        """In a fixed order: rivals who take the same things wait for each other, they do not lock each other out."""
        found = []
        if self.room is not None:
            found.append(Claim(what=f"room:{self.room.pk}", room=self.room))
        found += [Claim(what=f"user:{one.pk}", user=one) for one in self.people]
        found += [Claim(what=f"head:{one.pk}", agency=one) for one in self.agencies]
        for claim in found:
            claim.starts_at, claim.ends_at = self.starts_at, self.ends_at
        return sorted({claim.what: claim for claim in found}.values(), key=lambda claim: claim.what)


def taken(wanted: Wanted, besides: Booking | None = None) -> list[Claim]:
    """Standing claims on the same things that overlap the wanted time."""
    names = [claim.what for claim in wanted.claims()]
    rows = Claim.objects.filter(what__in=names, starts_at__lt=wanted.ends_at, ends_at__gt=wanted.starts_at)
    if besides is not None:
        rows = rows.exclude(booking=besides)
    return list(rows.select_related("room", "user", "agency").order_by("what", "starts_at"))


def next_free(
    names: Collection[str], starts_at: datetime, length: timedelta, besides: Booking | None = None
) -> datetime:
    """The first moment from `starts_at` on at which all the things are free for so long."""
    rows = Claim.objects.filter(what__in=names, ends_at__gt=starts_at, starts_at__lt=starts_at + SOON)
    if besides is not None:
        rows = rows.exclude(booking=besides)
    found = starts_at
    for begins, ends in rows.order_by("starts_at").values_list("starts_at", "ends_at"):
        if begins < found + length and ends > found:
            found = ends
    return found


def refusals(wanted: Wanted, besides: Booking | None = None, field: str | None = "room") -> list[Refusal]:
    """Who or what is taken then, by when it is free again; empty when nothing is."""
    found = taken(wanted, besides)
    if not found:
        return []
    names = [claim.what for claim in wanted.claims()]
    free = timezone.localtime(next_free(names, wanted.starts_at, wanted.ends_at - wanted.starts_at, besides))
    message = _("Already taken at that time: %(what)s. Everything asked for is free from %(day)s %(time)s on.") % {
        "what": pgettext("between two names", ", ").join(_spoken(claim) for claim in found),
        "day": long_date(free.date()),
        "time": f"{free:%H:%M}",
    }
    return [Refusal("already-taken", message, field=field)]


def _spoken(claim: Claim) -> str:
    begins, ends = timezone.localtime(claim.starts_at), timezone.localtime(claim.ends_at)
    return f"{claim.name}（{begins:%m-%d %H:%M}–{ends:%H:%M}）"


def book(wanted: Wanted, purpose: str, actor: Any, *, case: Case | None = None, note: str = "") -> Booking:
    """Within a transaction. :raises GuardRefused: something is taken, whoever came first."""
    booking = Booking(
        room=wanted.room, starts_at=wanted.starts_at, ends_at=wanted.ends_at, purpose=purpose, case=case,
        booked_by=actor, note=note,
    )  # fmt: skip
    booking.save()
    _claim(booking, wanted)
    return booking


def move(booking: Booking, wanted: Wanted) -> Booking:
    """Another time, room or other people for a standing booking; what it took before is free again."""
    booking.room, booking.starts_at, booking.ends_at = wanted.room, wanted.starts_at, wanted.ends_at
    booking.version += 1
    booking.save()
    _claim(booking, wanted)
    return booking


def _stand_in_line(wanted: Wanted) -> None:
    """Whoever wants the same thing waits here, always in the same order: two inserts that check one exclusion
    constraint at the same moment would wait for each other, and PostgreSQL would break one off.
    """
    people, agencies = [one.pk for one in wanted.people], [one.pk for one in wanted.agencies]
    rooms = [wanted.room.pk] if wanted.room is not None else []
    for model, keys in ((Room, rooms), (get_user_model(), people), (Party, agencies)):
        if keys:
            rows = model._default_manager.select_for_update(of=("self",), no_key=True).filter(pk__in=keys)
            list(rows.order_by("pk").values_list("pk", flat=True))


def _claim(booking: Booking, wanted: Wanted) -> None:
    _stand_in_line(wanted)
    if found := refusals(wanted, booking):
        raise GuardRefused(refusals=found)
    try:
        with transaction.atomic():
            booking.claims.all().delete()
            for claim in wanted.claims():
                claim.booking = booking
                claim.save(force_insert=True)
    except IntegrityError:  # a rival was faster between the look and the insert
        raise GuardRefused(refusals=refusals(wanted, booking) or [_beaten()]) from None


def _beaten() -> Refusal:
    message = _("Somebody else took the room or one of the people for that time a moment ago. Choose another time.")
    return Refusal("already-taken", message, field="room")


def release(booking: Booking, on: date, reason: str = "") -> None:
    """The booking stands no more; its row stays, what it took is free."""
    booking.claims.all().delete()
    booking.cancelled_on, booking.why_cancelled = on, reason[:200]
    booking.version += 1
    booking.save()


def free_agency(booking: Booking, agency_id: int) -> None:
    """The agency's head does not come: the time is no longer taken for it."""
    booking.claims.filter(what=f"head:{agency_id}").delete()


def busy(names: Iterable[str], first: datetime, until: datetime) -> dict[str, list[tuple[datetime, datetime]]]:
    """Taken times by thing between two moments, in one query."""
    found: dict[str, list[tuple[datetime, datetime]]] = {}
    rows = Claim.objects.filter(what__in=list(names), starts_at__lt=until, ends_at__gt=first)
    for what, begins, ends in rows.order_by("starts_at").values_list("what", "starts_at", "ends_at"):
        found.setdefault(what, []).append((begins, ends))
    return found
