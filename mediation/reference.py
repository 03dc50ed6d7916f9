"""What people's mediation has on its first day."""

from __future__ import annotations

from mediation.organisations.reference import load_studio_policy


def load_reference() -> int:
    """Create the missing rows. Returns how many were created."""
    return load_studio_policy()
