from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "casemgr.rooms"
    label = "rooms"

    def ready(self) -> None:
        from casemgr.actions import registry
        from casemgr.audit import evidence
        from casemgr.rooms.actions import ACTIONS
        from casemgr.rooms.models import Booking, Room

        registry.register(*ACTIONS)
        evidence.mirror(Room, "unit_id", "kind", "name", "place", "is_active")
        evidence.mirror(Booking, "room_id", "starts_at", "ends_at", "purpose", "cancelled_on")
