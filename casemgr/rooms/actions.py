"""Keeping rooms, and booking them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.records import ByRole, CreateAction, EnterAction, RecordAction
from casemgr.rooms import booking as bookings
from casemgr.rooms.forms import BookingForm, ChangeRoomForm, MoveBookingForm, ReasonForm, RoomForm
from casemgr.rooms.models import Booking, Room
from casemgr.rooms.scope import BOOKERS, KEEPERS

COLUMNS = ("unit", "kind", "name", "place", "capacity", "equipment")


class AddRoom(ByRole, EnterAction):
    """Enter a room of the office."""

    name = "rooms.add"
    label = gettext_lazy("Add a room")
    roles = KEEPERS
    form = RoomForm
    makes, columns = Room, COLUMNS


class ChangeRoom(ByRole, RecordAction):
    """What a room is, or that it is out of use."""

    name = "rooms.change"
    label = gettext_lazy("Change the room")
    model: ClassVar = Room
    roles = KEEPERS
    form = ChangeRoomForm
    columns = (*COLUMNS, "is_active")

    def guard_refusals(self, subject: Room, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None or (data["is_active"] and data["kind"] == subject.kind):
            return []
        coming = subject.bookings.standing().filter(starts_at__date__gte=today).first()
        if coming is None:
            return []
        message = _("The room is booked: %(booking)s. Move or cancel its bookings first.")
        return [Refusal("room-booked", message % {"booking": coming})]


class BookRoom(ByRole, CreateAction):
    """Take a room or people for a time; who came first has it."""

    name = "rooms.book"
    label = gettext_lazy("Book a room")
    roles = BOOKERS
    form = BookingForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> Booking:
        wanted = context.form.wanted()
        return bookings.book(wanted, data["purpose"], context.actor, case=data["case"], note=data["note"])


class _OnBooking(ByRole, RecordAction):
    model: ClassVar = Booking
    roles = BOOKERS

    def state_refusal(self, subject: Booking, today: date) -> Refusal | None:
        if subject.cancelled_on is not None:
            return Refusal("cancelled", _("This booking is cancelled."))
        if subject.purpose == Booking.Purpose.HEARING and subject.case_id is not None:
            return Refusal("of-hearing", _("This is the time of a hearing: it is moved or cancelled on its page."))
        return None


class MoveBooking(_OnBooking):
    """Another time, room or other people."""

    name = "rooms.move_booking"
    label = gettext_lazy("Move the booking")
    form = MoveBookingForm

    def execute(self, subject: Booking, data: Mapping[str, Any], context: ActionContext) -> Booking:
        return bookings.move(subject, context.form.wanted())


class CancelBooking(_OnBooking):
    """The time is free again."""

    name = "rooms.cancel_booking"
    label = gettext_lazy("Cancel the booking")
    form = ReasonForm

    def execute(self, subject: Booking, data: Mapping[str, Any], context: ActionContext) -> Booking:
        bookings.release(subject, context.today, data["reason"])
        return subject


ACTIONS = (AddRoom, ChangeRoom, BookRoom, MoveBooking, CancelBooking)
