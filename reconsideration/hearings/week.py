"""The week of rooms, or of the people who sit on panels: what is booked on each day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casemgr.calendar.current import current_calendar
from casemgr.cases.models import Case
from casemgr.pages.dates import moment
from casemgr.rooms.models import Booking, Claim, Room

DAY = timedelta(days=1)
MOST = 400
"""Bookings of one week that a page shows."""


@dataclass(frozen=True)
class Entry:
    """A booking as the person sees it: `case` only where they see that case."""

    booking: Booking
    case: Case | None

    @property
    def hearing(self) -> Any:
        return getattr(self.booking, "hearing", None) if self.case is not None else None


@dataclass(frozen=True)
class Line:
    """A room or person, with the entries of each day."""

    name: str
    note: str
    days: list[tuple[date, list[Entry]]]


@dataclass(frozen=True)
class Week:
    days: list[date]
    lines: list[Line]
    first: date

    @property
    def before(self) -> date:
        return self.first - 7 * DAY

    @property
    def after(self) -> date:
        return self.first + 7 * DAY

    @property
    def is_empty(self) -> bool:
        return not any(entries for line in self.lines for _day, entries in line.days)


def bookings_between(user: Any, today: date, first: date, until: date) -> QuerySet[Booking]:
    found = Booking.objects.visible_to(user, today).standing()
    found = found.filter(starts_at__gte=moment(first), starts_at__lt=moment(until))
    return found.select_related("room", "hearing", "case").order_by("starts_at", "pk")


def entries_of(bookings: list[Booking], user: Any, today: date) -> dict[int, Entry]:
    """By booking; which of their cases the person sees is one query."""
    ids = {row.case_id for row in bookings if row.case_id}
    seen = set(Case.objects.visible_to(user, today).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    return {row.pk: Entry(row, row.case if row.case_id in seen else None) for row in bookings}


def week_of(user: Any, today: date, day: date, by: str) -> Week:
    """Monday to Friday, and of the weekend the days that work or on which something is booked."""
    first = day - timedelta(days=day.weekday())
    bookings = list(bookings_between(user, today, first, first + 7 * DAY)[:MOST])
    entries, calendar = entries_of(bookings, user, today), current_calendar()
    booked = {row.on for row in bookings}
    week = [first + n * DAY for n in range(7)]
    days = [one for one in week if one.weekday() < 5 or calendar.is_working(one) or one in booked]
    lines = _by_person(bookings, entries, days) if by == "person" else _by_room(user, today, bookings, entries, days)
    return Week(days, lines, first)


def _line(name: str, note: str, days: list[date], mine: list[Entry]) -> Line:
    return Line(name, note, [(day, [one for one in mine if one.booking.on == day]) for day in days])


def _by_room(
    user: Any, today: date, bookings: list[Booking], entries: dict[int, Entry], days: list[date]
) -> list[Line]:
    rooms = Room.objects.visible_to(user, today).active().order_by("kind", "name")
    taken = {row.room_id for row in bookings}
    shown = [room for room in rooms if room.kind in (Room.Kind.HEARING, Room.Kind.RECEPTION) or room.pk in taken]
    shown.sort(key=lambda room: (room.kind != Room.Kind.HEARING, room.name))
    lines = [
        _line(room.name, room.place, days, [entries[row.pk] for row in bookings if row.room_id == room.pk])
        for room in shown
    ]
    remote = [entries[row.pk] for row in bookings if row.room_id is None]
    return [*lines, _line(_("Remote"), "", days, remote)] if remote else lines


def _by_person(bookings: list[Booking], entries: dict[int, Entry], days: list[date]) -> list[Line]:
    claims = Claim.objects.filter(booking__in=[row.pk for row in bookings], user__isnull=False).select_related("user")
    people: dict[int, tuple[str, list[Entry]]] = {}
    for claim in claims.order_by("user__full_name", "user_id", "starts_at"):
        people.setdefault(claim.user_id, (claim.user.full_name, []))[1].append(entries[claim.booking_id])
    return [_line(name, "", days, mine) for name, mine in people.values()]
