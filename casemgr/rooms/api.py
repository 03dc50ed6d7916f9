"""Rooms and bookings through the API."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from casemgr.actions.resources import Resource
from casemgr.cases.models import Case
from casemgr.rooms.models import Booking, Room
from casemgr.rooms.scope import demand_rooms


def _rooms(user: Any, today: date) -> QuerySet:
    demand_rooms(user, today)
    return Room.objects.visible_to(user, today)


def _bookings(user: Any, today: date) -> QuerySet:
    demand_rooms(user, today)
    return Booking.objects.visible_to(user, today).prefetch_related("claims")


def _case(row: Booking, user: Any, today: date) -> int | None:
    """Whose case it is for, only for who sees that case."""
    if row.case_id is None:
        return None
    known = user.__dict__.setdefault("_cases_of_bookings", {})
    if row.case_id not in known:
        known[row.case_id] = Case.objects.visible_to(user, today).filter(pk=row.case_id).exists()
    return row.case_id if known[row.case_id] else None


ROOMS = Resource(
    "rooms",
    Room,
    _rooms,
    columns=("unit", "kind", "name", "place", "capacity", "equipment", "is_active"),
    creating=("rooms.add",),
    filters=("kind", "unit"),
)
BOOKINGS = Resource(
    "bookings",
    Booking,
    _bookings,
    columns=("room", "starts_at", "ends_at", "purpose", "booked_by", "cancelled_on"),
    computed={
        "case": (int | None, _case),
        "people": (list[int], lambda row, user, today: [one.user_id for one in row.claims.all() if one.user_id]),
        "heads_of": (list[int], lambda row, user, today: [one.agency_id for one in row.claims.all() if one.agency_id]),
    },
    creating=("rooms.book",),
    filters=("room", "purpose"),
    order=("-starts_at",),
)
