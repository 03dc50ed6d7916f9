"""Whether an office has its four rooms, each for itself (the banner's plan: 四室分离)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from casemgr.rooms.models import Room


@dataclass(frozen=True)
class Separation:
    """`missing`: kinds without a room; `shared`: sentences about rooms that serve two purposes."""

    missing: tuple[str, ...]
    shared: tuple[str, ...]

    @property
    def is_met(self) -> bool:
        return not self.missing and not self.shared


def separation(rooms: Iterable[Room]) -> Separation:
    """Of the rooms in use. One that stands under two kinds by door or by name serves two purposes."""
    rooms = [room for room in rooms if room.is_active]
    there = {room.kind for room in rooms}
    missing = tuple(str(kind.label) for kind in Room.Kind if kind not in there)
    by_door: dict[str, list[Room]] = {}
    for room in rooms:
        by_door.setdefault("".join(room.place.split()), []).append(room)
    shared = []
    for doors in by_door.values():
        kinds = dict.fromkeys(str(room.get_kind_display()) for room in doors)
        if len(kinds) > 1:
            sentence = _("%(place)s serves as %(kinds)s")
            shared.append(sentence % {"place": doors[0].place, "kinds": "、".join(kinds)})
    return Separation(missing, tuple(shared))
