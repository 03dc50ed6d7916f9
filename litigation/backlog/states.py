"""States of a backlog item (dossier §4.3). Who may, and why, stands in the actions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy
from django_fsm import transition


class BacklogState(models.TextChoices):
    CANDIDATE = "candidate", pgettext_lazy("backlog", "Told by self-check")
    VERIFIED = "verified", pgettext_lazy("backlog", "Verified")
    IN_BASE = "in_base", pgettext_lazy("backlog", "In the base")
    WORKING = "working", pgettext_lazy("backlog", "Being cleared")
    CLAIMED = "claimed", pgettext_lazy("backlog", "Clearance claimed")
    CLEARED = "cleared", pgettext_lazy("backlog", "Cleared")
    PAUSED = "paused", pgettext_lazy("backlog", "Paused by a court")
    REOPENED = "reopened", pgettext_lazy("backlog", "Reopened")
    WRITTEN_OFF = "written_off", pgettext_lazy("backlog", "Written off")
    DROPPED = "dropped", pgettext_lazy("backlog", "No backlog item")


S = BacklogState
GONE = (S.WRITTEN_OFF, S.DROPPED)
"""Out of every count: a court took the ruling away, or it never was an item."""
OPEN = (S.VERIFIED, S.IN_BASE, S.WORKING, S.CLAIMED, S.PAUSED, S.REOPENED)
"""Verified and not cleared."""


class BacklogStates:
    """Mixin of the item."""

    @transition(field="state", source=[S.CANDIDATE], target=S.VERIFIED)
    def verify(self) -> None: ...

    @transition(field="state", source=[S.CANDIDATE, S.VERIFIED], target=S.DROPPED)
    def drop(self) -> None: ...

    @transition(field="state", source=[S.VERIFIED], target=S.IN_BASE)
    def enter_base(self) -> None: ...

    @transition(field="state", source=[S.VERIFIED, S.IN_BASE, S.REOPENED, S.PAUSED], target=S.WORKING)
    def work(self) -> None: ...

    @transition(field="state", source=[S.VERIFIED, S.IN_BASE, S.WORKING, S.REOPENED], target=S.CLAIMED)
    def claim(self) -> None: ...

    @transition(field="state", source=[S.CLAIMED], target=S.CLEARED)
    def clear(self) -> None: ...

    @transition(field="state", source=[S.CLAIMED], target=S.WORKING)
    def give_back(self) -> None: ...

    @transition(field="state", source=[S.VERIFIED, S.IN_BASE, S.WORKING, S.REOPENED], target=S.PAUSED)
    def pause(self) -> None: ...

    @transition(field="state", source=[S.CLEARED], target=S.REOPENED)
    def reopen(self) -> None: ...

    @transition(field="state", source=list(OPEN), target=S.WRITTEN_OFF)
    def write_off(self) -> None: ...

    @transition(field="state", source=[S.CANDIDATE, S.CLEARED, *OPEN], target=S.DROPPED)
    def take_back(self) -> None: ...


__all__ = ["GONE", "OPEN", "BacklogState", "BacklogStates"]
