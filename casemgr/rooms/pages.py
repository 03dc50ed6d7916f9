"""Pages of rooms and bookings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.performing import is_allowed
from casemgr.actions.record_pages import RecordPages, new_page, one, steps, today_for
from casemgr.cases.models import Case
from casemgr.pages.dates import moment
from casemgr.pages.pagination import paginate
from casemgr.rooms.actions import AddRoom, BookRoom
from casemgr.rooms.models import Booking, Room
from casemgr.rooms.scope import demand_rooms
from casemgr.rooms.separation import separation

_require = today_for(demand_rooms)
ROOMS = RecordPages(Room, "room_list", _require, enters=AddRoom.name)
BOOKINGS = RecordPages(Booking, "room_list", _require, enters=BookRoom.name)


@require_safe
def room_list(request: HttpRequest) -> HttpResponse:
    """The rooms, whether the four are there and separate, and the coming bookings."""
    today = _require(request)
    rooms = list(Room.objects.visible_to(request.user, today).select_related("unit"))
    coming = Booking.objects.visible_to(request.user, today).standing()
    coming = coming.filter(starts_at__gte=moment(today)).select_related("room")
    context = {
        "rooms": rooms,
        "separation": separation(rooms),
        "page": paginate(coming, ["starts_at", "pk"], request.GET),
        "may_add": is_allowed(request, AddRoom.name, None, today),
        "may_book": is_allowed(request, BookRoom.name, None, today),
    }
    return render(request, "rooms/list.html", context)


room_new = ROOMS.new()


@require_safe
def room_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A room with its coming bookings."""
    today = _require(request)
    room = one(request, Room, pk, today, "unit")
    coming = room.bookings.standing().filter(starts_at__gte=moment(today)).select_related("room")
    page = paginate(coming, ["starts_at", "pk"], request.GET)
    return render(request, "rooms/detail.html", {"room": room, "page": page, **steps(room, request, today)})


room_action = ROOMS.step()


@require_http_methods(["GET", "HEAD", "POST"])
def booking_new(request: HttpRequest) -> HttpResponse:
    """`?room=`, `?on=` and the like fill the form."""
    initial = {name: request.GET[name] for name in ("room", "on", "starts", "ends", "purpose") if name in request.GET}
    return new_page(request, BookRoom.name, "room_list", initial, requires=_require)


@require_safe
def booking_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What is taken for how long; the case only for who sees it."""
    today = _require(request)
    booking = one(request, Booking, pk, today, "room", "booked_by")
    case = None
    if booking.case_id:
        case = Case.objects.visible_to(request.user, today).filter(pk=booking.case_id).first()
    claims = booking.claims.select_related("room", "user", "agency")
    context = {"booking": booking, "case": case, "claims": claims, **steps(booking, request, today)}
    return render(request, "rooms/booking.html", context)


booking_action = BOOKINGS.step()
