"""What people do with the official tables."""

from __future__ import annotations

from casemgr.actions.action import Action

ACTIONS: tuple[type[Action], ...] = ()
