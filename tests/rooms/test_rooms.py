"""Rooms: the four are there and separate; nothing is taken twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from casemgr.actions.errors import ActionError, GuardRefused, InvalidInput
from casemgr.actions.perform import perform
from casemgr.rooms.models import Booking, Claim, Room
from casemgr.rooms.separation import separation
from tests.support.register import OTHER, person, unit
from tests.support.rooms import a_room, entries, four_rooms

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


def book(by: Any, **changes: Any) -> Booking:
    return perform("rooms.book", None, entries(**changes), by, TODAY)


def test_the_check_says_which_room_is_missing_and_which_serves_two_purposes() -> None:
    rooms = four_rooms()
    assert separation(rooms).is_met
    assert separation(rooms[:3]).missing == ("档案室",)
    shared = Room(unit=unit(), kind="office", name="办公室乙", place=rooms[2].place.replace("3", " 3"))
    assert separation([*rooms, shared]).shared == (f"{rooms[2].place}同时用作听证室、办公室",)
    rooms[0].is_active = False
    assert separation(rooms).missing == ("办公室",)


def test_one_door_is_one_room() -> None:
    head = person("head", "head")
    sent = {"unit": unit().pk, "kind": "hearing", "name": "听证室", "place": "司法局三楼303", "capacity": 40}
    room = perform("rooms.add", None, sent, head, TODAY)
    with pytest.raises(InvalidInput) as refused:
        perform("rooms.add", None, sent | {"kind": "archive", "name": "档案室"}, head, TODAY)
    assert list(refused.value.form.errors) == ["place"]
    with pytest.raises(ActionError):
        perform("rooms.add", None, sent | {"place": "304", "name": "室"}, person("officer", "officer"), TODAY)
    assert str(room) == "听证室"


def test_what_is_taken_is_refused_with_who_when_and_until_when() -> None:
    officer, panel = person("officer", "officer"), person("panel", "panel", full_name="赵梅")
    room, other = a_room("hearing"), a_room("hearing", "第二听证室")
    book(officer, room=room.pk, people=[panel.pk])
    for changes in ({"room": room.pk}, {"room": other.pk, "people": [panel.pk]}):
        with pytest.raises(GuardRefused) as refused:
            book(officer, starts="10:30", ends="11:30", **changes)
        reason = refused.value.refusals[0]
        assert reason.code == "already-taken" and "09:00–11:00" in str(reason.message)
        assert "2026年12月8日 周二 11:00" in str(reason.message)
    assert Booking.objects.count() == 1
    book(officer, room=room.pk, starts="11:00", ends="12:00")  # one ends when the other begins


def test_a_remote_booking_takes_people_and_no_room() -> None:
    officer = person("officer", "officer")
    book(officer, people=[officer.pk])
    with pytest.raises(InvalidInput):
        book(officer)
    with pytest.raises(InvalidInput):  # files are not read in the hearing room
        book(officer, room=a_room("hearing").pk, purpose="reading")


def test_moved_and_cancelled_bookings_free_what_they_took() -> None:
    officer, room = person("officer", "officer"), a_room("hearing")
    first = book(officer, room=room.pk)
    later = {**entries(room=room.pk, starts="14:30", ends="16:00")}
    later.pop("purpose")
    perform("rooms.move_booking", first, later, officer, TODAY)
    second = book(officer, room=room.pk)
    with pytest.raises(GuardRefused):
        perform("rooms.move_booking", second, later, officer, TODAY)
    perform("rooms.cancel_booking", first, {"reason": "改期"}, officer, TODAY)
    perform("rooms.move_booking", second, later, officer, TODAY)
    assert Claim.objects.get().booking_id == second.pk


def test_the_database_itself_lets_no_claims_overlap() -> None:
    officer, room = person("officer", "officer"), a_room("hearing")
    claim = book(officer, room=room.pk).claims.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        other = Booking.objects.create(
            room=room, starts_at=claim.starts_at, ends_at=claim.ends_at, purpose="hearing", booked_by=officer
        )
        Claim.objects.create(
            booking=other, what=claim.what, room=room, starts_at=claim.starts_at, ends_at=claim.ends_at
        )
    book(officer, room=room.pk, starts="14:00", ends="15:00")
    late = Claim.objects.get(starts_at__gt=claim.starts_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        late.starts_at = claim.starts_at
        late.save()


def test_pages_show_rooms_to_the_office_only(client: Client) -> None:
    officer, room = person("officer", "officer"), a_room("hearing")
    booking = book(officer, room=room.pk)
    client.force_login(officer)
    for url in ("/rooms/", f"/rooms/{room.pk}/", f"/bookings/{booking.pk}/", "/bookings/new/?purpose=hearing"):
        assert client.get(url).status_code == 200
    assert "听证室" in client.get("/rooms/").content.decode()
    refused = client.post("/bookings/new/", entries(room=room.pk))
    assert refused.status_code == 409 and "09:00–11:00" in refused.content.decode()
    client.force_login(person("stranger", "officer", at=OTHER))
    assert "三楼" not in client.get("/rooms/").content.decode()
    assert client.get(f"/rooms/{room.pk}/").status_code == 404
    assert client.get(f"/bookings/{booking.pk}/").status_code == 404
    client.force_login(person("nobody"))
    assert client.get("/rooms/").status_code == 403
