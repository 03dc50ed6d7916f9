"""Rooms of the office for tests, and what the form of a booking sends."""

from __future__ import annotations

from typing import Any

from casemgr.rooms.models import Room
from tests.support.register import unit

NAMES = {"office": "办公室", "reception": "接待室", "hearing": "听证室", "archive": "档案室"}


def a_room(kind: str, name: str = "") -> Room:
    name = name or NAMES[kind]
    return Room.objects.create(unit=unit(), kind=kind, name=name, place=f"司法局三楼{name}303", capacity=30)


def four_rooms() -> list[Room]:
    return [a_room(kind) for kind in NAMES]


def entries(**changes: Any) -> dict[str, Any]:
    """Tuesday 8 December 2026, nine to eleven."""
    return {"on": "2026-12-08", "starts": "09:00", "ends": "11:00", "purpose": "hearing", **changes}
